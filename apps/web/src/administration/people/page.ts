import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Members } from '../../apis/members';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Administering } from '../opening';
import { rolesInWords } from '../words';

const SHOWN = 50;
const SHOW = [
  { value: 'members', text: 'Members' },
  { value: 'ended', text: 'Memberships that have ended' },
  { value: 'all', text: 'Both' },
];
const DONE: Readonly<Record<string, string>> = {
  granted: 'They are a member now, and can sign in',
  changed: 'Their roles and areas are changed',
  ended: 'The membership has ended, and with it all access',
};

/** Members of an organisation, for its administrator. */
@Page({
  at: 'administration/people',
  folder: 'administration/people',
  may: 'membership.list',
  states: ['filled', 'empty', 'own-organisation'],
})
export class PeoplePage {
  constructor(
    private readonly members: Members,
    private readonly administering: Administering,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const given = (name: string): string | undefined => {
      const value = query[name];
      return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
    };
    const { organisations } = await this.administering.reach(visit);
    const organisation = await this.administering.organisation(visit, given('org'));
    const state = SHOW.find(({ value }) => value === given('show'))?.value ?? 'members';
    const name = given('name')?.toLowerCase() ?? '';
    const [all, names] = await Promise.all([this.members.of(visit, organisation.id), this.directory.names(visit)]);
    const found = all.filter(
      (m) =>
        (state === 'all' || m.active === (state === 'members')) &&
        (m.name.toLowerCase().includes(name) || m.username.includes(name)),
    );
    const page = Math.min(Math.max(1, Number(given('page')) || 1), Math.max(1, Math.ceil(found.length / SHOWN)));
    const href = (to: number): string =>
      `/administration/people?${new URLSearchParams({ org: organisation.id, show: state, name, page: String(to) }).toString()}`;
    return show({
      organisation,
      organisations: organisations.map(({ id, name: text }) => ({ value: id, text })),
      shows: SHOW,
      form: formOf({ values: { org: organisation.id, show: state, name: given('name') ?? '' } }),
      count: found.length,
      items: found.slice((page - 1) * SHOWN, page * SHOWN).map((m) => ({
        ...m,
        rolesText: rolesInWords(m.roles),
        areasText: m.areas.map((id) => names.area(id)).join(', '),
        own: m.userId === visit.person.id,
      })),
      previous: page > 1 ? href(page - 1) : null,
      next: page * SHOWN < found.length ? href(page + 1) : null,
      flash: Object.hasOwn(DONE, given('done') ?? '') ? { text: DONE[given('done')!] } : null,
    });
  }
}
