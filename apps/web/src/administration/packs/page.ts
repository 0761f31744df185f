import { Get, Query } from '@nestjs/common';
import { Packs } from '../../apis/packs';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { differenceInWords, kindInWords, nameOf, STANDINGS } from '../pack-words';

const SHOWN = 50;
const SHOW = [
  { value: 'in-force', text: 'In force today' },
  { value: 'not-yet', text: 'Not yet in force' },
  { value: 'all', text: 'Every version' },
];

/** Law and local practice: what is in force, since when, what changed, and what is wrong with what lies in the folder. */
@Page({
  at: 'administration/packs',
  folder: 'administration/packs',
  may: 'pack.view',
  states: ['in-force', 'every-version', 'nothing-found'],
})
export class PacksPage {
  constructor(private readonly packs: Packs) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('show') shown?: string,
    @Query('kind') asked?: string,
    @Query('page') wanted?: string,
  ): Promise<View> {
    const view = await this.packs.all(visit);
    const state = SHOW.find(({ value }) => value === shown)?.value ?? 'in-force';
    const kinds = [...new Set(view.documents.map(({ kind }) => kind))];
    const kind = kinds.find((each) => each === asked) ?? '';
    const found = view.documents.filter(
      (d) => (state === 'all' || d.standing === state) && (kind === '' || d.kind === kind),
    );
    const page = Math.min(Math.max(1, Math.trunc(Number(wanted)) || 1), Math.max(1, Math.ceil(found.length / SHOWN)));
    const href = (to: number): string =>
      `/administration/packs?${new URLSearchParams({ show: state, kind, page: String(to) }).toString()}`;
    const { folder } = view;
    return show({
      ...{ view, folder, count: found.length, shows: SHOW, form: formOf({ values: { show: state, kind } }) },
      kinds: kinds.map((value) => ({ value, text: kindInWords(value) })),
      items: found.slice((page - 1) * SHOWN, page * SHOWN).map((d) => ({
        ...{ ...d, name: nameOf(d), kindText: kindInWords(d.kind), state: STANDINGS[d.standing] },
        href: d.version === null ? null : `/administration/packs/${d.kind}/${d.code === '' ? 'only' : d.code}`,
      })),
      unverified: view.documents.filter((d) => d.verified === false && d.standing === 'in-force').length,
      taken: view.taken.map((t) => ({ ...t, told: t.differences?.map(differenceInWords) ?? null })),
      coming: folder.differences.map(differenceInWords),
      previous: page > 1 ? href(page - 1) : null,
      next: page * SHOWN < found.length ? href(page + 1) : null,
    });
  }
}
