import { receiptsOf } from './receipts';

type Told = Parameters<typeof receiptsOf>[1][number];

const [COUNCIL, NHS, POLICE] = ['council', 'nhs', 'police'];
let next = 0;
/** An act of somebody of an organisation that names a disclosure. */
const act = (action: string, actorOrg: string, more: object = {}): Told =>
  ({
    ...{
      index: String(++next),
      eventId: `e${next}`,
      at: '2026-06-01T09:00:00.000Z',
      outcome: 'done',
      actor: 'someone',
    },
    ...{ action, actorOrg, objects: [{ t: 'disclosure', id: 'D1' }], recipients: [{ org: NHS }] },
    ...{ detail: { disclosure: { isa: 'A1@1.2.0', flowId: 'F1', withinHours: 24 } }, payloadCommit: 'c0', ...more },
  }) as unknown as Told;

describe('both ends of a disclosure', () => {
  const told = (acts: Told[], now = '2026-06-02T09:00:00.000Z') =>
    receiptsOf(['D1'], acts, new Date(now)).map(({ recipient, state, differs }) =>
      [recipient, state, ...differs].join(' '),
    );

  it('are matched by the one id that both name, whoever of the recipient answered, in whatever order they are read', () => {
    const [sent, answer] = [act('referral.offer', COUNCIL), act('referral.accept', NHS, { recipients: [] })];
    expect(told([answer, sent])).toEqual(['nhs MATCHED']);
    expect(receiptsOf(['D1'], [sent, answer], new Date())[0]).toMatchObject({
      ...{ from: COUNCIL, isa: 'A1@1.2.0', flowId: 'F1', sent: { eventId: sent.eventId } },
      received: { eventId: answer.eventId },
    });
  });

  it('are not matched by what the sender did itself, by a refusal, or by an act about another disclosure', () => {
    const sent = act('referral.offer', COUNCIL);
    const others = [
      act('case.view', COUNCIL),
      act('referral.accept', NHS, { outcome: 'denied' }),
      act('referral.accept', NHS, { objects: [{ t: 'decision', id: 'D1' }] }),
      act('referral.accept', POLICE),
    ];
    expect(told([sent, ...others])).toEqual(['nhs AWAITED']);
    expect(told([sent, ...others], '2026-06-02T09:00:00.001Z')).toEqual(['nhs UNACKNOWLEDGED']);
  });

  it('differ in what the answer says otherwise; a look says that it came, and nothing else', () => {
    const sent = act('case.change-participation', COUNCIL, { payloadCommit: undefined });
    const other = { disclosure: { isa: 'A1@1.1.0', flowId: 'F1' } };
    expect(told([sent, act('transfer.accept', NHS, { detail: other })])).toEqual(['nhs MISMATCHED isa payload']);
    expect(told([sent, act('case.view', NHS, { detail: {}, payloadCommit: undefined })])).toEqual(['nhs MATCHED']);
  });

  it('are one row for each recipient, but for the agency that keeps what is its own', () => {
    const recipients = [{ org: NHS }, { org: COUNCIL }, { org: POLICE }, { org: NHS }];
    expect(told([act('transfer.offer', COUNCIL, { recipients })])).toEqual(['nhs AWAITED', 'police AWAITED']);
  });

  it('are of each recipient by its own decision, and of what the system told for an agency by whoever asked it', () => {
    const to = { [NHS]: { isa: 'A1@1.2.0', flowId: 'F1' }, [POLICE]: { isa: 'A2@1.0.0', flowId: 'F9' } };
    const detail = { disclosure: { withinHours: 24, to } };
    const sent = act('forum-transfer.send', COUNCIL, { recipients: [{ org: NHS }, { org: POLICE }], detail });
    const under = (isa: string) => ({ recipients: [], detail: { disclosure: { isa, flowId: 'F9' } } });
    expect(told([sent, act('forum-transfer.acknowledge', POLICE, under('A2@1.0.0'))])).toEqual([
      ...['nhs AWAITED', 'police MATCHED'],
    ]);
    expect(told([sent, act('forum-transfer.acknowledge', POLICE, under('A1@1.2.0'))])[1]).toBe('police MISMATCHED isa');
    const objects = [
      { t: 'disclosure', id: 'D1' },
      { t: 'organisation', id: NHS },
    ];
    const answered = act('person.tell-known', COUNCIL, { actorOrg: null, objects, recipients: [{ org: COUNCIL }] });
    const both = receiptsOf(['D1'], [act('person.ask-known', COUNCIL, { recipients: [] }), answered], new Date());
    expect(both).toMatchObject([{ from: NHS, recipient: COUNCIL, state: 'MATCHED' }]);
  });

  it('show what was answered and nobody has on record as sent, and no look by itself', () => {
    const looks = [act('case.view', POLICE), act('case.view', NHS)];
    expect(told([...looks, act('referral.accept', NHS)])).toEqual(['nhs UNSOLICITED']);
    expect(told(looks)).toEqual([]);
  });
});
