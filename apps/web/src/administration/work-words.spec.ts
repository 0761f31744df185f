import type { LongWork } from '../apis/long-works';
import { progressOf, stateOfWork, whyOf } from './work-words';

const work = (more: Partial<LongWork>): LongWork => ({
  ...{ id: 'w', kind: 'import', state: 'running', orgId: 'o', userId: 'u', done: 3, total: 12, code: null },
  ...{ askedAt: '2026-01-01T10:00:00Z', endedAt: null, movedAt: null, ...more },
});

describe('long work', () => {
  const at = (time: string, more: Partial<LongWork> = {}) =>
    stateOfWork(work(more), new Date(`2026-01-01T${time}Z`)).text;

  it('is under way until it has not come on for five minutes: then it stands still', () => {
    expect(at('10:05:00')).toBe('Under way');
    expect(at('10:05:01')).toBe('Stands still');
    expect(at('10:30:00', { movedAt: '2026-01-01T10:26:00Z' })).toBe('Under way');
    expect(at('10:32:00', { movedAt: '2026-01-01T10:26:00Z' })).toBe('Stands still');
    expect(at('23:00:00', { state: 'done' })).toBe('Done');
    expect(at('23:00:00', { state: 'expired' })).toBe('Expired');
  });

  it('says how far it has come, and why it failed', () => {
    expect([work({}), work({ total: null }), work({ total: 0, done: 0 })].map(progressOf)).toEqual([
      '3 of 12',
      '3',
      '',
    ]);
    expect(whyOf(work({ code: 'member.unknown' }))).toContain('not a member any more');
    expect([whyOf(work({})), whyOf(work({ code: 'other.code' }))]).toEqual([null, 'other.code']);
  });
});
