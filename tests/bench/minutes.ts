import type { MinutesRead } from '../../apps/risk/src/meetings/minutes.service';
import { minutesPdf, type PaperNames } from '../../apps/risk/src/meetings/minutes-pdf';
import { round, summary } from './load';
import type { Result } from './result';

const CASES = 16;
const ROUNDS = 20;
/** A forum-year of 300 cases has 1,800 actions. */
const ACTIONS = 6;
const AGENCIES = ['Northbank Council', 'Northbank Police', 'Eastvale NHS Trust', 'Harbour Housing', 'Safe Harbour'];
const SAID = 'He knows where she lives and has said that he will come. '.repeat(12);
const NAMES: PaperNames = {
  organisation: (id) => id,
  staff: (id) => id ?? 'Nobody',
  case: (id) => id,
  person: (_case, id) => id,
};

/**
 * How long it takes to write the minutes of a meeting of sixteen cases as a tagged PDF, what is read for them aside. The baseline is
 * a document of the same kind without a case.
 */
export async function minutes(): Promise<Result> {
  const [full, bare] = [read(CASES), read(0)];
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

async function written(what: MinutesRead): Promise<{ readonly ms: number; readonly bytes: number }> {
  const at = performance.now();
  let bytes = 0;
  for await (const part of minutesPdf(what, NAMES, new Date('2026-11-29T12:00:00Z'))) bytes += part.length;
  return { ms: performance.now() - at, bytes };
}

/** Minutes as they are read: everything filled in, nobody in them real. */
function read(cases: number): MinutesRead {
  const people = AGENCIES.map((orgId, i) => ({ userId: `Somebody ${i + 1}`, orgId, present: true }));
  return {
    meeting: {
      ...{ heldOn: '2026-11-18', startsAt: '09:30', place: 'Northbank Civic Centre', emergencyReason: null },
      ...{ state: 'minutes-issued', readBy: 'Somebody 1', approvedBy: 'Somebody 1', approvedAt: new Date() },
    },
    forum: { title: 'Northbank MARAC' },
    ...{ notShown: 0, signatures: people, observers: [], conflicts: [], homeAgency: null },
    decisions: [{ code: 'plan-agreed', title: 'A plan is agreed' }],
    items: Array.from({ length: cases }, (_, i) => ({
      ...{
        id: `${i}`,
        caseId: `CASE-${i + 1}`,
        subjectId: `Person ${i + 1}`,
        otherIds: ['Somebody else'],
        childIds: [],
      },
      ...{
        state: 'heard',
        presence: people,
        observed: [],
        ballots: [],
        homeOrg: null,
        decidedHow: null,
        consentBy: null,
      },
      ...{ harm: SAID, contributory: SAID, protective: SAID, rationale: SAID, decision: 'plan-agreed', recorded: '' },
      amendments: [],
      research: AGENCIES.map((orgId) => ({ orgId, answer: 'known', words: SAID })),
      actions: Array.from({ length: ACTIONS }, (_n, n) => ({
        ...{
          what: SAID.slice(0, 110),
          ownerOrg: AGENCIES[n % AGENCIES.length],
          dueOn: '2026-12-01',
          state: 'accepted',
        },
      })),
    })),
  } as unknown as MinutesRead;
}
