import { isId, nameId, type ActRecorded } from '@concordat/contracts';

/** How an agreement's own id is written (libs/sharing). */
export const AGREEMENT_ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/;
/** `id@version` of an agreement, as a decision names the one that it was made by. */
const BY_AGREEMENT = /^([A-Za-z0-9][A-Za-z0-9._:/-]{0,79})@\d{1,6}\.\d{1,6}\.\d{1,6}$/;
/** Acts that name their rule so, and are about one of these, were done under an agreement, or to it. Packs are stamped alike. */
const ABOUT: ReadonlySet<string> = new Set(['agreement', 'decision', 'disclosure', 'question']);

/** The name under which acts under an agreement are found: an id made of the agreement's own, whatever its version. */
export const agreementMention = (agreement: string): string => nameId(`agreement/${agreement}`);

/**
 * agreementOf names the agreement under which an act was done, which it was done to, or whose trail was read; undefined where
 * there is none. What was read under the decision point's permission names it as well: each look asks anew. Pure.
 */
export function agreementOf({ rule, objects }: Pick<ActRecorded, 'rule' | 'objects'>): string | undefined {
  const asked = objects.find((o) => o.t === 'agreement' && !isId(o.id));
  if (asked) return asked.id;
  const named = BY_AGREEMENT.exec(rule ?? '')?.[1];
  return named !== undefined && objects.some((o) => ABOUT.has(o.t)) ? named : undefined;
}
