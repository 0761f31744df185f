import { Get, Query } from '@nestjs/common';
import { Releases } from '../../apis/release';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

const AT = '/published-reviews';
const PAGE = 25;

/** Reviews that are published, for anybody, the last published first. */
@Page({
  at: 'published-reviews',
  folder: 'published-reviews/list',
  may: 'anyone',
  states: ['filled', 'empty'],
})
export class PublishedReviewsPage {
  constructor(private readonly releases: Releases) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('page') given: unknown): Promise<View> {
    const all = await this.releases.published(visit);
    const pages = Math.max(1, Math.ceil(all.length / PAGE));
    const page = typeof given === 'string' && /^[1-9]\d{0,4}$/.test(given) ? Math.min(Number(given), pages) : 1;
    const at = (to: number) => (to === 1 ? AT : `${AT}?page=${to}`);
    return show({
      ...{ previous: page > 1 ? at(page - 1) : null, next: page < pages ? at(page + 1) : null },
      items: all.slice((page - 1) * PAGE, page * PAGE).map((p) => ({
        ...p,
        files: p.files.map((f) => ({
          ...{ number: f.number, title: worded(f.artefact), kind: f.ending.toUpperCase() },
          kilobytes: Math.max(1, Math.round(f.size / 1024)),
        })),
      })),
    });
  }
}

const worded = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
