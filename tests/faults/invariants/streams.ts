import type { ContextName } from '@concordat/contracts';
import type { EffectRow, Evidence, TopicRecord } from '../evidence/evidence';
import { Examination, grouped, type Finding } from './finding';

/** From writer to effect: I4 no gaps, I5 all on the topic and in order, I6 applied once and wholly. */
export function streamInvariants(evidence: Evidence): Finding[] {
  return [gapless(evidence), onTheTopic(evidence), appliedOnce(evidence)];
}

function gapless({ streams, outbox, acts }: Evidence): Finding {
  const i4 = new Examination('I4', 'versions of a stream run 1…n without a gap');
  const versions = grouped(outbox, (r) => `${r.context}/${r.stream}`);
  for (const { context, stream, version } of streams) {
    const key = `${context}/${stream}`;
    i4.look(
      holes(
        (versions.get(key) ?? []).map((r) => r.version),
        version,
        key,
      ),
    );
    versions.delete(key);
  }
  for (const [key, rows] of versions) i4.look(`${key} has ${rows.length} events and no stream`);
  for (const [context, rows] of grouped(acts, (a) => a.context)) {
    const numbered = rows.flatMap((a) => (a.seq === null ? [] : [a.seq]));
    i4.look(holes(numbered, BigInt(rows.length), `acts of ${context}`));
  }
  return i4.finding();
}

function holes(versions: readonly bigint[], last: bigint, what: string): string | undefined {
  const sorted = [...versions].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const wrong = sorted.findIndex((v, i) => v !== BigInt(i + 1));
  if (wrong >= 0) return `${what} has ${sorted[wrong]} where ${wrong + 1} should be`;
  return BigInt(sorted.length) === last ? undefined : `${what} ends at ${sorted.length}, and should at ${last}`;
}

function onTheTopic({ outbox, acts, topics }: Evidence): Finding {
  const where = topics === null ? 'sent' : 'sent and on the topic; first occurrences are in version order';
  const i5 = new Examination('I5', `every outbox row is ${where}`);
  const records = grouped(topics ?? [], (t) => t.eventId);
  const missing = (id: string, topic: string): string | undefined =>
    topics !== null && !records.has(id) ? `${id} is marked as sent and is not on ${topic}` : undefined;
  const known = new Set<string>();
  for (const row of outbox) {
    known.add(row.eventId);
    const at = `${row.stream}/${row.version}`;
    if (!row.published) i5.look(`${at} of ${row.context} was never sent`);
    else i5.look(missing(row.eventId, row.topic) ?? altered(row, records.get(row.eventId) ?? []));
  }
  for (const act of acts) {
    known.add(act.id);
    i5.look(act.published ? missing(act.id, `${act.context}.acts`) : `act ${act.id} of ${act.context} was never sent`);
  }
  for (const record of topics ?? [])
    if (!known.has(record.eventId))
      i5.look(`${record.topic}/${record.partition}/${record.offset} is of an event that does not exist`);
  for (const breach of disorder(topics ?? [])) i5.look(breach);
  return i5.finding();
}

function altered(row: { digest: string; partition: number; eventId: string }, records: readonly TopicRecord[]) {
  if (records.some((r) => r.digest !== row.digest)) return `${row.eventId} has other bytes on its topic`;
  return records.some((r) => r.partition !== row.partition) ? `${row.eventId} is on another partition` : undefined;
}

/** A stream's record before which a lower version had not been seen: resending is allowed, overtaking is not. */
function* disorder(topics: readonly TopicRecord[]): Generator<string> {
  const last = new Map<string, bigint>();
  for (const record of topics) {
    const key = `${record.topic}/${record.stream}`;
    const highest = last.get(key) ?? 0n;
    if (record.version > highest + 1n)
      yield `${key}: ${record.version} comes first at offset ${record.offset}, after ${highest}`;
    if (record.version > highest) last.set(key, record.version);
  }
}

const ACT = 'audit.act-recorded.v1';

