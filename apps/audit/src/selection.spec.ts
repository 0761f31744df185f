import { Invalid, newId } from '@concordat/contracts';
import { assertBounded, selectionOf, type Asked } from './selection';

const [P, X, R, U, A] = [newId(), newId(), newId(), newId(), newId()];
const of = (asked: Asked, sameCase: string[] = []) => selectionOf(asked, sameCase);

describe('what a reader asked for', () => {
  it('becomes handles, the most telling first', () => {
    expect(of({ case: X, person: P, user: U, agency: A }, [X, R]).handles).toEqual([
      { kind: 's', ids: [P] },
      { kind: 'o', ids: [X, R] },
      { kind: 'u', ids: [U] },
      { kind: 'a', ids: [A] },
    ]);
  });

  it('takes a day for the whole day in London, in summer as in winter', () => {
    expect(of({ from: '2026-11-24', to: '2026-11-24' })).toMatchObject({
      from: new Date('2026-11-24T00:00:00.000Z'),
      to: new Date('2026-11-24T23:59:59.999Z'),
    });
    expect(of({ from: '2026-07-01', to: '2026-07-01' })).toMatchObject({
      from: new Date('2026-06-30T23:00:00.000Z'),
      to: new Date('2026-07-01T22:59:59.999Z'),
    });
  });

  it('takes a time for itself', () => {
    expect(of({ from: '2026-11-24T10:00Z', to: '2026-11-24T12:00:00.000Z' })).toMatchObject({
      from: new Date('2026-11-24T10:00:00.000Z'),
      to: new Date('2026-11-24T12:00:00.000Z'),
    });
  });

  it('asks by an agreement, before an agency', () => {
    expect(of({ agreement: 'northbank-hand-over', agency: A }).handles.map((h) => h.kind)).toEqual(['g', 'a']);
  });

  it('takes a kind of act for what was done, unless told how it ended', () => {
    expect(of({ kind: 'read' })).toMatchObject({ outcome: 'done', actions: expect.arrayContaining(['case.view']) });
    expect(of({ kind: 'read' }).actions).not.toContain('record.search');
    expect(of({ kind: 'read', outcome: 'denied' }).outcome).toBe('denied');
    expect(of({ kind: 'refused' })).toEqual({ handles: [], outcome: 'denied' });
    expect(of({ kind: 'searched', action: 'record.search' }).actions).toEqual(['record.search']);
    expect(of({ kind: 'searched', action: 'case.view' }).actions).toEqual([]);
    expect(of({ action: 'case.view' })).toEqual({ handles: [], actions: ['case.view'] });
  });

  it('refuses an end before the beginning', () => {
    expect(() => of({ from: '2026-11-24', to: '2026-11-23' })).toThrow(
      expect.objectContaining({ details: { errors: [expect.objectContaining({ code: 'before-from' })] } }),
    );
    expect(() => of({ from: '2026-11-24', to: '2026-11-24' })).not.toThrow();
  });

  it.each(['2026-02-30', '2026-02-30T10:00Z', 'yesterday', '24/11/2026', '2026-11-24T10:00+01:00', '1234-01-01', ''])(
    'refuses %p as a date',
    (from) => {
      expect(() => of({ from, to: from })).toThrow(Invalid);
      expect(() => of({ from, to: from })).toThrow(
        expect.objectContaining({
          details: { errors: [expect.objectContaining({ field: 'from' }), expect.objectContaining({ field: 'to' })] },
        }),
      );
    },
  );
});

describe('AUD-16: an archive query', () => {
  it.each<Asked>([
    { from: '2026-11-24', user: U },
    { to: '2026-11-24', person: P },
    { from: '2026-11-01', to: '2026-11-24', case: X, agency: A },
    { from: '2026-11-01', agreement: 'northbank-hand-over' },
  ])('may be asked by %o', (asked) => {
    expect(() => assertBounded(of(asked, [X]))).not.toThrow();
  });

  it.each<Asked>([
    {},
    { user: U },
    { person: P },
    { from: '2026-11-24' },
    { from: '2026-11-24', agency: A },
    { from: '2026-11-24', outcome: 'denied', action: 'case.view' },
  ])('may not be asked by %o', (asked) => {
    expect(() => assertBounded(of(asked))).toThrow(expect.objectContaining({ code: 'export.unbounded' }));
  });
});
