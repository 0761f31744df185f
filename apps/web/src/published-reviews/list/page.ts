import { Get } from '@nestjs/common';
import { Releases } from '../../apis/release';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Reviews that are published, for anybody. */
@Page({
  at: 'published-reviews',
  folder: 'published-reviews/list',
  may: 'anyone',
  states: ['filled', 'empty'],
})
export class PublishedReviewsPage {
  constructor(private readonly releases: Releases) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const all = await this.releases.published(visit);
    return show({
      items: all.map((p) => ({
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
