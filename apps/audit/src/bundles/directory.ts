import { contexts } from '@concordat/contracts';
import { Peers, serviceActorId } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

const ASKED_AT_ONCE = 100;
const SERVICES = new Map<string, string>(contexts.map((context) => [serviceActorId(context), context]));

/** Names for the ids of staff and organisations: of the partnership's own, never of people at risk. */
export interface Names {
  staff(id: string | null): string;
  organisation(id: string | null): string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Asks identity for names; what it does not know, or cannot be asked, is called by its id. */
@Injectable()
export class BundleDirectory {
  constructor(private readonly peers: Peers) {}

  async names(staffIds: readonly (string | null)[]): Promise<Names> {
    const wanted = [...new Set(staffIds)].filter((id): id is string => id !== null && !SERVICES.has(id));
    const staff = new Map<string, string>();
    const organisations = new Map<string, string>();
    try {
      const known = await this.peers.get<{ organisations: Named[] }>('audit', 'identity', '/organisations');
      for (const { id, name } of known.organisations) organisations.set(id, name);
      for (let i = 0; i < wanted.length; i += ASKED_AT_ONCE) {
        const ids = wanted.slice(i, i + ASKED_AT_ONCE).join(',');
        const found = await this.peers.get<{ staff: Named[] }>('audit', 'identity', `/staff?ids=${ids}`);
        for (const { id, name } of found.staff) staff.set(id, name);
      }
    } catch {
      // A report with ids is still a report; the proof does not depend on it.
    }
    return {
      staff: (id) => (id === null ? 'Not readable' : (staff.get(id) ?? serviceName(id) ?? id)),
      organisation: (id) => (id === null ? '' : (organisations.get(id) ?? id)),
    };
  }
}

const serviceName = (id: string): string | undefined => {
  const context = SERVICES.get(id);
  return context && `The service ${context}`;
};
