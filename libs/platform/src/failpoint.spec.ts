import { BadConfiguration, readSettings } from './config';
import { armFailpoints, failpoint } from './failpoint';

describe('failpoint', () => {
  let exits: unknown[];
  beforeEach(() => {
    exits = [];
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      exits.push(code);
      return undefined as never;
    });
  });
  afterEach(() => {
    armFailpoints(undefined);
    jest.restoreAllMocks();
  });

  it('does nothing unless it is armed', () => {
    failpoint('after-commit');
    armFailpoints(undefined);
    failpoint('after-commit');
    expect(exits).toEqual([]);
  });

  it('ends the process with 137 when it is reached for the nth time, and no other point does', () => {
    armFailpoints('after-commit:3,after-mark:1');
    failpoint('after-commit');
    failpoint('inside-commit');
    failpoint('after-commit');
    expect(exits).toEqual([]);
    failpoint('after-commit');
    expect(exits).toEqual([137]);
  });
});

describe('CONCORDAT_FAILPOINTS', () => {
  it('is read, and refused when it names no point', () => {
    expect(readSettings('records', { CONCORDAT_FAILPOINTS: 'after-mark:2' }).CONCORDAT_FAILPOINTS).toBe('after-mark:2');
    for (const bad of ['after-lunch:2', 'after-mark', 'after-mark:0', 'after-mark:2,', '1'])
      expect(() => readSettings('records', { CONCORDAT_FAILPOINTS: bad })).toThrow(BadConfiguration);
  });

  it('is refused in production', () => {
    expect(() => readSettings('records', { NODE_ENV: 'production', CONCORDAT_FAILPOINTS: 'after-mark:2' })).toThrow(
      /CONCORDAT_FAILPOINTS/,
    );
  });
});
