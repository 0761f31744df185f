import { demand } from '@concordat/access';
import { actsOfAdministration, Invalid, mayDo, type ObjectRef } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { closedTo } from '../closed';
import { Details } from '../details';
import { Log } from '../log';
import { inUnit, type Query } from '../log.repository';
import { Published } from '../published';
import { selectionOf, type Selection } from '../selection';
import { countPlaces, recordsOfCase } from '../trail.repository';
import { pageOf } from './page-of-trail';
import { AdministrationQueryDto, TrailQueryDto } from './trail.dto';

const COUNTED = 1_000;

/** Shows auditors who did what, and puts the showing on record like everything else (AUD-12). */
@Injectable()
export class TrailService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly log: Log,
    private readonly details: Details,
    private readonly published: Published,
  ) {}

  /** A page of the trail, newest first. Ids only: names are asked of those that own them. */
  async list(call: Call) {
    const objects: ObjectRef[] = [{ t: 'ledger', id: this.log.id }];
    return this.unit.read({ action: 'trail.read', call, objects }, async (tx) => {
      demand(tx.actor, 'trail.read');
      const dto = valid(TrailQueryDto, call.query);
      const query = inUnit(tx);
      const asked = selectionOf(dto, dto.case ? await recordsOfCase(query, dto.case) : []);
      const selection = { ...asked, closed: await closedTo(query) };
      assertAsked(dto, selection);
      const page = await pageOf(query, selection, dto, this.details);
      const n = await countPlaces(query, selection, COUNTED + 1);
      tx.about({ ...aboutOf(dto), detail: { asked: { ...dto }, shown: page.items.map((i) => i.index) } });
      const signed = this.published.newest;
      return {
        ...page,
        count: { value: Math.min(n, COUNTED), more: n > COUNTED },
        checkpoint: signed && { size: String(signed.size), root: signed.root.toString('base64'), at: signed.at },
      };
    });
  }

  /**
   * A page of what administrators did and were refused, newest first: who, what and about which member, organisation or system,
   * without particulars. Auditors, and administrators of who leads an area that they cover, see all of it; others what their
   * own organisation did or was told of.
   */
  async ofAdministration(call: Call) {
    const objects: ObjectRef[] = [{ t: 'ledger', id: this.log.id }];
    return this.unit.read({ action: 'trail.read-administration', call, objects }, async (tx) => {
      demand(tx.actor, 'trail.read-administration');
      const dto = valid(AdministrationQueryDto, call.query);
      const query = inUnit(tx);
      const { handles, ...rest } = selectionOf(dto, []);
      const own = (await oversees(tx, query)) ? [] : [{ kind: 'a' as const, ids: [tx.actor.orgId ?? ''] }];
      const selection = {
        ...rest,
        handles: [...handles, ...own],
        actions: dto.action ? [dto.action] : actsOfAdministration,
      };
      const page = await pageOf(query, selection, dto, this.details);
      const n = await countPlaces(query, selection, COUNTED + 1);
      tx.about({ ...aboutOf(dto), detail: { asked: { ...dto }, shown: page.items.map((i) => i.index) } });
      return {
        ...page,
        items: page.items.map(withoutParticulars),
        count: { value: Math.min(n, COUNTED), more: n > COUNTED },
      };
    });
  }
}

/** The whole trail is only shown to somebody who says that they want the whole of it. */
export function assertAsked(dto: Pick<TrailQueryDto, 'all'>, selection: Selection): void {
  if (selection.handles.length > 0 || dto.all === 'true') return;
  const message = 'Ask by case, person, user, agency or agreement, or say all=true';
  throw new Invalid([{ field: '', code: 'trail.unbounded', message }], 'trail.unbounded');
}

/** An act by who, what and how it ended: not whom it was about, why, or by which address. */
const PARTICULARS = new Set(['detail', 'justification', 'subjects']);
const withoutParticulars = (item: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !PARTICULARS.has(name)));

/** Whether the caller looks across organisations, by this context's own copy of who leads what. */
async function oversees({ actor }: Tx, query: Query): Promise<boolean> {
  if (mayDo(actor.roles, 'trail.read')) return true;
  const rows = await query(
    'SELECT 1 FROM area WHERE active AND lead_org = $1 AND area_id = ANY ($2::uuid[]) LIMIT 1',
    [actor.orgId, actor.areas],
    'leads-an-area',
  );
  return rows.length > 0;
}

/** Whose trail was read is itself part of the trail: of the person, the case, the member of staff. */
export const aboutOf = (
  dto: Pick<TrailQueryDto, 'case' | 'person' | 'user' | 'agency' | 'agreement'>,
): { subjects: string[]; objects: ObjectRef[] } => ({
  subjects: dto.person ? [dto.person] : [],
  objects: [
    ...(dto.case ? [{ t: 'case' as const, id: dto.case }] : []),
    ...(dto.user ? [{ t: 'staff' as const, id: dto.user }] : []),
    ...(dto.agency ? [{ t: 'organisation' as const, id: dto.agency }] : []),
    ...(dto.agreement ? [{ t: 'agreement' as const, id: dto.agreement }] : []),
  ],
});
