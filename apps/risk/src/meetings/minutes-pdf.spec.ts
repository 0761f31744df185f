import type { AskedFile } from '@concordat/messaging';
import type { Peers } from '@concordat/platform';
import type { MinutesRead } from './minutes.service';
import { digestOf } from './minutes.service';
import { amendmentLines, linesOf, minutesPdf } from './minutes-pdf';
import { PaperPeople } from './paper-people';

const work = { userId: 'idris', orgId: 'council', purpose: 'safeguarding', correlationId: 'c1' } as AskedFile;
const minutes = (more: object = {}): MinutesRead =>
  ({
    meeting: {
      ...{ id: 'm', version: 9, heldOn: '2026-11-18', startsAt: '09:30', place: 'Hall', emergencyReason: null },
      ...{ state: 'minutes-issued', readBy: 'gwen', approvedBy: 'gwen', approvedAt: new Date(), calledBy: null },
    },
    forum: { title: 'Northbank MARAC' },
    ...{
      notShown: 1,
      observers: [],
      homeAgency: null,
      conflicts: [{ itemId: 'i', userId: 'wren', reason: 'Knows her' }],
    },
    signatures: [{ userId: 'gwen', orgId: 'council', at: new Date() }],
    decisions: [{ code: 'plan-agreed', title: 'A plan is agreed' }],
    items: [
      {
        ...{ id: 'i', version: 3, caseId: 'case-1', subjectId: 's', otherIds: ['o'], childIds: [], state: 'heard' },
        presence: [
          { userId: 'gwen', orgId: 'council', present: true },
          { userId: 'wren', orgId: 'police', present: false },
        ],
        ...{
          observed: [],
          ballots: [],
          homeOrg: null,
          decidedHow: null,
          consentBy: null,
          recorded: '',
          againFrom: null,
        },
        ...{
          harm: 'He knows where she works',
          contributory: '',
          protective: '',
          rationale: 'So',
          decision: 'plan-agreed',
        },
        research: [{ orgId: 'police', answer: 'known', words: 'Called twice' }],
        amendments: [
          {
            ...{ id: 'a', version: 2, part: 'harm', before: '', reason: 'Misheard', state: 'agreed' },
            ...{ proposedBy: 'idris', answeredBy: 'gwen', answeredAt: new Date('2026-11-20T14:30:00Z') },
          },
        ],
        actions: [{ what: 'Ring her', ownerOrg: 'police', dueOn: '2026-12-01', state: 'accepted' }],
      },
    ],
    ...more,
  }) as unknown as MinutesRead;

/** Their owners, as far as names for paper ask them. */
class Owners {
  readonly asked: string[] = [];
  constructor(private readonly people: readonly { id: string; name: string }[]) {}
  get = (_from: string, to: string, path: string): Promise<unknown> => {
    this.asked.push(`${to}${path}`);
    if (to === 'records')
      return Promise.resolve({ reference: this.people.length > 0 ? 'C-1' : null, people: this.people });
    if (path === '/organisations')
      return Promise.resolve({
        organisations: [
          { id: 'council', name: 'Council' },
          { id: 'police', name: 'Police' },
        ],
      });
    return Promise.resolve({
      staff: [
        { id: 'gwen', name: 'Gwen Harding' },
        { id: 'wren', name: 'Wren' },
      ],
    });
  };
}
const named = async (people: readonly { id: string; name: string }[]) => {
  const owners = new Owners(people);
  let told = 0;
  const names = await new PaperPeople(owners as unknown as Peers).of(minutes(), work, () =>
    Promise.resolve(void told++),
  );
  return { owners, names, told };
};

describe('minutes on paper', () => {
  it('name whom their owners name, in the name of whoever asked, a case at a time', async () => {
    const { owners, names, told } = await named([
      { id: 's', name: 'Tamsin Ashgrove' },
      { id: 'o', name: '' },
    ]);
    expect(owners.asked).toEqual([
      'records/cases/case-1/names?userId=idris&orgId=council',
      'identity/organisations',
      'identity/staff?ids=gwen,wren,idris',
    ]);
    expect([told, names.case('case-1'), names.person('case-1', 's'), names.person('case-1', 'o')]).toEqual([
      ...[1, 'C-1', 'Tamsin Ashgrove', 'Name not known'],
    ]);
    // What records does not show them has no name.
    const closed = (await named([])).names;
    expect([closed.case('case-1'), closed.person('case-1', 's')]).toEqual(['Case', 'Somebody of this case']);
  });

  it('hold what was minuted of a case and who was there, and nothing that is empty', async () => {
    const { names } = await named([{ id: 's', name: 'Tamsin' }]);
    const [item] = minutes().items;
    expect(linesOf(item!, minutes(), names)).toEqual([
      ['There', 'Gwen Harding, Council'],
      ['Conflict of interest', 'Wren'],
      ['Possible harm', 'He knows where she works'],
      ['Decision', 'A plan is agreed'],
      ['Why', 'So'],
      ['Police', 'Known, with information that bears on the risk: Called twice'],
    ]);
    expect(amendmentLines(item!, names)).toEqual([
      'Possible harm, put right on 20 November 2026 at 14:30: proposed by Someone, agreed by Gwen Harding. Misheard. It said: nothing',
    ]);
    const parts: Buffer[] = [];
    for await (const part of minutesPdf(minutes(), names, new Date())) parts.push(Buffer.from(part));
    expect(Buffer.concat(parts).toString('latin1')).toMatch(/^%PDF-1\.7[\s\S]*\/MarkInfo/);
  });

  it('are other minutes when a case, somebody’s research or an amendment is shown no more', () => {
    const [item] = minutes().items;
    const digests = [
      {},
      { notShown: 2 },
      { items: [] },
      { items: [{ ...item, research: [] }] },
      { items: [{ ...item, amendments: [] }] },
    ].map((more) => digestOf(minutes(more)));
    expect(new Set(digests).size).toBe(5);
    expect(digestOf(minutes())).toBe(digests[0]);
  });
});
