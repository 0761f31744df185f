import { demand } from '@concordat/access';
import { ChronologyChanged, newId } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { IllegalTransition, NotFound, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { differingParts, type ChronologyContent } from '../chronology';
import { Practice } from '../practice';
import { demandPart, demandWriting, isWriter, lockedCase, type CaseRow } from '../visible-case';
import { CorrectEntryDto, RecordEntryDto, WithdrawEntryDto } from './chronology.dto';
import { keepVersion, versionsOf, type EntryRow } from './chronology.repository';
import { checkedContent } from './entry-content';

/** Writes the chronology of a case. Any agency that works on the case adds to it, and corrects what is its own. */
@Injectable()
export class EntriesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  async record(call: Call, id: string) {
    const act = { action: 'chronology.record', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, 'chronology.record');
      const content = await checkedContent(tx, row, valid(RecordEntryDto, call.body), this.practice);
      const entry = {
        ...{ id: newId(), version: 1, caseId: id, orgId: tx.actor.orgId ?? '', firstRecordedAt: tx.now },
        ...{ what: 'recorded' as const, reason: null, content },
      };
      await keepVersion(tx, entry, this.practice.packs.version);
      stream.publish(ChronologyChanged, {
        caseId: id,
        entryId: entry.id,
        version: 1,
        orgId: entry.orgId,
        what: 'recorded',
      });
      tx.about({
        subjects: await peopleIn(tx, id),
        objects: [{ t: 'chronology-entry', id: entry.id, ver: '1' }],
        rule: this.practice.packs.version,
      });
      return { id: entry.id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** What it should have said, and why. The version before stays. Saving what is there already changes nothing (AUD-8). */
  correct(call: Call, id: string, entryId: string) {
    return this.changing(call, id, entryId, async (tx, row, entry) => {
      const { reason, ...dto } = valid(CorrectEntryDto, call.body);
      const { original } = entry.content;
      const content = {
        ...(await checkedContent(tx, row, dto, this.practice, entry.content.category)),
        ...(original && { original }),
      };
      return { what: 'corrected', reason, content };
    });
  }

  /** It should not have been here at all. It stays as a version that says so. */
  withdraw(call: Call, id: string, entryId: string) {
    return this.changing(call, id, entryId, async (_tx, _row, entry) => {
      const { reason } = valid(WithdrawEntryDto, call.body);
      return { what: 'withdrawn', reason, content: entry.content };
    });
  }

  private async changing(
    call: Call,
    id: string,
    entryId: string,
    work: (
      tx: Tx,
      row: CaseRow,
      entry: EntryRow,
    ) => Promise<{ what: 'corrected' | 'withdrawn'; reason: string; content: ChronologyContent }>,
  ) {
    const act = { action: 'chronology.correct', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      const versions = row.level === 'preview' ? [] : await versionsOf(tx, id, entryId);
      const [entry] = versions;
      if (!entry) throw new NotFound('chronology-entry');
      const seen = versions.find((v) => v.version === call.expectedVersion);
      expectVersion(call, 'chronology-entry', entry.version, seen ? differingParts(seen.content, entry.content) : []);
      demandPart(row);
      demand(tx.actor, 'chronology.correct', { orgs: isWriter(row.level) ? [entry.orgId] : [] });
      const { what, reason, content } = await work(tx, row, entry);
      if (entry.what === 'withdrawn')
        throw new IllegalTransition('chronology-entry.withdrawn', 'This entry has been withdrawn', 'withdrawn');
      const parts = differingParts(entry.content, content);
      tx.about({ subjects: await peopleIn(tx, id), items: parts });
      if (what === 'corrected' && parts.length === 0) {
        tx.about({ objects: [{ t: 'chronology-entry', id: entryId, ver: String(entry.version) }] });
        return { id: entryId, version: entry.version, parts };
      }
      const version = entry.version + 1;
      await keepVersion(tx, { ...entry, version, what, reason, content }, this.practice.packs.version);
      stream.publish(ChronologyChanged, { caseId: id, entryId, version, orgId: entry.orgId, what });
      tx.about({
        objects: [{ t: 'chronology-entry', id: entryId, ver: String(version) }],
        rule: this.practice.packs.version,
        detail: { reason },
      });
      return { id: entryId, version, parts };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
