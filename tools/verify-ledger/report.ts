import type { Outcome, State } from './states';
import type { ReceiptOutcome } from './receipt';
import type { SignedCheckpoint } from './note';
import type { Standing } from './policy';

/** What is said once per run, whatever is examined. */
export interface Preamble {
  readonly source: string;
  readonly trust: string;
  readonly firstUse: boolean;
  readonly details: boolean;
  /** Of an evidence bundle: whether it is as it was made, and who signed it. */
  readonly bundle?: string;
}

/** The report must say what it cannot show (design/ledger.md §6). */
export const LIMITS = [
  'entries newer than the last checkpoint that anyone else holds, if they were cut off;',
  'that this checkpoint is old, unless a newer one is given with --earlier;',
  'an act that never reached the log, such as a superuser reading tables;',
  'a false statement at its source; clocks wrong within tolerance; content after its erasure;',
  'a log that conspires with a quorum of its witnesses.',
];

export const FIRST_USE = [
  'TRUST ON FIRST USE: the key below came with the very thing it is meant to vouch for. This shows that whoever holds that',
  'key signed exactly these entries. It does not show that the key is the log’s. Compare it with one obtained another way,',
  'then pin it in a policy file and use --policy.',
];

const number = (n: bigint): string => n.toLocaleString('en-GB');

/** failedCount is how many entries are in none of the good states. */
export function failedCount(states: ReadonlyMap<State, bigint>): bigint {
  let failed = 0n;
  for (const [state, n] of states)
    if (state !== 'PROVEN' && state !== 'PROVEN_ERASED' && state !== 'INCLUDED') failed += n;
  return failed;
}

/** Whether nothing at all was found wrong. */
export function clean(outcome: Outcome): boolean {
  return failedCount(outcome.states) === 0n && outcome.findings.length === 0;
}

function firstBad({ firstBad: index, doubt }: Outcome): string {
  if (index === undefined && doubt === undefined) return 'none can be named';
  const window = doubt === undefined ? '' : `${doubt.from} to ${doubt.to - 1n}`;
  if (index === undefined)
    return doubt?.to === (doubt?.from ?? 0n) + 1n ? `${doubt?.from}` : `somewhere from ${window}`;
  return doubt === undefined || doubt.from >= index
    ? `${index}`
    : `${index} (an earlier one, from ${doubt.from}, may be wrong too)`;
}

/** The report of a whole export or log, for people. */
export function textReport(
  pre: Preamble,
  checkpoint: SignedCheckpoint,
  standing: Standing,
  outcome: Outcome,
): string[] {
  const { states } = outcome;
  const failed = failedCount(states);
  const row = (label: string, value: string): string => label.padEnd(16) + value;
  const lines = [
    ...header(pre, checkpoint, standing),
    '',
    ...(pre.details
      ? [
          row('PROVEN', number(states.get('PROVEN') ?? 0n)),
          row('PROVEN_ERASED', number(states.get('PROVEN_ERASED') ?? 0n)),
        ]
      : [
          row('INCLUDED', number(states.get('INCLUDED') ?? 0n)),
          'DETAILS WERE NOT EXAMINED: no record is called proven.',
        ]),
    row('FAILED', number(failed) + (failed > 0n ? `  (${codes(states)})` : '')),
  ];
  if (clean(outcome)) return [...lines, ...erasureLines(outcome), '', ...limits(), '', 'RESULT: NOTHING FAILED'];
  lines.push(row('FIRST BAD INDEX', firstBad(outcome)), '');
  for (const f of outcome.findings.slice(0, 20)) {
    lines.push(`FAILED ${f.code}: ${f.message}${f.index === undefined ? '' : ` (index ${f.index})`}`);
  }
  for (const f of outcome.failures.slice(0, 20)) lines.push(`FAILED ${f.code} at index ${f.index}: ${f.why}`);
  const more =
    outcome.findings.length + Number(failed) - Math.min(20, outcome.findings.length) - Math.min(20, Number(failed));
  if (more > 0) lines.push(`and ${more} more`);
  return [...lines, ...erasureLines(outcome), '', ...limits(), '', 'RESULT: FAILED'];
}

