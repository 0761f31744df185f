import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Planned } from '../fault';
import type { Hiccups, Protection } from '../inside/settings';
import type { Finding } from '../invariants/finding';
import type { Options } from '../options';
import type { Platform } from '../platform/platform';
import { run, type Course, type Place, type Result } from '../run';
import { ageStreams } from './damage';
import { controls, type Control } from './controls';

/** One control, run without the protections that would hide it, and with them. */
export interface Verdict {
  readonly control: string;
  readonly breaks: string;
  readonly with: 'nothing else' | 'reconciler and cursor';
  readonly wanted: string;
  readonly found: readonly Finding[];
  readonly healed: number;
  readonly passed: boolean;
}

const SECONDS = 15;
const NO_HICCUPS: Hiccups = { handling: 0, receiving: 0 };

export type Start = (without: readonly Protection[], hiccups: Hiccups, dir: string) => Promise<Platform>;

/**
 * Runs the controls of a mode, each on a platform of its own, and says of each whether it was seen. `keep` gets all verdicts so
 * far after each: what was found is kept when a later control cannot start.
 */
export async function runControls(
  options: Options,
  place: Place,
  start: Start,
  keep: (verdicts: readonly Verdict[]) => void,
): Promise<Verdict[]> {
  const asked = options.controls === 'all' ? null : options.controls;
  const chosen = controls.filter((c) => c.modes.includes(options.mode) && (asked === null || asked.includes(c.name)));
  if (chosen.length === 0) throw new Error(`no such control here: ${controls.map((c) => c.name).join(', ')}`);
  const verdicts: Verdict[] = [];
  const add = (verdict: Verdict): void => {
    verdicts.push(say(place, verdict));
    keep(verdicts);
  };
  for (const control of chosen) {
    if (control.red.length > 0) {
      const without = control.hidden ? ([...control.without, 'reconciler', 'cursor'] as const) : control.without;
      const found = await one(control, without, 'broken', options, place, start);
      add(broken(control, found));
    }
    if (control.repaired) {
      const found = await one(control, control.without, 'held', options, place, start);
      add(held(control, found));
    }
  }
  return verdicts;
}

async function one(
  control: Control,
  without: readonly Protection[],
  wanted: 'broken' | 'held',
  options: Options,
  place: Place,
  start: Start,
): Promise<Result> {
  const dir = join(place.dir, `${control.name}-${wanted}`);
  mkdirSync(dir, { mode: 0o711 });
  place.say(`\n${control.name}: ${control.breaks}, with ${protectedBy(control, wanted)} to protect`);
  const platform = await start(without, { ...NO_HICCUPS, ...control.hiccups }, dir);
  try {
    await control.before?.(platform);
    const course: Course = {
      schedule: evenly(control, options.mode),
      without,
      // What is broken finds no rest; what is to be repaired must be taken for lost, and not for late.
      ...(wanted === 'broken' && control.restSeconds ? { restMs: control.restSeconds * 1000 } : {}),
      ...(wanted === 'held' ? { afterLoad: ageStreams } : {}),
      ...(control.damage ? { damage: (p: Platform) => control.damage!(p, dir) } : {}),
    };
    return await run(platform, { ...options, seconds: SECONDS }, course, { ...place, dir });
  } finally {
    await platform.stop();
    if (!options.keep) for (const name of ['data', 'ground']) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

function protectedBy(control: Control, wanted: 'broken' | 'held'): Verdict['with'] {
  return wanted === 'broken' && control.hidden ? 'nothing else' : 'reconciler and cursor';
}

function evenly(control: Control, mode: Options['mode']): Planned[] {
  const faults = control.faults(mode);
  const apart = (SECONDS * 1000 - 4_000) / Math.max(1, faults.length);
  return faults.map((fault, i) => ({ atMs: Math.round(4_000 + apart * i), fault }));
}

function broken(control: Control, { findings, healed }: Result): Verdict {
  const found = findings.filter((f) => f.verdict === 'broken');
  return {
    control: control.name,
    breaks: control.breaks,
    with: protectedBy(control, 'broken'),
    wanted: `${control.red.join(' and ')} broken`,
    found,
    healed: healed.reduce((sum, h) => sum + h.count, 0),
    passed: control.red.every((id) => found.some((f) => f.id === id)),
  };
}

function held(control: Control, { findings, healed }: Result): Verdict {
  const { holds, healed: mustHeal } = control.repaired!;
  const count = healed.reduce((sum, h) => sum + h.count, 0);
  return {
    control: control.name,
    breaks: control.breaks,
    with: 'reconciler and cursor',
    wanted: `${holds.join(' and ')} held${mustHeal ? ', something healed' : ''}`,
    found: findings.filter((f) => f.verdict === 'broken'),
    healed: count,
    passed: holds.every((id) => findings.some((f) => f.id === id && f.verdict === 'held')) && (!mustHeal || count > 0),
  };
}

function say(place: Place, verdict: Verdict): Verdict {
  const { passed, wanted, found, healed } = verdict;
  place.say(
    `${passed ? 'AS IT MUST BE' : 'NOT AS IT MUST BE'}: wanted ${wanted}; broken ${found.map((f) => f.id).join(', ') || 'nothing'}, healed ${healed}`,
  );
  for (const { id, examples } of passed ? [] : found) place.say(`  ${id}: ${examples[0] ?? ''}`);
  return verdict;
}
