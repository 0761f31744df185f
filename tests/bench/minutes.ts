import { minutesPdf } from '../../apps/web/src/meetings/minutes-paper';
import type { MinutesShown } from '../../apps/web/src/meetings/minuted';
import { round, summary } from './load';
import type { Result } from './result';

const CASES = 16;
const ROUNDS = 20;
/** A forum-year of 300 cases has 1,800 actions. */
const ACTIONS = 6;
const AGENCIES = ['Northbank Council', 'Northbank Police', 'Eastvale NHS Trust', 'Harbour Housing', 'Safe Harbour'];
const SAID = 'He knows where she lives and has said that he will come. '.repeat(12);

/**
 * How long it takes to write the minutes of a meeting of sixteen cases as a tagged PDF, what is read for them aside. The baseline is
 * a document of the same kind without a case.
 */
export async function minutes(): Promise<Result> {
  const [full, bare] = [shown(CASES), shown(0)];
  await written(full);
  const times: { full: number[]; bare: number[] } = { full: [], bare: [] };
  let bytes = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const made = await written(full);
    bytes = made.bytes;
    times.full.push(made.ms);
    times.bare.push((await written(bare)).ms);
  }
  const [whole, empty] = [summary(times.full), summary(times.bare)];
  return {
    name: 'minutes',
    metrics: { cases: CASES, kilobytes: round(bytes / 1_000), p50Ms: whole.p50, p95Ms: whole.p95 },
    baseline: { bareP50Ms: empty.p50 },
    ratio: { p50: round(whole.p50 / empty.p50) },
  };
}

async function written(what: MinutesShown): Promise<{ readonly ms: number; readonly bytes: number }> {
  const at = performance.now();
  let bytes = 0;
  for await (const part of minutesPdf(what, new Date('2026-11-29T12:00:00Z'))) bytes += part.length;
  return { ms: performance.now() - at, bytes };
}

/** Minutes as the page shows them: everything filled in, nobody in them real. */
function shown(cases: number): MinutesShown {
  const people = AGENCIES.map((org, i) => `Somebody ${i + 1}, ${org}`);
  return {
    meeting: { heldOn: '2026-11-18', startsAt: '09:30', place: 'Northbank Civic Centre', emergencyReason: null },
    forum: { title: 'Northbank MARAC' },
    minutes: { notShown: 0 },
    ...{ stateText: 'Minutes issued', readBy: people[0], approvedBy: people[0], calledBy: '', signed: people },
    ...{ observers: [], left: [] },
    items: Array.from({ length: cases }, (_, i) => ({
      who: { reference: `CASE-${i + 1}`, subject: `Person ${i + 1}`, others: ['Somebody else'], children: [] },
      ...{ state: 'heard', present: people, observing: [], away: [], home: null, voted: [], how: '', consented: '' },
      ...{ harm: SAID, contributory: SAID, protective: SAID, decided: 'A plan is agreed', rationale: SAID },
      ...{ onRecord: { title: 'On record', words: '' }, amendments: [] },
      held: AGENCIES.map((org) => ({ org, answer: 'Known, with information that bears on the risk', words: SAID })),
      actions: Array.from({ length: ACTIONS }, (_, n) => ({
        ...{ what: SAID.slice(0, 110), owner: AGENCIES[n % AGENCIES.length], dueOn: '2026-12-01' },
        tag: { text: 'Accepted', colour: 'blue' },
      })),
    })),
  } as unknown as MinutesShown;
}
