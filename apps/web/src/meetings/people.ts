import { NotFound } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Records, type CaseView } from '../apis/records';
import { nameOf } from '../design/referral-sections';
import type { Visit } from '../session/visit';

/** Who is who in a case, by what records shows the visitor of it. */
export interface KnownCase {
  readonly reference: string;
  nameOf(personId: string): string;
}

/** Names of people on agendas: risk keeps ids only, and records says who they are to whoever may know. */
@Injectable()
export class ConferencePeople {
  constructor(private readonly records: Records) {}

  /** By case. One that records does not show the visitor is there without names. */
  async of(visit: Visit, caseIds: readonly string[]): Promise<ReadonlyMap<string, KnownCase>> {
    const found = await Promise.all(
      [...new Set(caseIds)].map(async (id) => [id, known(await this.record(visit, id))] as const),
    );
    return new Map(found);
  }

  private async record(visit: Visit, id: string): Promise<CaseView | null> {
    try {
      return await this.records.case(visit, id);
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  }
}

const known = (record: CaseView | null): KnownCase => ({
  reference: record?.reference ?? 'Case',
  nameOf: (id) => {
    const person = record?.people.find((each) => each.id === id);
    return person ? nameOf(person) : 'Somebody of this case';
  },
});

/** Everybody of a case on an agenda, by name. */
export const namesIn = (
  item: { readonly subjectId: string; readonly otherIds: readonly string[]; readonly childIds: readonly string[] },
  known: KnownCase | undefined,
) => {
  const name = (id: string): string => known?.nameOf(id) ?? 'Somebody of this case';
  return {
    reference: known?.reference ?? 'Case',
    subject: name(item.subjectId),
    others: item.otherIds.map(name),
    children: item.childIds.map(name),
  };
};
