import { Get, Param, Query } from '@nestjs/common';
import { Register } from '../../apis/register';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { fieldInWords, recordsOf, registerOf } from '../register-words';

const SHOWN = 50;
const DONE: Readonly<Record<string, string>> = {
  added: 'It has been added',
  changed: 'It has been changed',
  closing: 'It is closed',
  reopening: 'It is open again',
};

/** Organisations or areas of the partnership, and how many people sit where. */
@Page({
  at: 'administration/register/:name',
  folder: 'administration/register',
  may: 'register.view',
  states: ['organisations', 'areas', 'not-leading'],
})
export class RegisterPage {
  constructor(private readonly register: Register) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Param('name') name: string,
    @Query('page') asked?: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const words = registerOf(name);
    const view = await this.register.view(visit);
    const all = recordsOf(view, words);
    const page = Math.min(Math.max(1, Math.trunc(Number(asked)) || 1), Math.max(1, Math.ceil(all.length / SHOWN)));
    const href = (to: number): string => `/administration/register/${words.name}?page=${to}`;
    const nameOf = (org: string): string => view.organisations.find(({ id }) => id === org)?.name ?? 'Not known';
    return show({
      ...{ words, leads: view.leads, count: all.length },
      items: all.slice((page - 1) * SHOWN, page * SHOWN).map((record) => ({
        ...{ ...record, told: fieldInWords(record, view) },
        covering: ('covering' in record ? record.covering : []).map((c) => ({ ...c, name: nameOf(c.orgId) })),
      })),
      previous: page > 1 ? href(page - 1) : null,
      next: page * SHOWN < all.length ? href(page + 1) : null,
      flash: done && Object.hasOwn(DONE, done) ? { text: DONE[done] } : null,
    });
  }
}
