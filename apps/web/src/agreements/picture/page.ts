import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import type { SharingArrow } from '../../apis/agreement-reading';
import { Directory } from '../../apis/directory';
import { wordsOf } from '../../design/filters';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { wordedChoices } from '../code-words';
import { itemTitle } from '../words';
import { drawnFlows } from './drawing';

const CATEGORIES = wordedChoices(['PERSONAL', 'SPECIAL', 'CRIMINAL', 'DEPERSONALISED']);

/** Who may send what to whom for which purpose: a drawing, and a table that says the same in words. */
@Page({
  at: 'agreements/picture',
  folder: 'agreements/picture',
  may: 'agreement.view',
  states: ['filled', 'filtered', 'empty'],
})
export class SharingPicturePage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('purpose') asked?: string,
    @Query('category') wanted?: string,
  ): Promise<View> {
    const category = CATEGORIES.find(({ value }) => value === wanted)?.value;
    const purpose = typeof asked === 'string' && /^[\w./()+-]{1,80}$/.test(asked) ? asked : undefined;
    const [{ arrows, purposes }, names, law] = await Promise.all([
      this.agreements.picture(visit, { ...(purpose ? { purpose } : {}), ...(category ? { category } : {}) }),
      this.directory.names(visit),
      this.agreements.law(visit),
    ]);
    const nameOf = (id: string): string => names.organisation(id);
    const drawing = drawnFlows(arrows, nameOf);
    return show({
      ...{ drawing, categories: CATEGORIES, filtered: purpose !== undefined || category !== undefined },
      purposes: purposes.map((code) => ({ value: code, text: wordsOf(code) })),
      form: formOf({ values: { purpose: purpose ?? '', category: category ?? '' } }),
      matrix: matrixOf(
        arrows,
        drawing.senders.map((b) => b.id),
        drawing.recipients.map((b) => b.id),
        nameOf,
        (code) => itemTitle(code, law),
      ),
      back: { text: 'Back to agreements', href: '/agreements' },
    });
  }
}

/** Senders down, recipients across; in each cell what may be sent, by purpose and agreement. */
function matrixOf(
  arrows: readonly SharingArrow[],
  senders: readonly string[],
  recipients: readonly string[],
  nameOf: (id: string) => string,
  titleOf: (code: string) => string,
) {
  return {
    recipients: recipients.map(nameOf),
    rows: senders.map((from) => ({
      sender: nameOf(from),
      cells: recipients.map((to) => ({
        itself: from === to,
        flows: arrows
          .filter((a) => a.from === from && a.to === to)
          .map(({ purpose, isa, title, flow, items }) => ({
            ...{ purpose, flow, title, version: isa.slice(isa.lastIndexOf('@') + 1) },
            items: items.map(({ code }) => titleOf(code)).join('; '),
          })),
      })),
    })),
  };
}
