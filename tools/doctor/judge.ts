import { orWell, well, wrong, type Finding } from './finding';

/** A role of a context, as the server has it. */
export interface RoleAsFound {
  readonly role: string;
  /** Attributes that it has and must not: `superuser`, `bypasses row-level security` … */
  readonly powers: readonly string[];
  /** Schemas of others that it may use. */
  readonly foreign: readonly string[];
  /** Tables that it owns: an owner is not bound by row-level security. */
  readonly owns: number;
}

/** Oldest server that is supported, and settings with which what is acknowledged could be lost (events.md W5). */
const OLDEST = 15;
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];
/** A moment is taken from the database everywhere; this much between it and a host confuses whoever reads both. */
const CLOCK_MS = 2_000;
const LATE_S = 60;
/** An entry is made every fifteen minutes when nothing else is; the signature follows it in seconds. */
const SIGNED_WITHIN_S = 20 * 60;

/** Whether the server is of a version that is supported and keeps what it acknowledges. Pure. */
export function judgeServer(version: number, settings: Readonly<Record<string, string>>): readonly Finding[] {
  const off = DURABLE.filter((name) => settings[name] === 'off');
  const about = 'Database server';
  return orWell(about, `PostgreSQL ${version}; what it acknowledges is on disk`, [
    ...(version < OLDEST
      ? [wrong(about, `PostgreSQL ${version} is too old`, `Move to PostgreSQL ${OLDEST} or later`)]
      : []),
    ...off.map((name) =>
      wrong(about, `${name} is off: what was acknowledged could be lost`, `Set ${name} = on and restart the server`),
    ),
  ]);
}

/** `host` and `server` are milliseconds since 1970, taken as near to each other as possible. */
export function judgeClock(host: number, server: number): Finding {
  const apart = Math.round(Math.abs(host - server));
  return apart <= CLOCK_MS
    ? well('Clocks', `the database and this machine are ${apart} ms apart`)
    : wrong(
        'Clocks',
        `the database and this machine are ${(apart / 1000).toFixed(1)} s apart`,
        'Look at time synchronisation (NTP) on both',
      );
}

/** Whether each context has a role with no powers, no other schema and nothing of its own. Pure. */
export function judgeRoles(expected: readonly string[], found: readonly RoleAsFound[]): readonly Finding[] {
  const about = 'Database roles';
  const missing = expected.filter((role) => !found.some((f) => f.role === role));
  return orWell(about, `${found.length} roles, each limited to its own schema`, [
    ...missing.map((role) => wrong(about, `${role} does not exist`, 'Run npm run migrate')),
    ...found.flatMap(({ role, powers, foreign, owns }) => [
      ...(powers.length > 0
        ? [
            wrong(
              about,
              `${role} has what it must not have: ${powers.join(', ')}`,
              `Run npm run migrate, which takes it away`,
            ),
          ]
        : []),
      ...foreign.map((schema) =>
        wrong(
          about,
          `${role} may use the schema ${schema}, which is not its own`,
          `REVOKE ALL ON SCHEMA ${schema} FROM ${role}`,
        ),
      ),
      ...(owns > 0
        ? [
            wrong(
              about,
              `${role} owns ${owns} tables, and so is not held by their walls`,
              `Give them to concordat_owner`,
            ),
          ]
        : []),
    ]),
  ]);
}

/** `open` are tables that have policies which are not in force. */
export const judgeWalls = (open: readonly string[]): readonly Finding[] =>
  orWell(
    'Row-level security',
    'every table that has policies is held by them',
    open.map((table) =>
      wrong(
        'Row-level security',
        `the policies of ${table} are not in force`,
        `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, and find out who disabled it`,
      ),
    ),
  );

/** Migrations by name, those that the program brings and those that a schema has had. */
export function judgeMigrations(
  context: string,
  ours: readonly string[],
  theirs: readonly string[],
): readonly Finding[] {
  const about = 'Migrations';
  const pending = ours.filter((name) => !theirs.includes(name));
  const unknown = theirs.filter((name) => !ours.includes(name));
  return [
    ...(pending.length > 0 ? [wrong(about, `${context} lacks ${pending.join(', ')}`, 'Run npm run migrate')] : []),
    ...(unknown.length > 0
      ? [
          wrong(
            about,
            `${context} has had ${unknown.join(', ')}, which this version does not know`,
            'Run the version that made it, or a later one',
          ),
        ]
      : []),
  ];
}

/** How a context's path of events stands; ages in seconds, null when nothing waits. */
export interface PathAsFound {
  readonly context: string;
  readonly oldestEvent: number | null;
  readonly oldestAct: number | null;
  readonly parked: number;
  readonly malformed: number;
}

/** What waits to be sent, is held up or cannot be read in a context. Pure. */
export const judgePath = ({ context, oldestEvent, oldestAct, parked, malformed }: PathAsFound): readonly Finding[] => {
  const about = 'Event path';
  const late = (what: string, age: number | null): Finding[] =>
    age !== null && age > LATE_S
      ? [
          wrong(
            about,
            `${context}: ${what} has waited ${Math.round(age)} s to be sent`,
            `Look whether the ${context} service runs and reaches the broker; nothing is lost meanwhile`,
          ),
        ]
      : [];
  return [
    ...late('an event', oldestEvent),
    ...late('an act for the ledger', oldestAct),
    ...(parked > 0
      ? [
          wrong(
            about,
            `${context}: ${parked} records are held up`,
            'See Administration, Records that are held up: mend the cause, then try them again',
          ),
        ]
      : []),
    ...(malformed > 0
      ? [
          wrong(
            about,
            `${context}: ${malformed} messages could not be read`,
            `Look at ${context}.malformed: something else writes to its topics`,
          ),
        ]
      : []),
  ];
};

/** `signedAgo` is how old the newest checkpoint is, in seconds; null when there is none. `unsealed` entries are newer than it. */
export function judgeLedger({
  size,
  signedSize,
  signedAgo,
}: {
  size: number;
  signedSize: number;
  signedAgo: number | null;
}): Finding {
  const about = 'Ledger';
  const mend = 'Look whether the audit service runs, and at its log; its key may be missing';
  if (signedAgo === null) return wrong(about, `no checkpoint was ever signed over ${size} entries`, mend);
  if (signedAgo > SIGNED_WITHIN_S)
    return wrong(about, `the newest checkpoint is ${Math.round(signedAgo / 60)} minutes old`, mend);
  if (signedSize < size && signedAgo > LATE_S)
    return wrong(
      about,
      `${size - signedSize} entries are not under a signed checkpoint after ${Math.round(signedAgo)} s`,
      mend,
    );
  return well(about, `${size} entries, signed ${Math.round(signedAgo)} s ago`);
}
