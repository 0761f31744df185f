import { Forbidden, NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { actorNow, callFor } from '../in-their-name';
import { CaseNamesDto } from './cases.dto';
import { CasesService } from './cases.service';

const RISK = serviceActorId('risk');

/** What people of a case are called; null what records does not show to whom it is asked for. */
export interface CaseNames {
  readonly reference: string | null;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Tells the risk service what people of a case are called, which writes minutes for somebody who has asked it to: in their name, by
 * the rights that they have now, as one look of theirs at the case. To anybody else there is nothing here.
 */
@Injectable()
export class CaseNamesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly cases: CasesService,
  ) {}

  async give(call: Call, id: string): Promise<CaseNames> {
    if (call.actor.kind !== 'service' || call.actor.id !== RISK) return this.nothing(call, id);
    const { userId, orgId } = valid(CaseNamesDto, call.query);
    const { correlationId, purpose, path } = call;
    const asked = { userId, orgId, correlationId, purpose, path };
    const actor = await actorNow(this.unit, asked);
    if (!actor) return this.nothing(call, id);
    try {
      const { reference, people } = await this.cases.view(callFor(asked, actor), id);
      const called = ({ name }: { name?: { given?: string; family?: string } }): string =>
        [name?.given, name?.family].filter((part) => part).join(' ');
      return { reference, people: people.map((person) => ({ id: person.id, name: called(person) })) };
    } catch (error) {
      // Absent, hidden and not shared: whoever reads the minutes does not learn who it is.
      if (error instanceof NotFound || error instanceof Forbidden) return { reference: null, people: [] };
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
