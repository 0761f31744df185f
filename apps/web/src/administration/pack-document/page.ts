import { NotFound } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { Packs } from '../../apis/packs';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { kindInWords, nameOf, partInWords, STANDINGS } from '../pack-words';

/** Every version of one document of the pack, and what each changed of the one before. */
@Page({
  at: 'administration/packs/:kind/:code',
  folder: 'administration/pack-document',
  may: 'pack.view',
  states: ['several-versions', 'one-version'],
})
export class PackDocumentPage {
  constructor(private readonly packs: Packs) {}

  @Get()
  async show(@Visiting() visit: Visit, @Param('kind') kind: string, @Param('code') code: string): Promise<View> {
    if (![kind, code].every((part) => /^[\w-]{1,100}$/.test(part))) throw new NotFound('page');
    const document = await this.packs.document(visit, kind, code === 'only' ? '' : code);
    return show({
      ...{ document, name: nameOf(document), kind: kindInWords(kind) },
      versions: document.versions.map((v) => ({
        ...{ ...v, state: STANDINGS[v.standing] },
        told: v.differences?.map(partInWords) ?? null,
      })),
    });
  }
}
