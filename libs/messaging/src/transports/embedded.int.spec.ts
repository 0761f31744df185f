import { Rig } from '../rig.contract';
import { EmbeddedTransport } from './embedded';

describe('first', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.build({ open: () => new EmbeddedTransport() });
    await rig.start();
  });
  afterAll(() => rig.destroy());

  it('goes from unit of work to effect', async () => {
    const id = await rig.submit();
    await rig.rate(id);
    await rig.accept(id);
    await rig.rate(id, 'red');
    try {
      await rig.shows(id, ['1 submitted', '2 rated', '3 accepted', '4 rated']);
    } finally {
      console.log(JSON.stringify(rig.logged, null, 1));
    }
  });
});
