import { Get } from '@nestjs/common';
import { Exports } from '../../apis/exports';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { sizeText, typeTitle } from '../words';

/** Files that the visitor asked for: their own, and nobody else's. */
@Page({ at: 'exports', folder: 'exports/list', may: 'export.request', states: ['filled', 'empty'] })
export class ExportsPage {
  constructor(private readonly exports: Exports) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const { items } = await this.exports.list(visit);
    return show({ items: items.map((e) => ({ ...e, title: typeTitle(e), size: e.bytes ? sizeText(e.bytes) : '' })) });
  }
}
