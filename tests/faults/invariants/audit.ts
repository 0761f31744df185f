import type { Evidence } from '../evidence/evidence';
import { told } from '../load/history';
import { Examination, grouped, type Finding } from './finding';

/** The ledger and the trail: I7 it verifies and says what the rows say, I8 nothing held outside is missing, I10 nothing unrecorded. */
export function auditInvariants(evidence: Evidence): Finding[] {
  return [verifies(evidence), containsWhatOthersHold(evidence), everythingOnRecord(evidence)];
}

function verifies({ ledger, acts }: Evidence): Finding {
  const i7 = new Examination('I7', 'the ledger verifies, and says what the rows say');
  if (ledger === null) {
    i7.look('the ledger could not be had');
    return i7.finding();
  }
  i7.look(ledger.verifier.code !== 0 && `verify-ledger ended with ${ledger.verifier.code}: ${ledger.verifier.says}`);
  const entries = new Map<string, number>();
  for (const id of ledger.entries) entries.set(id, (entries.get(id) ?? 0) + 1);
  for (const act of acts) {
    const n = entries.get(act.id) ?? 0;
    entries.delete(act.id);
    if (n === 0 && act.at >= ledger.askedAt) continue;
    i7.look(n !== 1 && `act ${act.id} of ${act.context} is in the ledger ${n} times`);
  }
  for (const id of entries.keys()) i7.look(`the ledger has ${id}, which is no act`);
  for (const id of ledger.differing) i7.look(`the ledger's ${id} says something else than the act`);
  return i7.finding();
}

function containsWhatOthersHold({ ledger, history }: Evidence): Finding {
  const i8 = new Examination('I8', 'every receipt and every checkpoint held elsewhere is contained in the ledger');
  const entries = new Set(ledger?.entries ?? []);
  const kept = history.filter((l) => l.what === 'kept').length;
  for (const { key, kind, outcome, reply } of told(history)) {
    if (outcome !== 'ok') continue;
    const held = reply?.receipt?.auditId ?? reply?.auditEntry;
    i8.look(
      held === undefined
        ? `${kind} ${key} was answered without naming its audit entry`
        : !entries.has(held) && `${kind} ${key} holds a receipt for ${held}, which is not in the ledger`,
    );
  }
  if (kept === 0) i8.look('no checkpoint was kept outside');
  for (let n = 0; n < kept; n++) i8.look(ledger?.lostCheckpoints[n]);
  return i8.finding();
}

function everythingOnRecord({ acts, history }: Evidence): Finding {
  const i10 = new Examination('I10', 'every read, write and refusal has its audit row');
  const byRequest = grouped(acts, (a) => `${a.actor}/${a.corr}`);
  for (const { key, kind, actor, outcome, reply } of told(history)) {
    const own = byRequest.get(`${actor}/${key}`) ?? [];
    if (outcome === 'ok') {
      const done = own.filter((a) => a.outcome === 'done');
      const named = new Set(done.flatMap((a) => a.objects));
      const unnamed = (reply?.shown ?? []).filter((id) => !named.has(id));
      if (done.length === 0) i10.look(`${kind} ${key} was answered ${reply?.status} and left no act`);
      else i10.look(unnamed.length > 0 && `${kind} ${key} showed ${unnamed.length} records that its act does not name`);
    } else if (outcome === 'fail' && [403, 404, 409, 422].includes(reply?.status ?? 0)) {
      i10.look(!own.some((a) => a.outcome !== 'done') && `${kind} ${key}, refused with ${reply?.status}, left no act`);
    }
  }
  return i10.finding();
}
