import { Get } from '@nestjs/common';
import { Asb } from '../../apis/asb';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { BESIDE, FOUR, reconciliationOf, rowsOf } from '../words';

/** Yearly figures of ASB case reviews, for anybody (2014 Act s.104(9)). */
@Page({ at: 'asb-case-reviews', folder: 'asb/figures', may: 'anyone', states: ['filled', 'empty'] })
export class AsbFiguresPage {
  constructor(private readonly asb: Asb) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const all = await this.asb.published(visit);
    return show({
      periods: all.map((p) => ({
        ...{ id: p.id, name: p.name, from: p.from, to: p.to, edition: p.edition, note: p.note },
        ...{ publishedAt: p.publishedAt, four: rowsOf(p.figures, FOUR), beside: rowsOf(p.figures, BESIDE) },
        reconciled: reconciliationOf(p.figures),
      })),
    });
  }
}