function appliedOnce(evidence: Evidence): Finding {
  const i6 = new Examination('I6', 'every event has one effect, in order; cursors and copies are where the log ends');
  const { handled, waiting, folds } = evidence;
  const effects = grouped(evidence.effects, (e) => e.consumer);
  const known = new Set(handled.map((h) => h.consumer));
  for (const consumer of new Set([...evidence.effects, ...evidence.cursors].map((r) => r.consumer)))
    i6.look(!known.has(consumer) && `what ${consumer} handles is not on record`);
  for (const [name, types] of grouped(handled, (h) => h.consumer)) {
    const consumer = name as ContextName;
    const wanted = new Set(types.map((t) => t.type));
    const own = effects.get(consumer) ?? [];
    for (const breach of counts(evidence, consumer, wanted, own)) i6.look(breach);
    for (const breach of overtaken(own)) i6.look(breach);
    for (const breach of cursors(evidence, consumer, wanted)) i6.look(breach);
  }
  for (const { consumer, rows } of waiting) i6.look(rows > 0 && `${rows} events wait in the inbox of ${consumer}`);
  for (const { name, expected, found } of folds) {
    const has = new Set(found);
    const should = new Set(expected);
    for (const each of should) i6.look(!has.has(each) && `${name} lacks ${each}`);
    for (const each of found) if (!should.has(each)) i6.look(`${name} has ${each}, which the log does not give`);
    if (found.length !== has.size) i6.look(`${name} has something twice`);
  }
  return i6.finding();
}

function* counts(
  { outbox, acts }: Evidence,
  consumer: ContextName,
  wanted: ReadonlySet<string>,
  effects: readonly EffectRow[],
): Generator<string | undefined> {
  const times = new Map<string, number>();
  for (const { eventId } of effects) times.set(eventId, (times.get(eventId) ?? 0) + 1);
  const events = outbox
    .filter((r) => wanted.has(r.type))
    .map((r) => ({ id: r.eventId, at: `${r.stream}/${r.version}` }));
  const recorded = wanted.has(ACT) ? acts.map((a) => ({ id: a.id, at: `act ${a.context}/${a.seq}` })) : [];
  for (const { id, at } of [...events, ...recorded]) {
    const n = times.get(id) ?? 0;
    times.delete(id);
    yield n === 1 ? undefined : `${consumer} applied ${at} ${n} times`;
  }
  for (const id of times.keys()) yield `${consumer} applied ${id}, which does not exist`;
}

/** Effects in the order in which they were committed, per stream: versions only grow. */
function* overtaken(effects: readonly EffectRow[]): Generator<string | undefined> {
  const sorted = [...effects].sort((a, b) => (a.seq < b.seq ? -1 : 1));
  const last = new Map<string, bigint>();
  for (const { consumer, source, stream, version } of sorted) {
    const key = `${source}/${stream}`;
    const before = last.get(key) ?? 0n;
    yield version < before ? `${consumer} applied ${key}/${version} after ${before}` : undefined;
    last.set(key, version > before ? version : before);
  }
}

function* cursors(
  { streams, acts, cursors: all }: Evidence,
  consumer: ContextName,
  wanted: ReadonlySet<string>,
): Generator<string | undefined> {
  const sources = new Set([...wanted].filter((t) => t !== ACT).map((t) => t.split('.')[0]!));
  const at = new Map(all.filter((c) => c.consumer === consumer).map((c) => [`${c.source}/${c.stream}`, c]));
  for (const { context, stream, version } of streams) {
    if (!sources.has(context)) continue;
    const cursor = at.get(`${context}/${stream}`);
    if (cursor?.parked) yield `${consumer} parked ${context}/${stream} at ${cursor.last}: ${cursor.parked}`;
    else
      yield (cursor?.last ?? 0n) === version
        ? undefined
        : `${consumer} is at ${cursor?.last ?? 0} of ${context}/${stream}, which is at ${version}`;
  }
  if (!wanted.has(ACT)) return;
  for (const [context, rows] of grouped(acts, (a) => a.context)) {
    const cursor = all.find((c) => c.consumer === consumer && c.source === `${context}.acts`);
    yield (cursor?.last ?? 0n) === BigInt(rows.length)
      ? undefined
      : `${consumer} is at ${cursor?.last ?? 0} of the ${rows.length} acts of ${context}`;
  }
}
