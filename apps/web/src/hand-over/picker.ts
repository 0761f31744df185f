import { Injectable } from '@nestjs/common';
import { Bulk } from '../apis/bulk';
import { Directory } from '../apis/directory';
import type { Visit } from '../session/visit';

export interface Picked {
  readonly value: string;
  readonly text: string;
}

/** Whom cases may be given to, by name: among colleagues, or in every agency (ASG-1). */
@Injectable()
export class Picker {
  constructor(
    private readonly bulk: Bulk,
    private readonly directory: Directory,
  ) {}

  /** Colleagues whom the visitor may give a case to at once: of their team, or of their agency. */
  async colleagues(visit: Visit): Promise<readonly Picked[]> {
    const { assigns, items } = await this.bulk.recipients(visit, 'own-agency');
    const own = assigns === 'own-agency' ? items : (await this.bulk.recipients(visit, assigns)).items;
    return this.named(
      visit,
      own.filter((r) => r.orgId === visit.person.organisation.id),
      false,
    );
  }

  /** Staff of other agencies who may be offered cases. */
  async others(visit: Visit): Promise<readonly Picked[]> {
    const { items } = await this.bulk.recipients(visit, 'any-agency');
    return this.named(
      visit,
      items.filter((r) => r.orgId !== visit.person.organisation.id),
      true,
    );
  }

  private async named(
    visit: Visit,
    items: readonly { userId: string; orgId: string }[],
    agency: boolean,
  ): Promise<readonly Picked[]> {
    const names = await this.directory.names(
      visit,
      items.map((r) => r.userId),
    );
    return items
      .map((r) => ({
        value: r.userId,
        text: agency ? `${names.organisation(r.orgId)}: ${names.person(r.userId)}` : names.person(r.userId),
      }))
      .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));
  }
}
