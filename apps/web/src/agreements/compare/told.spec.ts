import type { AgreementDocument, LawCodes } from '../../apis/agreements';
import { sectionsFor } from '../sections';
import { changesInWords } from './told';

const law: LawCodes = { art6: [], rliConditions: [], art9: [], sch1: [], sch8: [], gateways: [], facts: [], items: [] };
const organisations = [{ id: 'o1', name: 'Northbank Council' }];
const document = { parties: [], purposes: [], dataItems: [], flows: [] } as unknown as AgreementDocument;
const sections = sectionsFor({ document, law, organisations });
const told = (...changes: Parameters<typeof changesInWords>[0]) => changesInWords(changes, sections, organisations);

describe('what changed between two versions, in words', () => {
  it('has the labels of the sections, dates as dates and codes as words', () => {
    const [about] = told({
      section: 'about',
      rows: [],
      changes: [
        { path: 'expiresOn', before: '2027-03-31', after: '2028-03-31' },
        { path: 'reviewOverduePolicy', before: 'WARN', after: 'BLOCK' },
        { path: 'dpiaRef', after: 'DPIA-7' },
        { path: 'apdRefs', before: ['APD-1'], after: [] },
        { path: 'publishableView', before: ['title'], after: ['title', 'flows'] },
      ],
    });
    expect(about).toMatchObject({ title: 'About the agreement', rows: [] });
    expect(about!.changes).toEqual([
      { what: 'Last day', before: '31 March 2027', after: '31 March 2028' },
      {
        what: 'When its review is overdue',
        before: 'Warn with every decision',
        after: 'Refuse every disclosure until it is reviewed',
      },
      { what: 'Reference of the data protection impact assessment', before: 'Not in it', after: 'DPIA-7' },
      { what: 'References of appropriate policy documents', before: 'APD-1', after: 'Not in it' },
      { what: 'What may be published', before: 'title', after: 'title, flows' },
    ]);
  });

  it('calls a row by what it is, an organisation by its name, and says whether it is new or gone', () => {
    const [parties, flows, breach] = told(
      {
        section: 'parties',
        changes: [],
        rows: [{ row: 'o1', what: 'removed', changes: [{ path: 'publicAuthority', before: true }] }],
      },
      {
        section: 'flows',
        changes: [],
        rows: [{ row: 'F2', what: 'changed', changes: [{ path: 'to', before: ['o1', 'POLICE'], after: ['o1'] }] }],
      },
      { section: 'breach', rows: [], changes: [{ path: 'icoWithinH', before: 72, after: 48 }] },
    );
    expect(parties!.rows[0]).toMatchObject({ title: 'Party Northbank Council', tag: { text: 'Removed' } });
    expect(parties!.rows[0]!.changes).toEqual([
      { what: 'It is a public authority', before: 'Yes', after: 'Not in it' },
    ]);
    expect(flows!.rows[0]).toMatchObject({ title: 'Flow F2', tag: { text: 'Changed' } });
    expect(flows!.rows[0]!.changes[0]).toEqual({
      what: 'To',
      before: 'Northbank Council, Police',
      after: 'Northbank Council',
    });
    expect(breach).toMatchObject({
      title: 'Breaches',
      changes: [{ what: 'Hours in which the Commissioner is told of a breach', before: '72', after: '48' }],
    });
  });
});
