import { commitDetail, parseEntry, type Leaf } from '@concordat/ledger';
import { readDetail } from './act-leaf';
import type { Details, Opening } from './details';
import type { StoredRecord } from './records.repository';

/** openingOf decrypts what opens a record's commitment; null when it was erased. Throws when it was tampered with. */
export function openingOf(record: StoredRecord, details: Details): Opening | null {
  if (record.sealed === null || record.owner === null || record.wrapped === null) return null;
  return details.open(details.unwrap(record.owner, record.wrapped), record.eventId, record.sealed);
}

/** As `openingOf`, and null as well for what is no longer what was encrypted. */
export function openingIfWhole(record: StoredRecord, details: Details): Opening | null {
  try {
    return openingOf(record, details);
  } catch {
    return null;
  }
}

/**
 * describe says in ids and codes what a sealed act was, for a reader who may know. What it is about comes from the detail,
 * and `intact` says that this is what the sealed commitment commits to; once erased, the leaf's codes are all there is.
 */
export function describe(record: StoredRecord, details: Details) {
  const leaf = parseEntry(record.bytes);
  const opening = openingIfWhole(record, details);
  const base = {
    index: String(record.idx),
    eventId: record.eventId,
    at: leaf.occurredAt,
    recordedAt: leaf.recordedAt,
    source: leaf.src.id,
    seq: leaf.src.seq,
    act: leaf.act,
    op: leaf.op,
    outcome: leaf.outcome,
    actorRole: leaf.actorRole ?? null,
    actorOrg: leaf.actorOrg ?? null,
  };
  if (opening === null) {
    const erased = record.sealed === null || record.wrapped === null;
    return { ...base, ...bare(leaf), intact: erased, erased, detail: null };
  }
  const { act, detail } = readDetail(opening.detail.toString('utf8'));
  return {
    ...base,
    action: act.action,
    actor: act.actor,
    subjects: act.subjects,
    objects: act.objects,
    recipients: act.recipients ?? [],
    items: act.items ?? [],
    purpose: act.purpose,
    reasons: act.reasons ?? [],
    ...(act.justification ? { justification: act.justification } : {}),
    ...(act.rule ? { rule: act.rule } : {}),
    ...(act.decision ? { decision: act.decision } : {}),
    ...(act.payloadCommit ? { payloadCommit: act.payloadCommit } : {}),
    corr: act.corr,
    ...(act.cause ? { cause: act.cause } : {}),
    intact: commitDetail(opening.k, opening.detail) === leaf.commit,
    erased: false,
    detail,
  };
}

/** What a leaf alone says: pseudonyms are left out, for they lead nowhere. */
const bare = (leaf: Leaf) => ({
  action: null,
  actor: null,
  subjects: [],
  objects: [],
  recipients: leaf.recipients ?? [],
  items: leaf.items ?? [],
  purpose: leaf.purpose ?? null,
  reasons: leaf.reasons ?? [],
  corr: null,
});
