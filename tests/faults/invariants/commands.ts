import type { Evidence } from '../evidence/evidence';
import { isCommand, told, type Told } from '../load/history';
import { Examination, grouped, type Finding } from './finding';

/** What the clients were told, against what is there: I1, I2, I3, I13, and that every doubt was settled. */
export function commandInvariants(evidence: Evidence): Finding[] {
  const commands = told(evidence.history).filter((t) => isCommand(t.kind));
  return [
    acknowledgedExists(evidence, commands),
    refusedDoesNot(evidence, commands),
    onceByKey(evidence, commands),
    inRealTimeOrder(commands),
    settled(commands),
  ];
}

function acknowledgedExists(evidence: Evidence, commands: readonly Told[]): Finding {
  const i1 = new Examination('I1', 'what was acknowledged exists, at its case and version, with its digest');
  const rows = new Map(evidence.outbox.map((r) => [`${r.stream}/${r.version}`, r]));
  // A colour that the referral has already, by an answer that was lost, changes nothing: on record, and without an event.
  const done = new Set(evidence.acts.filter((a) => a.outcome === 'done').map((a) => a.id));
  const published = new Set(evidence.outbox.map((r) => r.corr));
  for (const { key, kind, outcome, reply } of commands) {
    if (outcome !== 'ok') continue;
    const receipt = reply?.receipt;
    if (!receipt?.streamId) {
      const changedNothing = kind === 'rate' && receipt !== undefined && done.has(receipt.auditId);
      if (!changedNothing) i1.look(`${kind} ${key} was answered ${reply?.status} without a receipt of what it did`);
      else i1.look(published.has(key) && `${kind} ${key}: the receipt says that nothing changed, but an event does`);
      continue;
    }
    const at = `${receipt.streamId}/${receipt.version}`;
    const row = rows.get(at);
    if (!row) i1.look(`${kind} ${key}: nothing is at ${at}`);
    else if (row.digest !== receipt.digest) i1.look(`${kind} ${key}: another digest at ${at}`);
    else i1.look(row.corr !== key && `${kind} ${key}: ${at} is of another command, ${row.corr}`);
  }
  return i1.finding();
}

function refusedDoesNot({ keys, outbox, acts }: Evidence, commands: readonly Told[]): Finding {
  const i2 = new Examination('I2', 'what was refused does not exist');
  const answered = new Set(keys.map((k) => `${k.actor}/${k.key}`));
  const published = new Set(outbox.filter((r) => r.context === 'referrals').map((r) => r.corr));
  const done = new Set(acts.filter((a) => a.outcome === 'done').map((a) => `${a.actor}/${a.corr}`));
  for (const { key, kind, actor, outcome, reply } of commands) {
    if (outcome !== 'fail') continue;
    const what = `${kind} ${key}, answered ${reply?.status} ${reply?.code ?? ''},`;
    if (answered.has(`${actor}/${key}`)) i2.look(`${what} has a reply under its key`);
    else if (published.has(key)) i2.look(`${what} published an event`);
    else i2.look(done.has(`${actor}/${key}`) && `${what} is on record as done`);
  }
  return i2.finding();
}

function onceByKey({ outbox, acts }: Evidence, commands: readonly Told[]): Finding {
  const i3 = new Examination('I3', 'each idempotency key took effect at most once');
  const events = grouped(
    outbox.filter((r) => r.context === 'referrals' && r.cause === null),
    (r) => r.corr,
  );
  const done = grouped(
    acts.filter((a) => a.context === 'referrals' && a.outcome === 'done'),
    (a) => `${a.actor}/${a.corr}`,
  );
  for (const { key, kind, actor, attempts } of commands) {
    const published = events.get(key)?.length ?? 0;
    const acted = done.get(`${actor}/${key}`)?.length ?? 0;
    i3.look(
      (published > 1 || acted > 1) &&
        `${kind} ${key}, sent ${attempts} times, has ${published} events and ${acted} acts done`,
    );
  }
  return i3.finding();
}

/** If A's reply was there before B was sent, on one stream, A has the lower version. */
function inRealTimeOrder(commands: readonly Told[]): Finding {
  const i13 = new Examination('I13', 'what was answered before another was asked has the lower version');
  const done = commands.filter((c) => c.outcome === 'ok' && c.reply?.receipt?.streamId !== undefined);
  for (const [stream, of] of grouped(done, (c) => c.reply!.receipt!.streamId!)) {
    const asked = [...of].sort((a, b) => a.firstSentAt - b.firstSentAt);
    const answered = [...of].sort((a, b) => a.repliedAt! - b.repliedAt!);
    let highest = 0;
    let next = 0;
    for (const command of asked) {
      for (; answered[next] && answered[next]!.repliedAt! < command.firstSentAt; next++)
        highest = Math.max(highest, answered[next]!.reply!.receipt!.version!);
      const version = command.reply!.receipt!.version!;
      i13.look(
        version <= highest && `${command.kind} ${command.key} made ${stream}/${version} after ${highest} was answered`,
      );
    }
  }
  return i13.finding();
}

function settled(commands: readonly Told[]): Finding {
  const all = new Examination('L1', 'every command was settled in the end: done or refused');
  for (const { key, kind, outcome, attempts, reply } of commands)
    all.look(
      outcome === 'unknown' && `${kind} ${key} is unknown after ${attempts} attempts (${reply?.code ?? 'no reply'})`,
    );
  return all.finding();
}
