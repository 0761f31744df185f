import { actionInWords, newId } from '@concordat/contracts';
import { totalsOf } from './report';
import { reportHtml } from './report-html';
import { reportOf, type Described, type Told } from './report-of';
import { reportPdf } from './report-pdf';

const [person, file] = [newId(), newId()];
const described = (change: Partial<Described> = {}): Described =>
  ({
    index: '7',
    eventId: newId(),
    at: '2026-11-20T12:00:00.000Z',
    recordedAt: '2026-11-20T12:00:00.100Z',
    source: 'records',
    seq: '3',
    act: 'VIEW_CASE',
    op: 'CONSULTATION',
    outcome: 'done',
    actorRole: 'safeguarding-lead',
    actorOrg: 'o1',
    action: 'case.view',
    actor: 'u1',
    subjects: [person],
    objects: [{ t: 'case', id: file }],
    recipients: [],
    items: [],
    purpose: 'safeguarding',
    reasons: [],
    corr: newId(),
    intact: true,
    erased: false,
    detail: {},
    ...change,
  }) as Described;
const told = (records: Described[], count = records.length): Told => ({
  id: newId(),
  at: new Date('2026-11-28T09:00:00Z'),
  by: 'u2',
  byOrg: null,
  origin: 'log.example/concordat',
  size: 90n,
  signedAt: new Date('2026-11-28T08:59:59Z'),
  witnesses: 'None have cosigned it',
  question: [{ key: 'Person', value: person }],
  count,
  records,
});
const names = {
  staff: (id: string | null) => (id === 'u1' ? 'Zoë <b>Łuczak' : String(id)),
  organisation: () => 'Northbank',
};

describe('the report of a bundle', () => {
  it('says who did what, when, to what, and whether that is what was sealed', () => {
    const report = reportOf(
      told([described(), described({ intact: false }), described({ action: null, erased: true })]),
      names,
    );
    expect(report.acts[0]).toEqual({
      entry: '7',
      at: '2026-11-20 12:00:00',
      who: 'Zoë <b>Łuczak, Northbank, safeguarding lead',
      what: 'View: case',
      outcome: 'Done',
      about: `case ${file}, person ${person}`,
      note: 'As it was sealed',
    });
    expect(report.acts.map((a) => a.note)).toEqual([
      'As it was sealed',
      'NOT as it was sealed',
      'No details kept, or none for whoever asked',
    ]);
    expect(report.acts[2]!.what).toBe('view case');
  });

  it('counts what was done apart from what was refused, and says what it does not list', () => {
    const report = reportOf(told([described(), described(), described({ outcome: 'denied' })], 10), names);
    expect(report.totals).toEqual([
      { key: 'View: case', value: '2' },
      { key: 'View: case (refused)', value: '1' },
    ]);
    expect(report.unlisted).toBe(7);
    expect([...reportHtml(report)].join('')).toContain('7 more acts are in log.ledger.jsonl');
  });

  it('is safe to open: names are text, and nothing is fetched or run', () => {
    const html = [...reportHtml(reportOf(told([described()]), names))].join('');
    expect(html).toContain('Zoë &lt;b&gt;Łuczak');
    expect(html).not.toMatch(/<script|src=|href=|@import|url\(/);
    expect(html).toContain(`default-src 'none'`);
  });

  it('is a tagged PDF of as many pages as it needs', async () => {
    const report = reportOf(told(Array.from({ length: 60 }, () => described())), names);
    const parts: Uint8Array[] = [];
    for await (const part of reportPdf(report, new Date('2026-11-28T09:00:00Z'))) parts.push(part);
    const pdf = Buffer.concat(parts).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf).toContain('/MarkInfo');
    expect(pdf).toContain('(en-GB)');
    expect(Number(/\/Type \/Pages\n\/Count (\d+)/.exec(pdf)?.[1])).toBeGreaterThan(1);
  });

  it('says so when there is nothing', () => {
    const html = [...reportHtml(reportOf(told([]), names))].join('');
    expect(html).toContain('No acts are on record for this');
    expect(totalsOf([])).toEqual([]);
    expect(actionInWords('referral.request-information')).toBe('Request information: referral');
  });
});
