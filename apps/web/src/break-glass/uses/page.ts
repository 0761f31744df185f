import { Get, Query } from '@nestjs/common';
import { Access } from '../../apis/access';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { told } from '../told';

const STATES = [
  { value: 'to-review', text: 'To be reviewed' },
  { value: 'reviewed', text: 'Reviewed' },
  { value: 'refused', text: 'Refused' },
];
const FLASHES: Readonly<Record<string, string>> = { reviewed: 'The review is on record' };

/** Emergency openings that one is told of: as a lead of the owner, for information governance, or as an auditor. */
@Page({ at: 'break-glass/uses', folder: 'break-glass/uses', may: 'glass.list', states: ['filled', 'empty', 'auditor'] })
export class GlassUsesPage {
  constructor(
    private readonly access: Access,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const state = STATES.find((s) => s.value === query['state'])?.value;
    const cursor = typeof query['cursor'] === 'string' ? query['cursor'].slice(0, 300) : undefined;
    const [list, practice] = await Promise.all([
      this.access.glassUses(visit, { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }),
      this.access.glassPractice(visit),
    ]);
    const names = await this.directory.names(
      visit,
      list.items.flatMap((u) => [u.userId, u.reviewedBy]),
    );
    const href = (to: Record<string, string | null | undefined>): string => {
      const given = Object.entries(to).filter((pair): pair is [string, string] => !!pair[1]);
      return `/break-glass/uses${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`;
    };
    const flash = typeof query['done'] === 'string' ? FLASHES[query['done']] : undefined;
    return show({
      form: formOf({ values: { state: state ?? '' } }),
      states: STATES,
      count: list.count,
      items: list.items.map((use) => told(use, names, practice)),
      previous: list.previous && href({ state, cursor: list.previous }),
      next: list.next && href({ state, cursor: list.next }),
      flash: flash ? { text: flash } : null,
    });
  }
}
