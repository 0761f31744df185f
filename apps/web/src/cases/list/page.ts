import { isId } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Records, type CaseQuery } from '../../apis/records';
import { Referrals } from '../../apis/referrals';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { LEVELS } from '../opened';

const STATUSES = [
  { value: 'open', text: 'Open' },
  { value: 'closed', text: 'Closed' },
];
const SORTS = ['opened', '-opened', 'reference', '-reference'];

/** The cases that the reader's organisation takes part in. */
@Page({ at: 'cases', folder: 'cases/list', may: 'case.list', states: ['filled', 'filtered', 'empty', 'stub'] })
export class CasesPage {
  constructor(
    private readonly records: Records,
    private readonly directory: Directory,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const asked = readQuery(query);
    const [list, areas, names, titles] = await Promise.all([
      this.records.cases(visit, asked),
      this.directory.areas(visit),
      this.directory.names(visit),
      this.referrals.pathwayTitles(visit),
    ]);
    const areaChoices = areas.map((a) => ({ value: a.id, text: a.name }));
    return show({
      fields: [
        { name: 'status', label: 'Status', value: asked.status ?? '', choices: STATUSES },
        { name: 'area', label: 'Area', value: asked.area ?? '', choices: areaChoices },
      ],
      chosen: [
        ...(asked.status ? [{ text: `Status: ${asked.status}`, href: hrefOf({ ...asked, status: '' }) }] : []),
        ...(asked.area ? [{ text: `Area: ${names.area(asked.area)}`, href: hrefOf({ ...asked, area: '' }) }] : []),
      ],
      columns: { reference: columnOf(asked, 'reference', 'Reference'), opened: columnOf(asked, 'opened', 'Opened') },
      count: list.count,
      restricted: list.restricted,
      glass: visit.may('glass.break'),
      bulk: visit.may('bulk.start'),
      imports: visit.may('import.check'),
      exports: visit.may('export.request'),
      items: list.items.map((c) => ({
        ...c,
        kindTitle: titles(c.kind),
        area: names.area(c.areaId),
        lead: names.organisation(c.leadOrg),
        levelTitle: LEVELS[c.level],
      })),
      previous: list.previous && hrefOf({ ...asked, cursor: list.previous }),
      next: list.next && hrefOf({ ...asked, cursor: list.next }),
    });
  }
}

/** An address of the list; what means nothing is left out. */
function readQuery(query: Readonly<Record<string, unknown>>): CaseQuery & { readonly sort: string } {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const [status, area, sort, cursor] = [text('status'), text('area'), text('sort'), text('cursor').slice(0, 300)];
  return {
    ...(STATUSES.some((s) => s.value === status) ? { status } : {}),
    ...(isId(area) ? { area } : {}),
    sort: SORTS.includes(sort) ? sort : '-opened',
    ...(cursor ? { cursor } : {}),
  };
}

function hrefOf(query: CaseQuery): string {
  const given = Object.entries(query).filter(([name, value]) => value && !(name === 'sort' && value === '-opened'));
  const text = new URLSearchParams(given as [string, string][]).toString();
  return text ? `/cases?${text}` : '/cases';
}

function columnOf({ cursor: _, ...asked }: CaseQuery & { readonly sort: string }, name: string, text: string) {
  const sorted = asked.sort.replace('-', '') === name;
  const descending = asked.sort.startsWith('-');
  const first = name === 'opened' ? '-opened' : name;
  return {
    text,
    href: hrefOf({ ...asked, sort: sorted ? (descending ? name : `-${name}`) : first }),
    sorted: sorted ? (descending ? 'descending' : 'ascending') : null,
  };
}
