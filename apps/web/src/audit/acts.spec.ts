import { actionInWords } from '@concordat/contracts';
import { serviceActorId } from '@concordat/platform';
import type { TrailItem } from '../apis/audit';
import { lineOf, staffIn } from './acts';

const names = {
  organisation: (id: string | null | undefined) => `Organisation ${id}`,
  area: () => '',
  person: (id: string | null | undefined) => `Person ${id}`,
};
const item = (more: Partial<TrailItem> = {}): TrailItem => ({
  index: '7',
  eventId: 'e',
  at: '2026-11-24T09:00:00.000Z',
  recordedAt: '2026-11-24T09:00:01.000Z',
  source: 'records',
  seq: '1',
  act: 'VIEW_CASE',
  op: 'CONSULTATION',
  outcome: 'denied',
  action: 'case.view',
  actor: 'a1',
  actorRole: 'practitioner',
  actorOrg: 'o1',
  subjects: [],
  objects: [],
  recipients: [],
  items: [],
  purpose: null,
  reasons: [],
  corr: null,
  intact: true,
  erased: false,
  detail: null,
  ...more,
});

describe('a line of the trail', () => {
  it('says who did what, and that it was refused, in words', () => {
    expect(lineOf(item(), names)).toMatchObject({
      title: 'View: case',
      who: { text: 'Person a1', href: '/audit?user=a1' },
      organisation: { text: 'Organisation o1', href: '/audit?agency=o1' },
      outcomeShown: { text: 'Refused' },
    });
    expect(actionInWords('referral.request-information')).toBe('Request information: referral');
  });

  it('names services, and does not ask identity for them', () => {
    const actor = serviceActorId('records');
    expect(lineOf(item({ actor }), names).who.text).toBe('The service records');
    expect(staffIn([item({ actor }), item()])).toEqual([null, 'a1']);
  });

  it('leads from each thing to the acts about it; a person named twice stands once', () => {
    const line = lineOf(
      item({
        subjects: ['p1'],
        objects: [
          { t: 'case', id: 'c1' },
          { t: 'person', id: 'p1' },
          { t: 'ledger', id: 'l1' },
          { t: 'agreement', id: 'hand-over' },
        ],
      }),
      names,
    );
    expect(line.about).toEqual([
      { text: 'Case c1', href: '/audit?case=c1' },
      { text: 'Ledger l1', href: null },
      { text: 'Agreement hand-over', href: '/audit?agreement=hand-over' },
    ]);
    expect(line.others).toEqual([{ text: 'Person p1', href: '/audit?person=p1' }]);
  });

  it('shows what the leaf says of an act whose detail is gone', () => {
    const line = lineOf(item({ action: null, actor: null, erased: true }), names);
    expect([line.title, line.who.text]).toEqual(['View case', 'Erased']);
  });

  it('gives what else is known in rows, without what is not', () => {
    const { facts } = lineOf(
      item({
        purpose: 'direct-care',
        detail: { method: 'GET', terms: 'Hallo', filters: { side: 'all', areaId: null }, shown: [], again: true },
        reasons: ['role.not-entitled', 'trail.forbidden'],
      }),
      names,
    );
    expect(facts).toEqual([
      { key: 'Purpose', value: 'Direct care' },
      { key: 'Reasons', value: 'Their role does not allow it, Trail: forbidden' },
      { key: 'HTTP method', value: 'GET' },
      { key: 'Searched for', value: 'Hallo' },
      { key: 'Filters', value: 'Side: all' },
      { key: 'Again', value: 'Yes' },
    ]);
  });
});
