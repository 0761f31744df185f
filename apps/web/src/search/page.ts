import { isId, newId } from '@concordat/contracts';
import { Id, Invalid, NotFound, Problem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../apis/directory';
import { Referrals } from '../apis/referrals';
import { Searching, type FoundInRecords } from '../apis/searching';
import { formAgain, formOf } from '../design/form';
import { Page, redirect, show, type Redirect, type View } from '../design/page';
import { Sent, type Submitted } from '../design/submitted';
import { Visiting, type Visit } from '../session/visit';
import { foundInWords, hitShown } from './hits';

/** So many referrals stand beside the rest; all of them have a page of their own. */
const REFERRALS = 10;

/**
 * One search over everything. Records and referrals are each asked for their own; what is searched for is posted, and what is
 * found stands under ids that say nothing of it.
 */
@Page({
  at: 'search',
  folder: 'search',
  may: 'record.search',
  states: ['empty', 'error', 'filled', 'further', 'nothing-found', 'too-common', 'expired'],
})
export class SearchEverythingPage {
  constructor(
    private readonly searching: Searching,
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  start(): View {
    return show({ form: formOf() });
  }

  @Post()
  async search(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const q = sent.text('q') ?? '';
    if (q.length < 2) sent.wrong('q', 'too-short', 'Enter at least two letters or digits');
    if (q.length > 200) sent.wrong('q', 'too-long', 'Search for at most 200 characters');
    if (sent.errors.length === 0) {
      try {
        const id = await this.searching.start(visit, q, sent.key || newId());
        const referrals = await this.inReferrals(visit, q);
        return redirect(`/search/${id}${referrals ? `?referrals=${referrals}` : ''}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        for (const { field, code, message } of error.details.errors ?? []) sent.wrong(field, code, message);
      }
    }
    return show({ form: formAgain(sent, sent.errors) }, 422);
  }

  @Get(':id')
  async found(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('referrals') ofReferrals?: string,
    @Query('cursor') cursor?: string,
  ): Promise<View> {
    try {
      const found = await this.searching.found(visit, id, cursor);
      return show(await this.shown(visit, { id, found, ofReferrals, isFirst: cursor === undefined }));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return show({ form: formOf(), expired: true }, 404);
    }
  }

  private async shown(
    visit: Visit,
    asked: { id: string; found: FoundInRecords; ofReferrals: string | undefined; isFirst: boolean },
  ) {
    const { id, found, ofReferrals, isFirst } = asked;
    const referrals = isFirst && isId(ofReferrals) ? await this.referralsFound(visit, ofReferrals) : null;
    const staff = found.items.map((hit) => (hit.kind === 'person' || hit.kind === 'case' ? null : hit.by));
    const names = await this.directory.names(visit, staff);
    const of = (kinds: readonly string[]) =>
      found.items.filter((h) => kinds.includes(h.kind)).map((h) => hitShown(h, names));
    const kept = isId(ofReferrals) ? `referrals=${ofReferrals}` : '';
    return {
      form: formOf({ values: { q: found.terms } }),
      found,
      isFirst,
      asks: visit.may('person.ask-known'),
      summary: foundInWords(found.count.people, found.count.texts, referrals?.count ?? null),
      people: of(['person', 'case']),
      referrals,
      texts: of(['entry', 'note', 'document']),
      first: isFirst ? null : `/search/${id}${kept && `?${kept}`}`,
      next: found.next && `/search/${id}?${kept && `${kept}&`}cursor=${encodeURIComponent(found.next)}`,
    };
  }

  /** The id of the same search among referrals. When they cannot be asked, what records finds still stands. */
  private async inReferrals(visit: Visit, q: string): Promise<string | null> {
    if (!visit.may('referral.search')) return null;
    return this.referrals.search(visit, { q }, newId()).catch(nothingFrom);
  }

  private async referralsFound(visit: Visit, searchId: string) {
    if (!visit.may('referral.search')) return null;
    const list = await this.referrals.found(visit, searchId, undefined, REFERRALS).catch(nothingFrom);
    if (!list) return null;
    const pathways = await this.referrals.pathwayTitles(visit);
    return {
      count: list.count ?? { value: list.items.length, more: list.next !== null },
      all: list.next === null ? null : `/triage/search/${searchId}`,
      isLike: list.match === 'likeness',
      items: list.items.map((r) => ({
        ...{ reference: r.reference, href: `/triage/${r.id}`, status: r.status, receivedAt: r.receivedAt },
        person: r.subjectName ?? 'Name not known',
        about: pathways(r.pathway),
      })),
    };
  }
}

const nothingFrom = (error: unknown): null => {
  if (!(error instanceof Problem)) throw error;
  return null;
};
