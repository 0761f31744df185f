import { recordOf, type Decided } from './decision-record';
import { DAY, packs } from './instruments.testing';

const channel = packs.forumKind('channel', DAY)!;

describe('the record of a decision of a panel', () => {
  const there = (...orgs: string[]) => orgs.map((orgId) => ({ userId: `of ${orgId}`, orgId, present: true }));
  const item: Decided = {
    criteria: [{ code: 'reasonable-grounds', evidence: 'What he said at school' }],
    presence: [...there('council', 'police', 'nhs', 'school'), { userId: 'x', orgId: 'housing', present: false }],
    ballots: [
      { outcome: 'withdrawn', present: ['nhs'], votes: [{ orgId: 'nhs', choice: 'against' }] },
      {
        outcome: 'no-majority',
        present: ['council', 'police', 'nhs', 'school'],
        votes: [
          ...[
            { orgId: 'council', choice: 'for' as const },
            { orgId: 'police', choice: 'for' as const },
          ],
          ...[
            { orgId: 'nhs', choice: 'against' as const },
            { orgId: 'school', choice: 'abstain' as const },
          ],
          { orgId: 'housing', choice: 'against' },
        ],
      },
    ],
    ...{ decision: 'adopted', decidedHow: 'chair', homeOrg: 'police', consentBy: null, changedBy: 'amina' },
  };

  it('says on what grounds, who was there, whether that was enough, who did not vote for it, and who decided', () => {
    const record = recordOf(item, channel, 3)!;
    expect(record).toMatchObject({
      grounds: [{ title: expect.stringMatching(/reasonable grounds/i), evidence: 'What he said at school' }],
      quorum: { needed: 3, present: 4, home: { orgId: 'police', present: true } },
      voting: { moreThanPercent: 50, otherwise: 'chair' },
      ...{ against: ['nhs'], abstained: ['school'], chair: 'amina', again: true, record: 'The support plan' },
    });
    expect(record.source).toMatch(/^Counter-Terrorism and Security Act 2015 sections? [^;]*$/);
    expect(record.members.map(({ orgId }) => orgId)).toEqual(['council', 'police', 'nhs', 'school']);
  });

  it('names no chair where the members decided, says that a force was not there, and is none of a forum without votes', () => {
    const carried = { ...item, decidedHow: 'majority' as const, homeOrg: 'force-b' };
    expect(recordOf(carried, channel, 3)).toMatchObject({ chair: null, quorum: { home: { present: false } } });
    expect(recordOf(item, packs.forumKind('marac', DAY)!, 3)).toBeNull();
  });
});
