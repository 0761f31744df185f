import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { CaseFacts } from '../../apis/case-facts';
import { Chronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { Documents } from '../../apis/documents';
import { Notes } from '../../apis/notes';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, staffOf } from '../chronology-lines';
import { documentShown, staffOfDocuments } from '../document-words';
import { factsShown } from '../facts';
import { unlessRefused } from '../unless-refused';

/**
 * What the visitor's agency put into a case itself. It is shown whether or not an agreement lets them see the rest: that is no
 * disclosure to it. Who else is in the case, and what it is called, is not asked here.
 */
@Page({ at: 'cases/:id/own', folder: 'cases/own', may: 'chronology.view', states: ['filled', 'empty'] })
export class OwnPartPage {
  constructor(
    private readonly chronology: Chronology,
    private readonly notes: Notes,
    private readonly documents: Documents,
    private readonly facts: CaseFacts,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('entries') after?: string,
    @Query('notes') notesAfter?: string,
  ): Promise<View> {
    const own = visit.person.organisation.id;
    const [entries, notes, documents, facts] = await Promise.all([
      unlessRefused(this.chronology.list(visit, id, { agency: own, ...(after ? { cursor: after } : {}) })),
      unlessRefused(this.notes.list(visit, id, notesAfter)),
      unlessRefused(this.documents.list(visit, id)),
      unlessRefused(this.facts.view(visit, id)),
    ]);
    const ours = <T extends { readonly orgId: string }>(found: { readonly items: readonly T[] } | null): T[] =>
      (found?.items ?? []).filter(({ orgId }) => orgId === own);
    const [ourNotes, ourDocuments] = [ours(notes), ours(documents)];
    const names = await this.directory.names(visit, [
      ...staffOf(entries?.items ?? []),
      ...ourNotes.map((n) => n.by),
      ...staffOfDocuments(ourDocuments),
    ]);
    // Against whom an order is, is not told: that is somebody of the case.
    const ourFacts = facts && {
      ...facts,
      orders: facts.orders.filter(({ orgId }) => orgId === own).map((order) => ({ ...order, against: '' })),
      steps: facts.steps.filter(({ orgId }) => orgId === own),
    };
    const at = (what: 'entries' | 'notes', cursor: string | null | undefined): string | null =>
      cursor ? `/cases/${id}/own?${what}=${encodeURIComponent(cursor)}` : null;
    return show({
      id,
      agency: visit.person.organisation.name,
      csv: `/cases/${id}/chronology.csv?agency=${own}`,
      lines: (entries?.items ?? []).map((e) => lineOf(e, { names, people: [], categories: entries!.categories })),
      moreEntries: at('entries', entries?.next),
      notes: ourNotes.map(({ text, by, at: when }) => ({ text, by: names.person(by), at: when })),
      moreNotes: at('notes', notes?.next),
      documents: ourDocuments.map((d) => documentShown(d, names)),
      facts: ourFacts && factsShown(ourFacts, names, { people: [] }),
      isRefused: [entries, notes, documents, facts].some((each) => each === null || each.withheld !== null),
    });
  }
}
