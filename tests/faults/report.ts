import { told } from './load/history';
import type { Options } from './options';
import type { Result } from './run';
import type { Verdict } from './controls/run';
import { isGreen } from './invariants/check';

/** What no run of this harness shows. Said every time, because silence would be taken for a proof. */
export const NOT_PROVEN = [
  'Loss of power: SIGKILL leaves the page cache, so no run here tests fsync (events.md §11).',
  'A full disk, a kill during a migration, clocks that run wrong, and connections swallowed for long are not inflicted.',
];

/** The report for people. */
export function text(options: Options, result: Result): string[] {
  const { findings, inflicted, healed, unasked, seconds, evidence } = result;
  const commands = told(evidence.history);
  const count = (outcome: string): number => commands.filter((c) => c.outcome === outcome).length;
  const lines = [
    '',
    ...table([
      ['', 'invariant', 'examined', 'broken', ''],
      ...findings.map((f) => [f.id, f.title, String(f.examined), String(f.broken), f.verdict.toUpperCase()]),
    ]),
    ...findings.flatMap((f) => f.examples.map((e) => `  ${f.id}: ${e}`)),
    '',
    `Requests: ${count('ok')} ok, ${count('fail')} refused, ${count('unknown')} unknown; ${evidence.outbox.length} events, ${evidence.acts.length} acts.`,
    ...(fivehundreds(result) > 0 ? [`Answers of 500, which say nothing: ${fivehundreds(result)}.`] : []),
    `At rest ${seconds.rest} s after the last fault was mended; the last was ${result.lastToRest}.`,
    `Healed by reconcilers: ${healed.length === 0 ? 'nothing' : healed.map((h) => `${h.count} of ${h.source} for ${h.consumer}`).join(', ')}.`,
    ...outageLines(result),
    ...inflicted.filter((i) => i.trouble).map((i) => `Not as planned: ${i.says}: ${i.trouble}`),
    ...unasked.map((line) => `Ended by itself: ${line}`),
    ...NOT_PROVEN.map((line) => `Not proven: ${line}`),
    '',
    `${isGreen(findings) ? 'GREEN' : 'RED'}  mode ${options.mode}, seed ${options.seed}, ${seconds.load} s, ${inflicted.length} faults`,
  ];
  return lines;
}

/** What should have been a problem with a code. */
const fivehundreds = ({ evidence }: Result): number =>
  evidence.history.filter((l) => l.what === 'ended' && l.status === 500).length;

function outageLines({ costs }: Result): string[] {
  const times = costs
    .map((c) => c.outageMs)
    .filter((ms) => ms > 0)
    .sort((a, b) => a - b);
  if (times.length === 0) return ['No outage.'];
  const middle = times[Math.floor(times.length / 2)]!;
  return [
    `Outages: ${times.length} of ${costs.length} faults stopped all commands; median ${middle} ms, longest ${times.at(-1)} ms.`,
    ...costs.map((c) => `  ${String(c.atSecond).padStart(6)} s  ${String(c.outageMs).padStart(6)} ms  ${c.says}`),
  ];
}

/** The same for machines, without the evidence itself. */
export function json(options: Options, result: Result): object {
  const { findings, inflicted, healed, unasked, seconds, costs, evidence } = result;
  const outcomes = told(evidence.history).map((t) => t.outcome);
  const count = (outcome: string): number => outcomes.filter((o) => o === outcome).length;
  return {
    mode: options.mode,
    seed: options.seed,
    brokers: options.mode === 'services' ? options.brokers : 0,
    seconds,
    lastToRest: result.lastToRest,
    green: isGreen(findings),
    findings,
    requests: { ok: count('ok'), fail: count('fail'), unknown: count('unknown') },
    answersOf500: fivehundreds(result),
    events: evidence.outbox.length,
    acts: evidence.acts.length,
    healed,
    outages: costs,
    faults: inflicted.map(({ fault, from, to, trouble }) => ({ ...fault, ms: to - from, trouble })),
    unasked,
    notProven: NOT_PROVEN,
    at: new Date().toISOString(),
  };
}

/** The negative controls as a table: what must be seen was seen, or the harness is blind. */
export function controlsText(verdicts: readonly Verdict[]): string[] {
  const rows = verdicts.map((v) => [
    v.control,
    v.with,
    v.found.map((f) => f.id).join(' ') || 'nothing',
    String(v.healed),
    v.passed ? 'AS IT MUST BE' : `NOT AS IT MUST BE (${v.wanted})`,
  ]);
  const failed = verdicts.filter((v) => !v.passed).length;
  return [
    '',
    ...table([['control', 'protected by', 'broken', 'healed', ''], ...rows]),
    '',
    failed === 0
      ? 'GREEN  every control was seen'
      : `RED  ${failed} of ${verdicts.length} controls were not as they must be`,
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((r) => r[i]!.length)));
  return rows.map((r) =>
    r
      .map((cell, i) => (i >= 2 && i <= 3 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}
