import { demand } from '@concordat/access';
import { blockingKeys, prepare, type Comparison, type Facts } from '@concordat/matching';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { visiblePerson } from '../people.repository';
import { peopleSeen, type Shown } from '../people-seen.repository';
import { factsOf, type PersonDetails } from '../person';
import { indexed } from '../person-index';
import { SamePerson } from '../same-person';
import { distinctFrom, sharingKeys } from './candidates.repository';
import { LookForDto } from './duplicates.dto';
import { Weights } from './weights';

/** So many are offered at most, the likeliest first. */
const OFFERED = 20;

/** Somebody who may be the same person, with reasons for and against, strongest first. Nobody merges but a person (DUP-2). */
export interface Candidate extends Shown {
  readonly bits: number;
  readonly band: NonNullable<Comparison['band']>;
  readonly reasons: Comparison['reasons'];
}

/** Finds who may be somebody's other record, among those whom the caller may see. */
@Injectable()
export class CandidatesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly weights: Weights,
    same: SamePerson,
  ) {
    same.bring({ find: async (call, person) => (await this.lookFor({ ...call, body: { person } })).items });
  }

  /** Who may be the same as a person that is on record (DUP-1). */
  of(call: Call, id: string) {
    return this.unit.read({ action: 'person.match', call, objects: [{ t: 'person', id }] }, async (tx) => {
      const person = await visiblePerson(tx, id);
      demand(tx.actor, 'person.match');
      const { digest } = indexed(person);
      const distinct = await distinctFrom(tx, id);
      const settled = (other: string, otherDigest: string): boolean => {
        const pair = distinct.get(other);
        return pair?.own === digest && pair.other === otherDigest; // until evidence changes (DUP-6)
      };
      return this.found(
        tx,
        factsOf(person.content),
        (other, otherDigest) => other !== id && !settled(other, otherDigest),
      );
    });
  }

  /**
   * Who may be the same as somebody who is not on record yet: at intake, at triage, or when looked for. What is sent names
   * somebody, so it comes in a body, and goes to the ledger sealed (AUD-10).
   */
  lookFor(call: Call) {
    return this.unit.read({ action: 'person.match', call }, async (tx) => {
      demand(tx.actor, 'person.match');
      const { person, except } = valid(LookForDto, call.body);
      tx.about({ detail: { terms: person } });
      return this.found(tx, factsOf(person as PersonDetails), (other) => !(except ?? []).includes(other));
    });
  }

  private async found(tx: Tx, facts: Facts, offer: (id: string, digest: string) => boolean) {
    const matcher = await this.weights.matcher(tx);
    const wanted = prepare(facts);
    const keys = blockingKeys(wanted);
    const sharing = keys.length === 0 ? [] : await sharingKeys(tx, keys);
    const likely = sharing
      .filter((f) => offer(f.personId, f.digest))
      .map((f) => ({ id: f.personId, ...matcher.compare(wanted, prepare(f.facts)) }))
      .filter((c) => c.band !== null)
      .sort((a, b) => b.bits - a.bits)
      .slice(0, OFFERED);
    const shown = new Map(
      (likely.length === 0
        ? []
        : await peopleSeen(
            tx,
            likely.map((c) => c.id),
          )
      ).map((s) => [s.id, s]),
    );
    const items = likely.flatMap((c): Candidate[] => {
      const person = shown.get(c.id);
      const reasons = [...c.reasons].sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
      return person && c.band
        ? [{ ...person, bits: rounded(c.bits), band: c.band, reasons: reasons.map(roundedOff) }]
        : [];
    });
    tx.about({
      subjects: items.map((c) => c.id),
      rule: this.weights.stamp,
      detail: { count: items.length, compared: sharing.length },
    });
    return { items, rule: this.weights.stamp };
  }
}

const rounded = (bits: number): number => Math.round(bits * 10) / 10;
const roundedOff = <R extends { readonly bits: number }>(reason: R): R => ({ ...reason, bits: rounded(reason.bits) });
