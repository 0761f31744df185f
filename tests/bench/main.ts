import { events } from './events';
import { intake } from './intake';
import { machine } from './machine';
import type { Result } from './result';

const benches: Readonly<Record<string, { about: string; run: (json: boolean) => Promise<Result> }>> = {
  intake: { about: 'referrals accepted a second, as a share of pgbench', run: () => intake() },
  'intake-slow-disk': { about: 'the same with a flush of one millisecond', run: () => intake({ slowDisk: true }) },
  events: { about: 'commit in one context to commit in the next, one process', run: () => events('embedded') },
  'events-kafka': { about: 'the same between services over Kafka', run: () => events('services') },
};

/** `npm run bench -- NAME [--json]`. With --json the last line is one JSON object. */
export async function main(argv: readonly string[]): Promise<number> {
  const name = argv.find((a) => !a.startsWith('--'));
  const bench = name ? benches[name] : undefined;
  if (!bench) {
    console.error(
      `Name a benchmark:\n${Object.entries(benches)
        .map(([n, b]) => `  ${n.padEnd(18)} ${b.about}`)
        .join('\n')}`,
    );
    return 2;
  }
  const json = argv.includes('--json');
  const result = { ...(await bench.run(json)), machine: machine('embedded PostgreSQL 18') };
  if (!json) table(result);
  console.log(JSON.stringify(result));
  return 0;
}

function table(result: Result): void {
  for (const part of ['metrics', 'baseline', 'ratio'] as const) {
    for (const [key, value] of Object.entries(result[part]))
      console.log(`${part.padEnd(9)} ${key.padEnd(16)} ${value}`);
  }
}

if (process.argv[1] === __filename) {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
