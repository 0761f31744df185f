import {
  CaseAccessChanged,
  CaseNoteAdded,
  CaseOpened,
  ChronologyChanged,
  DocumentKept,
  MergeUndone,
  PeopleMerged,
  PersonChanged,
  PersonJoinedCase,
  type Received,
} from '@concordat/contracts';
import { OnBatch, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { holdIndex, indexPeople, indexTexts } from './search-index';

/**
 * Keeps the index: records hears of itself, as any other context would, so that no write waits for it (performance.md 2). An
 * event says where to look, and what is there now is written; so the order in which events of several records come is nothing.
 */
@Injectable()
export class SearchIndexHandlers {
  /** Who may find what is in a case has changed, or there is a case. */
  @OnBatch([CaseOpened, CaseAccessChanged])
  async cases(events: readonly Received<CaseOpened | CaseAccessChanged>[], tx: Tx): Promise<void> {
    const cases = [...new Set(events.map((e) => e.data.caseId))];
    await holdIndex(tx);
    await indexPeople(tx, [], cases);
    await indexTexts(tx, [], cases);
  }

  @OnBatch([PersonChanged, PersonJoinedCase])
  async people(events: readonly Received<PersonChanged | PersonJoinedCase>[], tx: Tx): Promise<void> {
    await holdIndex(tx);
    await indexPeople(tx, [...new Set(events.map((e) => e.data.personId))], []);
  }

  /** Whoever searches for the record that stands aside is led to the one that it became; undone, to each. */
  @OnBatch([PeopleMerged, MergeUndone])
  async merged(events: readonly Received<PeopleMerged | MergeUndone>[], tx: Tx): Promise<void> {
    await holdIndex(tx);
    await indexPeople(tx, [...new Set(events.flatMap(({ data }) => [data.survivorId, data.mergedId]))], []);
  }

  @OnBatch([ChronologyChanged, CaseNoteAdded, DocumentKept])
  async texts(events: readonly Received<ChronologyChanged | CaseNoteAdded | DocumentKept>[], tx: Tx): Promise<void> {
    await holdIndex(tx);
    await indexTexts(tx, [...new Set(events.map(({ data }) => writingIn(data)))], []);
  }
}

const writingIn = (data: ChronologyChanged | CaseNoteAdded | DocumentKept): string =>
  'entryId' in data ? data.entryId : 'itemId' in data ? data.itemId : data.documentId;
