import type { Evidence } from '../evidence/evidence';
import { Examination, grouped, type Finding } from './finding';

/** I11: every webhook was taken at least once, each event under one id, and signed by the key that the agency was given. */
export function webhooks({ webhooks: { expected, got, taken } }: Evidence): Finding {
  const i11 = new Examination('I11', 'every webhook delivered at least once under one id, and signed');
  if (expected.length === 0) return i11.finding(); // whatever came beside it proves nothing
  const there = new Set(taken);
  for (const id of expected) i11.look(!there.has(id) && `${id} was never taken`);
  for (const [id, attempts] of grouped(got, (g) => g.id)) {
    const unsigned = attempts.some((a) => !a.verified) && `${id} came with a signature that does not verify`;
    i11.look(unsigned || (new Set(attempts.map((a) => a.digest)).size > 1 && `${id} came with different bodies`));
  }
  for (const [digest, attempts] of grouped(got, (g) => g.digest)) {
    const ids = [...new Set(attempts.map((a) => a.id))];
    i11.look(ids.length > 1 && `${ids.join(' and ')} are one event (${digest.slice(0, 8)})`);
  }
  return i11.finding();
}
