import {
  AdvocateContactChanged,
  CaseErased,
  ConferenceActionChanged,
  QuestionChanged,
  ReferralAssigned,
  typeOf,
} from '@concordat/contracts';
import { roundsOf, tellingsOf, type Telling, type TimedTelling } from './happening';

const [A, B, C, ORG] = ['a', 'b', 'c', 'org'];
const header = { referralId: A, pathway: 'prevent', areaId: C, referringOrg: 'other', receivingOrg: ORG };
const made = (type: Parameters<typeof typeOf>[0], data: object): readonly Telling[] =>
  tellingsOf({ type: typeOf(type), data });

describe('what people are told of that happened', () => {
  it('is told to whom a referral is given, and no more to whoever had it', () => {
    expect(made(ReferralAssigned, { ...header, assignedTo: B, byId: C })).toEqual([
      { do: 'settle', recordId: A, kinds: ['referral-assigned'], except: B },
      {
        ...{ do: 'tell', kind: 'referral-assigned', recordId: A, caseId: null, at: null, byId: C },
        reach: { orgId: ORG, named: B, orRoles: false },
      },
    ]);
    expect(made(ReferralAssigned, header).map((t) => t.do)).toEqual(['settle']);
  });

  it('follows an action: proposed until it is moved on, and told anew when it is escalated', () => {
    const of = (state: string) =>
      made(ConferenceActionChanged, {
        caseId: C,
        actionId: A,
        meetingId: B,
        orgId: ORG,
        state,
        dueOn: '2026-07-01',
      }).map((t) => (t.do === 'tell' ? [t.kind, t.caseId, t.at?.toISOString() ?? null] : t.do));
    expect(of('proposed')).toEqual([['action-proposed', C, '2026-07-01T22:59:59.999Z']]);
    expect(of('accepted')).toEqual(['settle']);
    expect(of('escalated')).toEqual(['settle', ['action-escalated', C, null]]);
  });

  it('tells the agency of an advocate whom it is to speak with before a meeting, until it has tried', () => {
    const of = (state: string) =>
      made(AdvocateContactChanged, { caseId: C, contactId: A, referralId: B, forumId: B, orgId: ORG, state });
    expect(of('asked')).toMatchObject([
      { do: 'tell', kind: 'contact-asked', recordId: A, caseId: C, reach: { orgId: ORG, named: null, orRoles: true } },
    ]);
    expect([of('tried'), of('reached')].map(([first]) => first?.do)).toEqual(['settle', 'settle']);
  });

  it('tells who asked what was decided, for the agency that they asked for; of an event that does not say, nobody', () => {
    const question = { recordId: A, state: 'allowed', decisionId: B, senderOrg: 'sender', askedBy: C, settledBy: B };
    expect(made(QuestionChanged, { ...question, askedOrg: ORG })[1]).toMatchObject({
      ...{ do: 'tell', kind: 'question-answered', reach: { orgId: ORG, named: C, orRoles: false } },
    });
    expect(made(QuestionChanged, question)).toHaveLength(1);
  });

  it('tells whoever is said to have authorised an emergency, until they have said whether they did; its review has a deadline', () => {
    const review = {
      ...{ recordId: A, state: 'open', decisionId: B, senderOrg: 'sender', askedBy: C, askedOrg: ORG },
      reviewBy: '2026-12-01T23:59:59.999Z',
    };
    expect(made(QuestionChanged, { ...review, authoriser: B })).toMatchObject([
      { do: 'tell', kind: 'authority-claimed', reach: { orgId: ORG, named: B, orRoles: false }, byId: C },
    ]);
    expect(made(QuestionChanged, review)).toEqual([]);
    expect(made(QuestionChanged, { ...review, authoriser: B, authorised: 'given' })).toMatchObject([
      { do: 'settle', recordId: A, kinds: ['authority-claimed'] },
    ]);
  });

  it('goes with the case, and with the referral that it came from', () => {
    expect(made(CaseErased, { caseId: C, referralId: A, people: [] })).toEqual([{ do: 'erase', records: [C, A] }]);
  });
});

describe('what is done together', () => {
  const settle = (recordId: string, until: number): TimedTelling => ({
    ...{ do: 'settle', recordId, kinds: ['case-assigned'], except: null, time: new Date(until) },
  });
  const erase: TimedTelling = { do: 'erase', records: ['a'], time: new Date(0) };
  const shape = (tellings: readonly TimedTelling[]) =>
    roundsOf(tellings).map(({ settle: s, tell: t, erase: e }) => [s.map((x) => x.recordId), t.length, e.length]);

  it('is of different records, each in its order; and nothing goes past what is erased', () => {
    expect(shape([settle('a', 1), settle('b', 2), settle('a', 3), settle('c', 4)])).toEqual([
      [['a', 'b', 'c'], 0, 0],
      [['a'], 0, 0],
    ]);
    expect(shape([settle('a', 1), erase, settle('b', 2), settle('a', 3)])).toEqual([
      [['a'], 0, 0],
      [[], 0, 1],
      [['b', 'a'], 0, 0],
    ]);
    expect(roundsOf([])).toEqual([]);
  });
});
