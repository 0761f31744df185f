import { Peers } from '@concordat/platform';
import type { AskedFile } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { PaperNames } from './minutes-pdf';
import type { MinutesRead } from './minutes.service';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface CaseNames {
  readonly reference: string | null;
  readonly people: readonly Named[];
}
/** How many members of staff identity is asked about at once. */
const AT_ONCE = 50;

/** Names for minutes on paper: risk keeps ids only, and their owners say who they are to whoever asked for the paper. */
@Injectable()
export class PaperPeople {
  constructor(private readonly peers: Peers) {}

  /** `told` is called after each case; `also`: members of staff who are named beside those of the minutes. Throws Unavailable when one of the owners does not answer. */
  async of(
    minutes: MinutesRead,
    work: Pick<AskedFile, 'userId' | 'orgId' | 'purpose' | 'correlationId'>,
    told: () => Promise<void> = () => Promise.resolve(),
    also: readonly string[] = [],
  ): Promise<PaperNames> {
    const headers = { 'concordat-purpose': work.purpose, 'x-correlation-id': work.correlationId };
    const cases = new Map<string, CaseNames>();
    for (const { caseId } of minutes.items) {
      const path = `/cases/${caseId}/names?userId=${work.userId}&orgId=${work.orgId}`;
      if (!cases.has(caseId)) cases.set(caseId, await this.peers.get<CaseNames>('risk', 'records', path, headers));
      await told();
    }
    const { organisations } = await this.peers.get<{ organisations: Named[] }>('risk', 'identity', '/organisations');
    const [agencies, staff] = [
      byId(organisations),
      byId(await this.staff([...new Set([...staffIn(minutes), ...also])])),
    ];
    return {
      organisation: (id) => agencies.get(id) ?? 'Not known',
      staff: (id) => (id ? (staff.get(id) ?? 'Someone') : 'Nobody'),
      case: (id) => cases.get(id)?.reference ?? 'Case',
      person: (caseId, id) => {
        const found = cases.get(caseId)?.people.find((each) => each.id === id);
        return found ? found.name || 'Name not known' : 'Somebody of this case';
      },
    };
  }

  private async staff(ids: readonly string[]): Promise<Named[]> {
    const found: Named[] = [];
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const path = `/staff?ids=${ids.slice(i, i + AT_ONCE).join(',')}`;
      found.push(...(await this.peers.get<{ staff: Named[] }>('risk', 'identity', path)).staff);
    }
    return found;
  }
}

const byId = (named: readonly Named[]) => new Map(named.map(({ id, name }) => [id, name]));

/** Members of staff whom minutes name. */
function staffIn({ meeting, signatures, observers, conflicts, items }: MinutesRead): string[] {
  const ids = [
    ...[meeting.readBy, meeting.approvedBy, meeting.calledBy],
    ...[...signatures, ...observers, ...conflicts].map(({ userId }) => userId),
    ...items.flatMap(({ presence, observed }) => [...presence, ...observed].map(({ userId }) => userId)),
    ...items.flatMap(({ amendments }) => amendments.flatMap((each) => [each.proposedBy, each.answeredBy])),
  ];
  return [...new Set(ids.filter((id) => id !== null))];
}
