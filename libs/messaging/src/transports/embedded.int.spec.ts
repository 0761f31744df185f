import { EmbeddedTransport } from './embedded';
import { transportContract } from './transport.contract';

describe('EmbeddedTransport', () => {
  transportContract(() => Promise.resolve({ open: () => new EmbeddedTransport(), close: () => Promise.resolve() }));
});
