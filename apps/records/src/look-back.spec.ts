import * as fc from 'fast-check';
import { couldSee, type AccessHistory, type MemberThen } from './look-back';

const at = (time: string): Date => new Date(`2026-11-28T${time}:00.000Z`);
const day = { from: at('00:00'), to: new Date('2026-11-29T00:00:00.000Z') };
const mayView = (roles: readonly string[]) => roles.includes('practitioner');
const member = (userId: string, orgId: string, since: string, more: Partial<MemberThen> = {}): MemberThen => ({
  ...{ userId, orgId, since: at(since), roles: ['practitioner'], active: true, ...more },
});
const none: AccessHistory = { caseId: 'X', parts: [], restrictions: [], glass: [] };
const council = { orgId: 'council', level: 'lead', since: at('00:00'), until: null };
const told = (history: Partial<AccessHistory>, ...members: MemberThen[]) =>
  couldSee({ ...none, ...history }, members, day, mayView).map(
    (c) => `${c.userId}: ${c.spans.map((s) => `${s.ground} ${hm(s.from)}-${hm(s.to)}`).join(', ')}`,
  );
const hm = (t: Date): string => t.toISOString().slice(11, 16);

describe('who could have seen a case', () => {
  it('are the staff of agencies that took part, while both lasted, in a role that opens a case', () => {
    expect(
      told(
        { parts: [council, { orgId: 'police', level: 'reader', since: at('09:00'), until: at('17:00') }] },
        member('amina', 'council', '00:00'),
        member('rhys', 'police', '00:00'),
        member('gone', 'police', '00:00'),
        member('gone', 'police', '10:30', { active: false }),
        member('erin', 'council', '00:00', { roles: ['auditor'] }),
        member('dov', 'housing', '00:00'),
      ),
    ).toEqual(['amina: part 00:00-00:00', 'gone: part 09:00-10:30', 'rhys: part 09:00-17:00']);
  });

  it('are those who are named while it is restricted, and whoever may read restricted records', () => {
    const named = [
      { userId: 'amina', since: at('10:00'), until: null },
      { userId: 'tomas', since: at('12:00'), until: at('13:00') },
    ];
    expect(
      told(
        { parts: [council], restrictions: [{ since: at('10:00'), until: at('18:00'), named }] },
        member('amina', 'council', '00:00'),
        member('idris', 'council', '00:00', { roles: ['practitioner', 'restricted-records'] }),
        member('tomas', 'council', '00:00'),
        member('una', 'council', '11:00'),
      ),
    ).toEqual([
      'amina: part 00:00-10:00, named 10:00-18:00, part 18:00-00:00',
      'idris: part 00:00-10:00, qualified 10:00-18:00, part 18:00-00:00',
      'tomas: part 00:00-10:00, named 12:00-13:00, part 18:00-00:00',
      'una: part 18:00-00:00',
    ]);
  });

  it('are those who opened it in an emergency, and as a header those to whom it was offered', () => {
    expect(
      told(
        {
          parts: [{ ...council, orgId: 'fire', level: 'preview' }],
          glass: [{ id: 'g', userId: 'petra', orgId: 'fire', since: at('02:00'), until: at('03:00') }],
        },
        member('petra', 'fire', '00:00'),
      ),
    ).toEqual(['petra: preview 00:00-02:00, glass 02:00-03:00, preview 03:00-00:00']);
  });

  it('is asked of no day before anything is known', () => {
    expect(told({ parts: [council] })).toEqual([]);
    expect(
      couldSee(
        { ...none, parts: [council] },
        [member('amina', 'council', '00:00')],
        { from: new Date(0), to: new Date(1) },
        mayView,
      ),
    ).toEqual([]);
  });

  it('is at every instant what the rule says of that instant', () => {
    const time = fc.integer({ min: -100, max: 1540 }).map((m) => new Date(day.from.getTime() + m * 60_000));
    const span = fc.tuple(time, fc.option(time)).map(([since, until]) => ({ since, until }));
    const who = fc.constantFrom('a', 'b');
    const org = fc.constantFrom('o', 'p');
    const history = fc.record({
      caseId: fc.constant('X'),
      parts: fc.array(
        fc.tuple(span, org).map(([s, orgId]) => ({ ...s, orgId, level: 'reader' })),
        { maxLength: 3 },
      ),
      restrictions: fc.array(
        fc
          .tuple(
            span,
            fc.array(
              fc.tuple(span, who).map(([s, userId]) => ({ ...s, userId })),
              { maxLength: 3 },
            ),
          )
          .map(([s, named]) => ({ ...s, named })),
        { maxLength: 2 },
      ),
      glass: fc.array(
        fc.tuple(span, who, org).map(([s, userId, orgId]) => ({ ...s, id: 'g', userId, orgId })),
        { maxLength: 2 },
      ),
    });
    const members = fc.array(
      fc
        .tuple(who, org, time, fc.boolean())
        .map(([userId, orgId, since, active]) => member(userId, orgId, '00:00', { since, active })),
      { maxLength: 5 },
    );
    const holds = (s: { since: Date; until: Date | null }, t: Date) =>
      s.since <= t && (s.until === null || t < s.until);
    fc.assert(
      fc.property(history, members, fc.integer({ min: 0, max: 1439 }), who, org, (h, ms, minute, userId, orgId) => {
        const t = new Date(day.from.getTime() + minute * 60_000);
        const found = couldSee(h, ms, day, mayView).find((c) => c.userId === userId && c.orgId === orgId);
        const seen = found?.spans.some((s) => s.from <= t && t < s.to) ?? false;
        const newest = ms
          .filter((m) => m.userId === userId && m.orgId === orgId && m.since <= t)
          .sort((a, b) => a.since.getTime() - b.since.getTime())
          .at(-1);
        const part = h.parts.some((p) => p.orgId === orgId && holds(p, t));
        const open = h.restrictions
          .filter((r) => holds(r, t))
          .every((r) => r.named.some((n) => n.userId === userId && holds(n, t)));
        const glass = h.glass.some((g) => g.userId === userId && g.orgId === orgId && holds(g, t));
        expect(seen).toBe(Boolean(newest?.active) && ((part && open) || glass));
      }),
      { seed: 20261128, numRuns: 500 },
    );
  });
});
