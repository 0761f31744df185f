import { parseArgs } from 'node:util';

/** How a run is made. Everything that decides its course is here; the seed decides the rest. */
export interface Options {
  readonly mode: 'embedded' | 'services';
  readonly seed: number;
  /** How long load and faults last. Start, heal and check come on top. */
  readonly seconds: number;
  readonly brokers: 1 | 3;
  readonly clients: number;
  /** Run the negative controls instead: all, or those named. */
  readonly controls: readonly string[] | 'all' | null;
  /** Try what events.md claims of kafkajs on real brokers instead. */
  readonly claims: boolean;
  /** Where the JSON goes; a folder in the temporary files unless given. */
  readonly out: string | null;
  /** Only faults whose description contains this, for looking into one kind: `kill postgres`. */
  readonly like: string | null;
  /** Keep data folders and logs for a look at them. */
  readonly keep: boolean;
}

/** Raised for arguments that make no sense, with the usage. */
export class BadUsage extends Error {}

export const USAGE = `npm run faults -- [--mode embedded|services] [--seed N] [--seconds N | --minutes N] [--brokers 1|3]
                  [--clients N] [--controls [--only NAME,…]] [--claims] [--out FOLDER] [--like TEXT] [--keep]`;

/** readOptions reads the command line. Throws BadUsage. */
export function readOptions(argv: readonly string[]): Options {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        mode: { type: 'string', default: 'embedded' },
        seed: { type: 'string', default: '7' },
        seconds: { type: 'string' },
        minutes: { type: 'string' },
        brokers: { type: 'string', default: '1' },
        clients: { type: 'string', default: '16' },
        controls: { type: 'boolean', default: false },
        only: { type: 'string' },
        claims: { type: 'boolean', default: false },
        out: { type: 'string' },
        like: { type: 'string' },
        keep: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new BadUsage(`${(error as Error).message}\n${USAGE}`);
  }
  const { mode, brokers } = values;
  if (mode !== 'embedded' && mode !== 'services') throw new BadUsage(`--mode is embedded or services\n${USAGE}`);
  if (brokers !== '1' && brokers !== '3') throw new BadUsage(`--brokers is 1 or 3\n${USAGE}`);
  const seconds = values.minutes === undefined ? number('seconds', values.seconds ?? '90', 5, 43_200) : undefined;
  return {
    mode,
    seed: number('seed', values.seed, 0, 2 ** 31),
    seconds: seconds ?? number('minutes', values.minutes!, 1, 720) * 60,
    brokers: brokers === '3' ? 3 : 1,
    clients: number('clients', values.clients, 1, 64),
    controls: values.only !== undefined ? values.only.split(',') : values.controls ? 'all' : null,
    claims: values.claims,
    out: values.out ?? null,
    like: values.like ?? null,
    keep: values.keep,
  };
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new BadUsage(`--${name} is a whole number from ${least} to ${most}\n${USAGE}`);
  return value;
}
