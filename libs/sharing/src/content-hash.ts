import { canonicalJson } from '@concordat/ledger';
import { createHash } from 'node:crypto';
import type { Agreement } from './agreement';

/**
 * termsOf is what a party signs: everything in an agreement less its status, events, signatures, parties' dates and the hash
 * itself, so that signing, joining and withdrawing leave the hash as it is and any other change does not.
 */
export function termsOf(agreement: Agreement): unknown {
  const { status, events, contentHash, parties, ...terms } = agreement;
  return { ...terms, parties: parties.map(partyTerms) };
}

function partyTerms({ signedAt, joinedAt, withdrawnAt, signatory, ...party }: Agreement['parties'][number]): unknown {
  return signatory ? { ...party, signatory: { name: signatory.name, post: signatory.post } } : party;
}

/** canonicalTerms writes the terms as RFC 8785 says: the machine-readable copy, of whose bytes the content hash is. */
export const canonicalTerms = (agreement: Agreement): string => canonicalJson(termsOf(agreement));

/** contentHashOf is the SHA-256, in hexadecimal, of the RFC 8785 form of an agreement's terms. */
export const contentHashOf = (agreement: Agreement): string =>
  createHash('sha256').update(canonicalTerms(agreement)).digest('hex');
