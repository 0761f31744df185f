import type { Action, ObjectRef } from '@concordat/contracts';
import { reconcile, type Receipt, type Reconciled } from '@concordat/sharing';
import type { describe } from '../reading';

/** Acts by which something goes from one agency to another, and by which the other has it on record that it came. */
const SENT = [
  ...(['referral.offer', 'referral.offer-for-action', 'transfer.offer', 'case.change-participation'] as const),
  ...(['forum-transfer.send', 'person.tell-known'] as const),
] as const;
const ANSWERED = [
  ...(['referral.accept', 'referral.decline', 'transfer.accept', 'transfer.decline'] as const),
  ...(['forum-transfer.acknowledge', 'person.ask-known'] as const),
] as const;
/** Of these is a list of disclosures: of what was sent, and of what came and nobody has on record as sent. */
export const ends: readonly Action[] = [...SENT, ...ANSWERED];

/** An act as an auditor is told of it. */
type Told = ReturnType<typeof describe>;
type Known = Extract<Told, { action: Action }>;

/** One disclosure to one recipient, with what either end has on record. */
export interface Disclosed extends Omit<Reconciled, 'disclosureId'> {
  readonly id: string;
  readonly from: string | null;
  /** `id@version` of the agreement, and the flow. */
  readonly isa: string | null;
  readonly flowId: string | null;
  readonly sent: Entry | null;
  readonly received: Entry | null;
}

/** An entry of the ledger, by which its proof is asked for. */
type Entry = Pick<Known, 'index' | 'eventId' | 'at' | 'action' | 'actor' | 'actorOrg'>;

/** The disclosures that an act names. */
export function disclosuresOf({ objects }: { readonly objects: readonly ObjectRef[] }): string[] {
  return objects.flatMap((o) => (o.t === 'disclosure' ? [o.id] : []));
}

/**
 * receiptsOf lays beside each other what both ends of some disclosures have on record, in the order of `ids`: one row a recipient.
 * The sender's end is the act by which it went; the other is the earliest act of somebody of the recipient that names the same
 * disclosure: an answer, which commits to what came, or of a case that an agency was let into the first look at it. Pure.
 */
export function receiptsOf(ids: readonly string[], acts: readonly Told[], now: Date): Disclosed[] {
  const known = acts.filter((act): act is Known => act.action !== null && act.outcome === 'done');
  const inOrder = [...known].sort((a, b) => (BigInt(a.index) < BigInt(b.index) ? -1 : 1));
  return ids.flatMap((id) => {
    const naming = inOrder.filter((act) => disclosuresOf(act).includes(id));
    const sent = naming.find((act) => isOneOf(SENT, act.action));
    const came = naming.filter((act) => act !== sent && act.actorOrg !== null && act.actorOrg !== sent?.actorOrg);
    if (sent)
      return recipientsOf(sent).map((org) =>
        rowOf(id, org, { sent, received: came.find((act) => act.actorOrg === org), now }),
      );
    const answer = came.find((act) => !isLook(act));
    return answer ? [rowOf(id, answer.actorOrg!, { sent, received: answer, now })] : [];
  });
}

interface Both {
  readonly sent: Known | undefined;
  readonly received: Known | undefined;
  readonly now: Date;
}

function rowOf(id: string, recipient: string, { sent, received, now }: Both): Disclosed {
  const said = sent && saidBy(sent, recipient);
  const there = sent && receiptOf(id, recipient, sent);
  // A look does not say what came, and so says nothing else than the sender.
  const here = received && (there && isLook(received) ? there : receiptOf(id, recipient, received));
  const [row] = reconcile(
    there ? [there] : [],
    here ? [here] : [],
    now.toISOString(),
    said?.withinHours ?? WITHIN_HOURS,
  );
  const named = said ?? (received && saidBy(received, recipient));
  return {
    ...{ id, recipient, state: row!.state, differs: row!.differs, from: sent ? senderOf(sent) : null },
    ...{ isa: named?.isa ?? null, flowId: named?.flowId ?? null },
    ...{ sent: sent ? entryOf(sent) : null, received: received ? entryOf(received) : null },
  };
}
/** For an act that says nothing of it, as one whose detail was erased in part. */
const WITHIN_HOURS = 24;

const isLook = (act: Known): boolean => !isOneOf(ANSWERED, act.action);

function receiptOf(disclosureId: string, recipient: string, act: Known): Receipt {
  const { isa = '', flowId = '' } = saidBy(act, recipient) ?? {};
  return { disclosureId, recipient, at: act.at, isa, flowId, payload: act.payloadCommit ?? '' };
}

interface Said {
  readonly isa?: string;
  readonly flowId?: string;
  readonly withinHours?: number;
}
/** What an act says of a disclosure; where it went to several, each under a decision of its own, what it says of that one. */
function saidBy({ detail }: Known, recipient: string): Said | undefined {
  const said = detail['disclosure'] as (Said & { readonly to?: Readonly<Record<string, Said>> }) | undefined;
  return said?.to?.[recipient] ? { ...said, ...said.to[recipient] } : said;
}

/** Whose it was: of what the system tells for an agency, the one that it names. */
const senderOf = ({ actorOrg, objects }: Known): string | null =>
  actorOrg ?? objects.find(({ t }) => t === 'organisation')?.id ?? null;

/** To whom it went: an act by which a case changes hands also names the agency that keeps a part of what is its own. */
const recipientsOf = ({ recipients, actorOrg }: Known): string[] =>
  [...new Set(recipients.map((r) => r.org))].filter((org) => org !== actorOrg);

const isOneOf = (some: readonly Action[], action: Action): boolean => some.includes(action);

const entryOf = ({ index, eventId, at, action, actor, actorOrg }: Known): Entry => ({
  ...{ index, eventId, at, action, actor, actorOrg },
});
