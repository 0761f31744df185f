import { demand } from '@concordat/access';
import { NotShared } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { IllegalTransition, Invalid, NotFound, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { merged } from '../merged-chronology';
import { Practice } from '../practice';
import { Looks, withheldOf, type Extent } from '../looks';
import { demandWriting, isWriter, lockedCase, visibleCase, type CaseRow } from '../visible-case';
import { agenciesWithin } from './agencies-within';
import { MergedChronologyDto, SameEventDto } from './chronology.dto';
import { entriesOf, versionsOf, type EntryRow } from './chronology.repository';
import { endSame, keepSame, namesIn, sameEvents } from './merged.repository';

/** More than this no one reads on one page: days are to be chosen. */
const MOST = 2_000;

/** Several agencies' chronologies, of one case or of several, as one, with what contradicts what. */
@Injectable()
export class MergedChronologyService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly practice: Practice,
  ) {}

  /** The case in the address and others that the caller may read, as one. Every entry is named in the act (AUD-9). */
  view(call: Call, id: string) {
    return this.unit.read({ action: 'chronology.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extents = new Map([[id, await this.looks.extent(tx, row)]]);
      await agenciesWithin(tx, extents.get(id)!, id);
      demand(tx.actor, 'chronology.view');
      const query = valid(MergedChronologyDto, call.query);
      const cases = [row];
      for (const other of query.others()) {
        if (cases.some((c) => c.id === other)) continue;
        const found = await visibleCase(tx, other).catch(() => null);
        const extent = found && found.level !== 'preview' ? await this.readable(tx, found) : null;
        if (!found || !extent)
          throw new Invalid([{ field: 'with', code: 'case.unknown', message: 'Choose cases that you may read' }]);
        extents.set(found.id, extent);
        cases.push(found);
      }
      const entries: EntryRow[] = [];
      for (const c of cases) {
        const { own } = extents.get(c.id)!;
        const asked = { caseId: c.id, from: query.from, to: query.to, own };
        const page = await entriesOf(tx, asked, { limit: MOST + 1 });
        entries.push(...page.items.filter((e) => e.what !== 'withdrawn'));
      }
      if (entries.length > MOST)
        throw new RuleBroken('chronology.too-long', `Choose fewer days: at most ${MOST} entries are put together`);
      const ids = cases.map((c) => c.id);
      // Of a case of which they see their own entries alone, nobody is named by what others hold.
      const people = await namesIn(
        tx,
        ids.filter((of) => extents.get(of)!.own === null),
      );
      tx.about({
        subjects: people.map((p) => p.id),
        objects: [
          ...ids.map((caseId) => ({ t: 'case' as const, id: caseId })),
          ...entries.map((e) => ({ t: 'chronology-entry' as const, id: e.id, ver: String(e.version) })),
        ],
        items: ['merged'],
      });
      const told = entries.map(({ content, ...entry }) => ({ ...entry, ...content }));
      return {
        events: merged(told, await sameEvents(tx, ids)),
        cases: cases.map(({ id: caseId, reference }) => ({ id: caseId, reference })),
        people,
        categories: this.practice.packs.chronologyCategories(),
        may: { join: isWriter(row.level) },
        withheld: cases.flatMap(({ id: caseId }) => {
          const why = withheldOf(extents.get(caseId)!);
          return why ? [{ caseId, ...why }] : [];
        }),
      };
    });
  }

  /** Two entries are about one event. It is somebody's finding, and can be taken back. */
  async join(call: Call, id: string, entryId: string) {
    const act = { action: 'chronology.correct', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row } = await lockedCase(tx, id);
      await this.entry(tx, id, entryId);
      demandWriting(tx, row, 'chronology.correct');
      const { otherCase, otherEntry } = valid(SameEventDto, call.body);
      const other = await this.other(tx, otherCase, otherEntry);
      if (!other || otherEntry === entryId)
        throw new Invalid([
          { field: 'otherEntry', code: 'entry.unknown', message: 'Choose another entry that you may see' },
        ]);
      const isNew = await keepSame(tx, { id: entryId, caseId: id }, { id: otherEntry, caseId: otherCase });
      tx.about({
        objects: [entryId, otherEntry].map((e) => ({ t: 'chronology-entry' as const, id: e })),
        items: ['same-event'],
      });
      return { id: entryId, joined: isNew };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** An entry is about an event of its own after all. */
  async part(call: Call, id: string, entryId: string) {
    const act = { action: 'chronology.correct', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row } = await lockedCase(tx, id);
      await this.entry(tx, id, entryId);
      demandWriting(tx, row, 'chronology.correct');
      if ((await endSame(tx, entryId)) === 0)
        throw new IllegalTransition('chronology-entry.alone', 'This entry stands alone already', 'alone');
      tx.about({ objects: [{ t: 'chronology-entry', id: entryId }], items: ['same-event'] });
      return { id: entryId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** What of another case may be put together with one; null for nothing. */
  private async readable(tx: Tx, row: CaseRow): Promise<Extent | null> {
    try {
      const extent = await this.looks.extent(tx, row);
      await agenciesWithin(tx, extent, row.id);
      return extent;
    } catch (error) {
      if (error instanceof NotShared) return null;
      throw error;
    }
  }

  private async entry(tx: Tx, caseId: string, entryId: string): Promise<EntryRow> {
    const [entry] = await versionsOf(tx, caseId, entryId);
    if (!entry) throw new NotFound('chronology-entry');
    return entry;
  }

  private async other(tx: Tx, caseId: string, entryId: string): Promise<EntryRow | undefined> {
    const row = await visibleCase(tx, caseId).catch(() => null);
    return row && row.level !== 'preview' && (await this.looks.allows(tx, row))
      ? (await versionsOf(tx, caseId, entryId))[0]
      : undefined;
  }
}
