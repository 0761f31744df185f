import { civilDate } from '@concordat/clocks';
import { Forbidden, NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isMinorOn } from '../age';
import { actorNow, callFor } from '../in-their-name';
import { CaseNamesDto } from './cases.dto';
import { CasesService } from './cases.service';

const RISK = serviceActorId('risk');

/** What people of a case are called; null what records does not show to whom it is asked for. */
export interface CaseNames {
  readonly reference: string | null;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** Null of somebody of whom it is not known. */
export interface CaseAges {
  readonly people: readonly { readonly id: string; readonly minor: boolean | null }[];
}

/**
 * Tells the risk service what people of a case are called, which writes minutes for somebody who has asked it to, and who of them is
 * under 18, which asks as somebody records a consent: in their name, by the rights that they have now, as one look of theirs at the
 * case. To anybody else there is nothing here.
 */
@Injectable()
export class CaseNamesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly cases: CasesService,
  ) {}

  async give(call: Call, id: string): Promise<CaseNames> {
    const seen = await this.seenBy(call, id);
    const called = ({ name }: { name?: { given?: string; family?: string } }): string =>
      [name?.given, name?.family].filter((part) => part).join(' ');
    return seen
      ? { reference: seen.reference, people: seen.people.map((person) => ({ id: person.id, name: called(person) })) }
      : { reference: null, people: [] };
  }

  /** Of each of its people whether they are under 18 today, and nothing else: who it is may consent depends on it. */
  async ages(call: Call, id: string): Promise<CaseAges> {
    const today = civilDate(new Date());
    const seen = await this.seenBy(call, id);
    return { people: (seen?.people ?? []).map((person) => ({ id: person.id, minor: isMinorOn(person, today) })) };
  }

  /** The case as somebody sees it for whom risk works; null where it is absent, hidden from them, or not shared with their agency. */
  private async seenBy(call: Call, id: string) {
    if (call.actor.kind !== 'service' || call.actor.id !== RISK) return this.nothing(call, id);
    const { userId, orgId } = valid(CaseNamesDto, call.query);
    const { correlationId, purpose, path } = call;
    const asked = { userId, orgId, correlationId, purpose, path };
    const actor = await actorNow(this.unit, asked);
    if (!actor) return this.nothing(call, id);
    try {
      return await this.cases.view(callFor(asked, actor), id);
    } catch (error) {
      // Whoever reads the minutes does not learn who it is.
      if (error instanceof NotFound || error instanceof Forbidden) return null;
      throw error;
    }
  }

  /** Answers as to something that is not there, and puts that on record. */
  private nothing(call: Call, id: string): Promise<never> {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, () =>
      Promise.reject(new NotFound('case-names')),
    );
  }
}
