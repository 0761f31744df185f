import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { anchors } from './anchors';
import { candidates } from './candidates';
import { decisions } from './decisions';
import { events } from './events';
import { forumYear } from './forum-year';
import { insight } from './insight';
import { intake } from './intake';
import { ledger } from './ledger/ledger';
import { loadNow, machine } from './machine';
import { generate } from './population/generate';
import { matching } from './matching';
import { minutes } from './minutes';
import { DOCUMENT, writeDocument } from './document/document';
import { commit, record, type Recorded } from './recorded';
import { pages } from './pages';
import { peers, peersOptions } from './peers/peers';
import type { Result } from './result';
import { search } from './search';
import { scale, scaleOptions } from './scale/scale';
import { trail } from './trail';

const benches: Readonly<
  Record<string, { about: string; run: (json: boolean, argv: readonly string[]) => Promise<Result> }>
> = {
  intake: { about: 'referrals accepted a second, as a share of pgbench', run: () => intake() },
  'intake-slow-disk': { about: 'the same with a flush of one millisecond', run: () => intake({ slowDisk: true }) },
  events: { about: 'commit in one context to commit in the next, one process', run: () => events('embedded') },
  'events-kafka': { about: 'the same between services over Kafka', run: () => events('services') },
  anchors: { about: 'how fast this machine is beside the one on which the goals were set', run: () => anchors() },
  candidates: {
    about: 'who may be the same person among a million; --people N',
    run: (_json, argv) => candidates(argv),
  },
  decisions: {
    about: 'decisions by 500 agreements, with reasons, and the same by Cedar in turns; [--requests 100000]',
    run: (_json, argv) => decisions(argv),
  },
  ledger: {
    about: 'sealing, proofs, how soon a checkpoint covers 3,000 acts a second, and intake with audit and without',
    run: () => ledger(),
  },
  insight: {
    about: 'numbers of random events against an independent count, and counted anew; --events 100000 [--seed 1]',
    run: (_json, argv) => insight(argv),
  },
  matching: { about: 'how well people are matched; --febrl DIR, --estimate', run: (_json, argv) => matching(argv) },
  'forum-year': {
    about: 'a forum of 300 cases a year: the screen in session, its statistics, and minutes on paper',
    run: () => forumYear(),
  },
  pages: {
    about: 'every page of what is due, messages, figures and administration; [--size 300000] [--populations FOLDER]',
    run: (_json, argv) => pages(argv),
  },
  minutes: { about: 'the minutes of sixteen cases as a tagged PDF', run: () => minutes() },
  search: {
    about: 'the one search of records; --cases 300000 --people 1000000 --entries 3000000 [--asked 400]',
    run: (_json, argv) => search(argv),
  },
  trail: {
    about: 'the trail of ten million acts by person, case, member of staff, agency and what was done; --entries N',
    run: (_json, argv) => trail(argv),
  },
  peers: {
    about:
      'the same task given to Parse Server and Directus, in turns; --rows 100000 [--population DIR] [--installed DIR]',
    run: (_json, argv) => peers(peersOptions(argv)),
  },
  scale: {
    about: 'a mix of everything, on partnerships of several sizes; --sizes 10000,300000 --rate 50 --populations DIR',
    run: (_json, argv) => scale(scaleOptions(argv)),
  },
};

const USAGE = `npm run bench -- NAME [--json] [--record [--note "what was special"]]
  ${'document'.padEnd(18)} writes docs/performance.md from the runs that are recorded
  ${'generate'.padEnd(18)} a data folder with a partnership of any size: --cases 10000 [--entries 200000] [--seed 1] --into FOLDER`;

/**
 * `npm run bench -- NAME [--json] [--record [--note TEXT]]`. With --json the last line is one JSON object; with --record the
 * run is kept in docs/evidence/performance, and docs/performance.md says it.
 */
export async function main(given: readonly string[]): Promise<number> {
  const { argv, isKept, note } = keeping(given);
  const name = argv.find((a) => !a.startsWith('--'));
  if (name === 'generate') return generated(argv.slice(1));
  if (name === 'document') {
    writeDocument();
    return 0;
  }
  const bench = name ? benches[name] : undefined;
  if (!bench) {
    console.error(
      `${USAGE}\n${Object.entries(benches)
        .map(([n, b]) => `  ${n.padEnd(18)} ${b.about}`)
        .join('\n')}`,
    );
    return 2;
  }
  const json = argv.includes('--json');
  const on = machine('embedded PostgreSQL 18');
  const [at, command] = [
    commit(),
    ['npm run bench --', ...argv.filter((a) => a !== '--json').map(impersonal)].join(' '),
  ];
  const result = { ...(await bench.run(json, argv)), machine: on };
  if (!json) table(result);
  if (isKept) {
    const run: Recorded = { ...result, commit: at, command, loadAfter: loadNow(), ...(note ? { note } : {}) };
    console.error(`Kept in ${record(run)}; ${DOCUMENT} says so`);
    writeDocument();
  }
  console.log(JSON.stringify(result));
  return 0;
}

/** Where somebody keeps their files is nobody else's business. */
const impersonal = (argument: string): string => (/[\\/]/.test(argument) ? 'FOLDER' : argument);

/** What is said about keeping the run; the rest is the benchmark's. */
function keeping(given: readonly string[]): { argv: string[]; isKept: boolean; note: string | undefined } {
  const argv = given.filter((a) => a !== '--record');
  const at = argv.indexOf('--note');
  const [, note] = at < 0 ? [] : argv.splice(at, 2);
  return { argv, isKept: argv.length < given.length - (at < 0 ? 0 : 2), note };
}

/** Makes a data folder on which `npm start` and the benchmarks can run, and says how. */
async function generated(argv: readonly string[]): Promise<number> {
  const options = {
    cases: { type: 'string' },
    entries: { type: 'string' },
    seed: { type: 'string' },
    into: { type: 'string' },
  } as const;
  const { values } = parseArgs({ args: [...argv], options });
  if (!values.cases || !values.into) {
    console.error(USAGE);
    return 2;
  }
  const dataDir = resolve(values.into);
  const began = performance.now();
  const made = await generate({
    cases: Number(values.cases),
    ...(values.entries ? { entries: Number(values.entries) } : {}),
    seed: Number(values.seed ?? 1),
    dataDir,
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${made.cases} cases and ${made.entries} audit entries in ${seconds} s. To run on them:`);
  console.log(`  CONCORDAT_DATA=${dataDir} PARTNERSHIP_FILE=${join(dataDir, 'partnership.yaml')} npm start`);
  return 0;
}

function table(result: Result): void {
  for (const part of ['metrics', 'baseline', 'ratio'] as const) {
    for (const [key, value] of Object.entries(result[part]))
      console.log(`${part.padEnd(9)} ${key.padEnd(24)} ${value}`);
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
