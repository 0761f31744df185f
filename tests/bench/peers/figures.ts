import { median, round, share, type Outcome } from '../load';
import type { Result } from '../result';
import { operations, type Contender, type Operation } from './contender';

/** One round of one operation; what each of it cost in processor time, with all that followed from it. */
export interface Round extends Outcome {
  readonly nodeMs: number;
  readonly postgresMs: number;
}

/** What a run found, by contender; of the limits, by what it is and of which operation. */
export interface Measured {
  readonly by: Readonly<Record<string, Partial<Record<Operation, Round[]>>>>;
  readonly limits: Readonly<Record<string, number[]>>;
  readonly startMs: Readonly<Record<string, number>>;
  readonly idleMb: Readonly<Record<string, number>>;
  readonly peakMb: Readonly<Record<string, number>>;
}

/** figuresOf makes a result: ours as metrics, the others and the limits as baseline, and ours to each of them. */
export function figuresOf(
  all: readonly Pick<Contender, 'name'>[],
  m: Measured,
  about: Readonly<Record<string, number>>,
): Omit<Result, 'name'> {
  const figures = (name: string, prefix: string): Record<string, number> => ({
    ...Object.fromEntries(
      operations.flatMap((o) => {
        const rounds = m.by[name]![o] ?? [];
        return (['perSecond', 'p50', 'p99', 'nodeMs', 'postgresMs'] as const).map((key) => [
          `${prefix}${o} ${key === 'p50' || key === 'p99' ? `${key}ms` : key}`,
          round(median(rounds.map((r) => r[key]))),
        ]);
      }),
    ),
    [`${prefix}startMs`]: m.startMs[name]!,
    [`${prefix}idleMb`]: m.idleMb[name]!,
    [`${prefix}peakMb`]: m.peakMb[name]!,
  });
  const own = figures('ours', '');
  const limit = Object.fromEntries(Object.entries(m.limits).map(([k, v]) => [k, round(median(v))]));
  const baseline: Record<string, number> = { ...limit };
  const ratio: Record<string, number> = {};
  for (const { name } of all.filter((c) => c.name !== 'ours')) {
    const theirs = figures(name, '');
    Object.assign(baseline, figures(name, `${name} `));
    const to = (key: string): number => share(own[key]!, theirs[key]!);
    for (const o of operations) ratio[`${o} to ${name}`] = to(`${o} perSecond`);
    ratio[`create p99 to ${name}`] = to('create p99ms');
    for (const key of ['startMs', 'idleMb', 'peakMb']) ratio[`${key} to ${name}`] = to(key);
  }
  for (const [key, value] of Object.entries(limit)) {
    const [what, operation] = key.split(' ');
    if (operation !== 'http') ratio[`${operation} of ${what}`] = share(own[`${operation} perSecond`]!, value);
  }
  return { metrics: { ...about, ...own }, baseline, ratio };
}
