import type { ScopingAnswer, ScopingMove } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';
import type { ReviewDocument } from './review';
import { chaseProblem, scopingDue, scopingLacks, scopingStanding, unansweredAgencies } from './scoping-rules';

const said = { by: 'jo', at: '2026-03-01T09:00:00.000Z' };
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], ...more },
});
const request = (id: string, round = 1) => ({
  ...{ id, round, orgId: id, askedOn: '2026-03-01', dueOn: '2026-03-10', ...said },
});
const answer = (requestId: string, given: ScopingAnswer, on = '2026-03-09') => ({
  ...{ requestId, answer: given, on, text: null, ...said },
});
const step = (requestId: string, move: ScopingMove, on: string) => ({
  ...{ requestId, move, on, who: 'The chair', text: 'Three letters', ...said },
});
const kindWith = (more: Partial<ReviewKind['guards'][number]>): Pick<ReviewKind, 'guards'> => ({
  guards: [{ code: 'scoped', text: 'x', check: 'scoping', ...more }],
});
const waits = kindWith({});
const goesOn = kindWith({ without: { workingDays: 5, force: 'local' } });
const asked = document({
  scoping: [request('police'), request('nhs'), request('fire'), request('old', 0)],
  returns: [answer('police', 'known'), answer('nhs', 'no-reply')],
});

describe('what agencies answer', () => {
  it('no reply is not nil, unless silence may be noted', () => {
    expect(scopingLacks(asked, {})).toEqual({ asked: true, open: ['nhs', 'fire'] });
    expect(scopingLacks(asked, { silence: true })).toEqual({ asked: true, open: ['fire'] });
    expect(scopingLacks(document(), {})).toEqual({ asked: false, open: [] });
    const all = { ...asked, returns: [...asked.returns!, answer('nhs', 'nil'), answer('fire', 'not-known')] };
    expect(scopingLacks(all, {})).toEqual({ asked: true, open: [] });
  });
  it('runs against its date, and what came late stays late', () => {
    const at = (today: string, returns = asked.returns) =>
      ['police', 'nhs', 'fire'].map(
        (id) => scopingStanding(waits, { ...asked, returns: returns! }, request(id), today).status,
      );
    expect(at('2026-03-10')).toEqual(['met', 'running', 'running']);
    expect(at('2026-03-11')).toEqual(['met', 'overdue', 'overdue']);
    expect(at('2026-03-11', [answer('police', 'nil', '2026-03-11')])).toEqual(['metLate', 'overdue', 'overdue']);
  });
});

describe('an agency that does not answer', () => {
  const problem = (move: ScopingMove, today: string, steps: ReturnType<typeof step>[] = [], kind = goesOn) =>
    chaseProblem(kind, { ...asked, scopingSteps: steps }, request('fire'), move, today)?.code;
  const reminded = step('fire', 'remind', '2026-03-09');
  // Friday 13 March: five working days on is Friday 20 March.
  const escalated = step('fire', 'escalate', '2026-03-13');

  it('is reminded, then its leaders are asked, and then the review goes on without it, each in its time', () => {
    expect(problem('remind', '2026-03-02')).toBeUndefined();
    expect(problem('escalate', '2026-03-10', [reminded])).toBe('too-early');
    expect(problem('escalate', '2026-03-11')).toBe('not-reminded');
    expect(problem('escalate', '2026-03-11', [reminded])).toBeUndefined();
    expect(problem('go-on', '2026-03-30', [reminded])).toBe('not-escalated');
    expect(problem('go-on', '2026-03-20', [reminded, escalated])).toBe('too-early');
    expect(problem('go-on', '2026-03-21', [reminded, escalated])).toBeUndefined();
    // Steps of another agency are none of its own, and a kind that waits for every answer waits.
    expect(problem('escalate', '2026-03-11', [step('nhs', 'remind', '2026-03-09')])).toBe('not-reminded');
    expect(problem('go-on', '2026-03-21', [reminded, escalated], waits)).toBe('not-allowed');
    const answeredNow = { ...asked, returns: [answer('fire', 'nil')], scopingSteps: [reminded, escalated] };
    expect(chaseProblem(goesOn, answeredNow, request('fire'), 'go-on', '2026-03-21')?.code).toBe('answered');
  });

  it('no longer stands in the way once the review went on, and is named until it answers', () => {
    const gone = { ...asked, scopingSteps: [step('fire', 'go-on', '2026-03-21')] };
    expect(scopingLacks(gone, goesOn.guards[0]!).open).toEqual(['nhs']);
    // Where the kind does not allow it, it changes nothing.
    expect(scopingLacks(gone, {}).open).toEqual(['nhs', 'fire']);
    expect(unansweredAgencies(gone)).toEqual([
      { orgId: 'nhs', dueOn: '2026-03-10', decider: null, reason: null },
      { orgId: 'fire', dueOn: '2026-03-10', decider: 'The chair', reason: 'Three letters' },
    ]);
    expect(scopingStanding(goesOn, gone, request('fire'), '2026-03-22')).toMatchObject({
      ...{ status: 'goneOn', moves: ['remind'] },
    });
    const late = { ...gone, returns: [...gone.returns!, answer('fire', 'known', '2026-04-01')] };
    expect(unansweredAgencies(late).map(({ orgId }) => orgId)).toEqual(['nhs']);
    expect(scopingStanding(goesOn, late, request('fire'), '2026-04-02')).toMatchObject({
      ...{ status: 'metLate', moves: [], text: null, answer: 'known' },
    });
  });

  it('is what falls due while it stands in the way', () => {
    expect(scopingDue(goesOn, asked)).toBe('2026-03-10');
    const rest = [step('fire', 'go-on', '2026-03-21'), step('nhs', 'go-on', '2026-03-21')];
    expect(scopingDue(goesOn, { ...asked, scopingSteps: rest })).toBeUndefined();
    expect(scopingDue({ guards: [] }, asked)).toBeUndefined();
  });
});
