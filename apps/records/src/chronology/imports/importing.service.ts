import { ChronologyChanged } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../../case-people';
import { differingParts } from '../../chronology';
import { Practice } from '../../practice';
import { demandWriting, lockedCase } from '../../visible-case';
import { keepVersion, versionsOf } from '../chronology.repository';
import { checkedContent } from '../entry-content';
import { ImportedEntryDto } from './imports.dto';

/**
 * Adds one row of an import to the chronology of its case, in a unit of work of its own. Its entry's id is made of the agency,
 * the case and what the other system calls the record: brought in twice it is there once.
 */
@Injectable()
export class ImportingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  /** Throws RuleBroken, `import.already-otherwise`, when the record was brought in before and said something else then. */
  async bringIn(call: Call, caseId: string, entryId: string, importId: string): Promise<'added' | 'unchanged'> {
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId },
    ];
    const done = await this.unit.run({ action: 'chronology.import', call, objects }, async (tx) => {
      const { row, stream } = await lockedCase(tx, caseId);
      demandWriting(tx, row, 'chronology.import');
      const { author, recordedOn, ...dto } = valid(ImportedEntryDto, call.body);
      const original = { ...(author && { author }), ...(recordedOn && { recordedOn }) };
      const content = { ...(await checkedContent(tx, row, dto, this.practice)), original };
      tx.about({ subjects: await peopleIn(tx, caseId), objects: [{ t: 'chronology-entry', id: entryId, ver: '1' }] });
      const first = (await versionsOf(tx, caseId, entryId)).at(-1);
      if (first && !isSame(first.content, content))
        throw new RuleBroken('import.already-otherwise', 'This record was brought in before and said something else');
      if (first) return { id: entryId, version: 1, state: 'unchanged' as const };
      const orgId = tx.actor.orgId ?? '';
      const entry = { id: entryId, version: 1, caseId, orgId, firstRecordedAt: tx.now, reason: null, content };
      await keepVersion(tx, { ...entry, what: 'recorded' }, this.practice.packs.version);
      stream.publish(ChronologyChanged, { caseId, entryId, version: 1, orgId, what: 'recorded' });
      tx.about({ rule: this.practice.packs.version });
      return { id: entryId, version: 1, state: 'added' as const };
    });
    return done.value.state;
  }
}

type Brought = Parameters<typeof differingParts>[0];

const isSame = (a: Brought, b: Brought): boolean =>
  differingParts(a, b).length === 0 &&
  a.original?.author === b.original?.author &&
  a.original?.recordedOn === b.original?.recordedOn;
