import type { ListedAgreement } from '../../apis/agreements';
import type { PublishedFigures } from '../../apis/asb';
import type { OwedDrops } from '../../apis/drops';
import type { PartnershipDuty } from '../../apis/duties';
import { agreementsCheck, dutiesCheck, figuresCheck, officersCheck, setsCheck } from './partnership';

const TODAY = '2026-11-30';

describe('auditors’ checks of what the partnership keeps (domain/statutory-reviews.md §12)', () => {
  it('yearly figures are current until another period must have ended, and then judged by a person', () => {
    const figures = (to: string, edition = 1) =>
      ({
        ...{ id: to, from: '2024-04-01', to, edition },
        publishedAt: `${to}T09:00:00Z`,
        figures: { contradictions: [] },
      }) as unknown as PublishedFigures;
    expect(figuresCheck([], TODAY).result).toBe('to-judge');
    expect(figuresCheck([figures('2024-03-31'), figures('2026-03-31')], TODAY)).toMatchObject({ result: 'met' });
    expect(figuresCheck([figures('2025-11-30')], TODAY).result).toBe('met');
    const old = figuresCheck([figures('2025-11-29'), figures('2025-11-29', 2)], TODAY);
    expect(old).toMatchObject({ result: 'to-judge', evidence: [{}, {}, { on: '2026-11-29' }] });
    expect(old.evidence[0]?.text).toContain('edition 2');
  });

  it('an agreement past its day of review is not current, and is named', () => {
    const agreement = (reviewBy: string) =>
      ({ title: 'Hub', number: '2', reviewBy, expiresOn: '2030-01-01' }) as unknown as ListedAgreement;
    expect(agreementsCheck([], TODAY).result).toBe('to-judge');
    expect(agreementsCheck([agreement(TODAY)], TODAY).result).toBe('met');
    expect(agreementsCheck([agreement(TODAY), agreement('2026-11-29')], TODAY)).toMatchObject({
      ...{ result: 'not-met' },
      evidence: [{ text: '2 in force, 1 past the day of review' }, { on: '2026-11-29' }],
    });
  });

  it('an authority without an officer is a gap that is shown and fails nobody', () => {
    const party = (orgId: string, gaps: string[]) => ({
      ...{ orgId, contacts: [] },
      gaps: gaps.map((role) => ({ code: 'not-named', role, under: [] })),
    });
    const check = (...items: ReturnType<typeof party>[]) =>
      officersCheck({ items, agreements: [] } as never, (org) => org.toUpperCase());
    expect(check(party('a', []), party('b', ['dpo'])).result).toBe('met');
    expect(check(party('a', ['dlo']), party('b', []))).toMatchObject({
      ...{ result: 'to-judge' },
      evidence: [{ text: expect.stringContaining('1 of 2') }, { text: 'A gap: A' }],
    });
  });

  it('sets that are missing or late are not met; those that are not due yet are not missing', () => {
    const quarter = (...states: string[]) =>
      ({
        quarter: '2026-07-01',
        dueOn: '2026-12-31',
        items: states.map((state) => ({ state })),
      }) as unknown as OwedDrops;
    expect(setsCheck([quarter('sent', 'sent')]).result).toBe('met');
    expect(setsCheck([quarter('sent', 'due')]).result).toBe('not-yet');
    expect(setsCheck([quarter('due'), quarter('sent', 'missing')])).toMatchObject({
      ...{ result: 'not-met' },
      evidence: [
        { text: expect.stringContaining('1 of 1 not due') },
        {},
        { text: expect.stringContaining('1 of 2 missing') },
      ],
    });
  });

  it('a duty that is overdue is not met, and one that nobody has confirmed or recorded is judged', () => {
    const duty = (status: string, force = 'law', missing: string[] = []) =>
      ({ title: 'Plan', force, missing, clock: { status, due: null } }) as unknown as PartnershipDuty;
    const result = (...duties: PartnershipDuty[]) => dutiesCheck(duties).result;
    expect(result(duty('running'))).toBe('met');
    expect(result(duty('running'), duty('overdue'))).toBe('not-met');
    expect(result(duty('overdue', 'unverified'))).toBe('to-judge');
    expect([result(duty('unanchored')), result(duty('running', 'law', ['x']))]).toEqual(['to-judge', 'to-judge']);
    expect(result()).toBe('not-applicable');
  });
});