function header(pre: Preamble, checkpoint: SignedCheckpoint | undefined, standing: Standing | undefined): string[] {
  const lines = [`Source          ${pre.source}`, `Trust           ${pre.trust}`];
  if (pre.bundle !== undefined) lines.push(`Bundle          ${pre.bundle}`);
  if (pre.firstUse) lines.push(...FIRST_USE);
  if (checkpoint !== undefined) {
    lines.push(
      `Checkpoint      ${checkpoint.origin}, size ${checkpoint.size}, root ${checkpoint.root.toString('base64')}`,
    );
  }
  if (standing?.good === true) {
    lines.push(`Signed by       ${standing.log.name} (${standing.log.id})`);
    if (standing.cosigners.length > 0)
      lines.push(`Cosigned by     ${standing.cosigners.map((c) => c.name).join(', ')}`);
  } else if (standing !== undefined) lines.push(`CHECKPOINT REFUSED: ${standing.code}, ${standing.why}`);
  return lines;
}

function codes(states: ReadonlyMap<State, bigint>): string {
  const bad = [...states].filter(([s]) => s !== 'PROVEN' && s !== 'PROVEN_ERASED' && s !== 'INCLUDED');
  return bad.map(([s, n]) => `${s} ${number(n)}`).join(', ');
}

function erasureLines(outcome: Outcome): string[] {
  if (outcome.erasures.length === 0) return [];
  const rows = outcome.erasures.slice(0, 20).map((e) => {
    return `  at index ${e.index}, ${e.at}, under ${e.ground}: ${e.targets.map((t) => t.index).join(', ')}`;
  });
  return [
    '',
    `Erasures (${outcome.erasures.length}); hold each against the retention rule of what it erased:`,
    ...rows,
  ];
}

function limits(): string[] {
  return ['What this cannot show:', ...LIMITS.map((l) => `  - ${l}`)];
}

/** The same as one JSON object; 64-bit numbers are strings. */
export function jsonReport(pre: Preamble, checkpoint: SignedCheckpoint, standing: Standing, outcome: Outcome): object {
  const { states } = outcome;
  return {
    ...jsonHeader(pre, checkpoint, standing),
    result: clean(outcome) ? 'NOTHING_FAILED' : 'FAILED',
    states: Object.fromEntries([...states].map(([s, n]) => [s, `${n}`])),
    failed: `${failedCount(states)}`,
    firstBadIndex: outcome.firstBad === undefined ? null : `${outcome.firstBad}`,
    doubt: outcome.doubt === undefined ? null : { from: `${outcome.doubt.from}`, to: `${outcome.doubt.to}` },
    findings: outcome.findings.map((f) => ({ ...f, index: f.index === undefined ? null : `${f.index}` })),
    failures: outcome.failures.map((f) => ({ ...f, index: `${f.index}` })),
    erasures: outcome.erasures.map((e) => ({
      index: `${e.index}`,
      at: e.at,
      ground: e.ground,
      targets: e.targets.map((t) => ({ eventId: t.eventId, index: `${t.index}` })),
    })),
    limits: LIMITS,
  };
}

function jsonHeader(pre: Preamble, checkpoint: SignedCheckpoint | undefined, standing: Standing | undefined): object {
  const cp = checkpoint;
  return {
    source: pre.source,
    trust: pre.trust,
    trustOnFirstUse: pre.firstUse,
    detailsExamined: pre.details,
    checkpoint: cp === undefined ? null : { origin: cp.origin, size: `${cp.size}`, root: cp.root.toString('base64') },
    checkpointGood: standing?.good ?? null,
    ...(standing?.good === true ? { cosigners: standing.cosigners.map((c) => c.name) } : {}),
  };
}

/** The report of one receipt, for people. */
export function receiptText(pre: Preamble, outcome: ReceiptOutcome): string[] {
  const { state, why, index, checkpoint } = outcome;
  const good = state === 'PROVEN' || state === 'INCLUDED';
  return [
    ...header(pre, checkpoint, undefined),
    `Index           ${index ?? 'unknown'}`,
    good ? state : `FAILED ${state}: ${why}`,
    ...(state === 'INCLUDED' ? ['THE DETAIL WAS NOT EXAMINED: give --opening FILE to have the record proven.'] : []),
    '',
    good ? 'RESULT: NOTHING FAILED' : 'RESULT: FAILED',
  ];
}

/** The same as one JSON object. */
export function receiptJson(pre: Preamble, outcome: ReceiptOutcome): object {
  const good = outcome.state === 'PROVEN' || outcome.state === 'INCLUDED';
  return {
    ...jsonHeader(pre, outcome.checkpoint, undefined),
    result: good ? 'NOTHING_FAILED' : 'FAILED',
    state: outcome.state,
    why: outcome.why,
    index: outcome.index === undefined ? null : `${outcome.index}`,
  };
}
