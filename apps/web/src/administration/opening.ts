import { NotFound } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Directory } from '../apis/directory';
import type { Area, Organisation } from '../apis/identity';
import { Members, type Member } from '../apis/members';
import type { Visit } from '../session/visit';
import { administered } from './reach';

/** A membership as its pages need it. */
export interface OpenedMember {
  readonly member: Member;
  readonly organisation: Organisation;
  readonly areas: readonly Area[];
}

/** Finds what administration pages are about, as far as the visitor administers it. */
@Injectable()
export class Administering {
  constructor(
    private readonly members: Members,
    private readonly directory: Directory,
  ) {}

  async reach(visit: Visit): Promise<{ organisations: readonly Organisation[]; areas: readonly Area[] }> {
    const [all, areas] = await Promise.all([this.directory.organisations(visit), this.directory.areas(visit)]);
    return { organisations: administered(visit.person, all, areas), areas };
  }

  /** Throws NotFound for an organisation that there is not, or that the visitor does not administer. */
  async organisation(visit: Visit, id: string | undefined): Promise<Organisation> {
    const { organisations } = await this.reach(visit);
    const found = organisations.find((o) => o.id === (id ?? visit.person.organisation.id));
    if (!found) throw new NotFound('organisation');
    return found;
  }

  /** Throws NotFound as well for somebody who never was a member. */
  async member(visit: Visit, userId: string, orgId: string): Promise<OpenedMember> {
    const organisation = await this.organisation(visit, orgId);
    const [members, areas] = await Promise.all([this.members.of(visit, orgId), this.directory.areas(visit)]);
    const member = members.find((m) => m.userId === userId);
    if (!member) throw new NotFound('membership');
    return { member, organisation, areas };
  }
}
