import fc from 'fast-check';
import type { PanelMember, PanelMeeting } from './panel';
import { chairLacks, isAgreed, panelLacks, quorumLacks, termsLack } from './panel-rules';
import type { ReviewDocument } from './review';

const said = { by: 'jo', at: '2026-03-01T09:00:00.000Z' };
const declared = (conflict = false) => [{ statement: 'No part in it', conflict, ...said }];
const member = (id: string, seat: string, more: Partial<PanelMember> = {}): PanelMember => ({
  ...{
    id,
    seat,
    role: 'member',
    orgId: seat,
    userId: null,
    name: id,
    declarations: declared(),
    endedOn: null,
    ...said,
  },
  ...more,
});
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], ...more },
});
const panel = {
  essential: ['police', 'health'],
  quorum: 'x',
  rule: { chair: true, share: 50, essential: true, force: 'local' as const },
};
const chair = member('chair', 'independent chair', { role: 'chair', orgId: null });
const full = [chair, member('p', 'Police'), member('h', 'health'), member('c', 'council')];

describe('the chair', () => {
  it('is appointed, has declared independence, and no conflict', () => {
    expect(chairLacks(document())).toEqual(['nobody chairs it']);
    expect(chairLacks(document({ panel: [{ ...chair, declarations: [] }] }))).toHaveLength(1);
    expect(chairLacks(document({ panel: [{ ...chair, declarations: declared(true) }] }))).toHaveLength(1);
    expect(chairLacks(document({ panel: [chair] }))).toEqual([]);
    expect(chairLacks(document({ panel: [{ ...chair, endedOn: '2026-01-01' }] }))).toEqual(['nobody chairs it']);
  });
});

describe('the panel', () => {
  it('has every essential seat, however it is written, and each member is independent', () => {
    expect(panelLacks(panel, document({ panel: full }))).toEqual([]);
    expect(panelLacks(panel, document({ panel: [chair, full[1]!] }))).toEqual(['nobody for health']);
    const conflicted = [...full.slice(0, 3), member('c', 'council', { declarations: declared(true) })];
    expect(panelLacks(panel, document({ panel: conflicted }))).toEqual(['council has declared a conflict']);
  });
});

describe('a quorum (domain/statutory-reviews.md §7)', () => {
  const lacks = (...present: string[]) => quorumLacks(panel, full, present);
  it('is the chair or a deputy, half of the agencies, every essential seat', () => {
    expect(lacks('chair', 'p', 'h')).toEqual([]);
    expect(lacks('p', 'h', 'c')).toEqual(['neither the chair nor a deputy was there']);
    expect(lacks('chair', 'p', 'c')).toEqual(['nobody was there for health']);
    expect(lacks('chair', 'p')).toEqual([expect.stringContaining('1 of 3 agencies'), 'nobody was there for health']);
    const deputy = full.map((m) => (m.id === 'c' ? { ...m, role: 'deputy' as const } : m));
    expect(quorumLacks(panel, deputy, ['c', 'p', 'h'])).toEqual([]);
  });
  it('is no meeting’s without a rule, without members, or of strangers', () => {
    expect(quorumLacks({ essential: [], quorum: 'x' }, full, ['chair'])).toHaveLength(1);
    expect(quorumLacks(panel, [], [])).not.toEqual([]);
    expect(lacks('stranger')).not.toEqual([]);
  });
  it('is never lost when more come: property', () => {
    const some = fc.subarray(full.map(({ id }) => id));
    fc.assert(
      fc.property(some, some, (first, more) => {
        if (lacks(...first).length === 0) expect(lacks(...first, ...more)).toEqual([]);
      }),
    );
  });
});

describe('terms of reference and drafts', () => {
  const meeting = (more: Partial<PanelMeeting>): PanelMeeting => ({
    ...{ id: 'm', round: 1, on: '2026-03-01', present: [], agreed: [], terms: null, lacked: [], minute: 'x', ...said },
    ...more,
  });
  const terms = [1, 2].map((number) => ({ number, text: 'x', ...said }));
  it('are approved in their last version, by a quorate meeting', () => {
    expect(termsLack(document())).toEqual(['there are none']);
    expect(termsLack(document({ terms, meetings: [meeting({ terms: 1 })] }))).toHaveLength(1);
    expect(termsLack(document({ terms, meetings: [meeting({ terms: 2, lacked: ['x'] })] }))).toHaveLength(1);
    expect(termsLack(document({ terms, meetings: [meeting({ terms: 2 })] }))).toEqual([]);
  });
  it('are agreed within the round', () => {
    const meetings = [meeting({ agreed: ['draft'] })];
    expect(isAgreed(document({ meetings }), 'draft')).toBe(true);
    expect(isAgreed(document({ meetings, round: 2 }), 'draft')).toBe(false);
    expect(isAgreed(document({ meetings: [meeting({ agreed: ['draft'], lacked: ['x'] })] }), 'draft')).toBe(false);
  });
});
