import { BadUsage, readOptions } from './options';

describe('readOptions', () => {
  it('has a short embedded run by default', () => {
    expect(readOptions([])).toMatchObject({ mode: 'embedded', seed: 7, seconds: 90, brokers: 1, controls: null });
  });

  it('reads what the design names', () => {
    const argv = ['--mode', 'services', '--seed', '12', '--minutes', '45', '--brokers', '3'];
    expect(readOptions(argv)).toMatchObject({ mode: 'services', seed: 12, seconds: 2_700, brokers: 3 });
    expect(readOptions(['--controls']).controls).toBe('all');
    expect(readOptions(['--controls', '--only', 'inbox-off']).controls).toEqual(['inbox-off']);
  });

  it.each([['--mode', 'cloud'], ['--seconds', '1'], ['--seed', 'x'], ['--brokers', '2'], ['--frobnicate'], ['stray']])(
    'refuses %s %s with the usage',
    (...argv) => {
      expect(() => readOptions(argv)).toThrow(BadUsage);
      expect(() => readOptions(argv)).toThrow('npm run faults');
    },
  );
});
