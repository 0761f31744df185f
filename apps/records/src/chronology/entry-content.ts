import { civilDate } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Invalid } from '@concordat/platform';
import { peopleIn } from '../case-people';
import { endsBefore, spanOf, type ChronologyContent } from '../chronology';
import type { Practice } from '../practice';
import type { CaseRow } from '../visible-case';
import type { RecordEntryDto } from './chronology.dto';

/** What does not fit the pack or the calendar in an entry, whatever its case. `keeps` is a category that it had already. */
export function misfits(dto: RecordEntryDto, practice: Practice, now: Date, keeps?: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  const known = practice.packs.chronologyCategories().some((c) => c.code === dto.category);
  if (!known && dto.category !== keeps) wrong('category', 'not-in-list', 'Choose what the entry is about');
  if (spanOf({ starts: dto.starts }).earliest > civilDate(now))
    wrong('starts', 'date.in-future', 'This must not be after today');
  if (endsBefore(dto)) wrong('ends', 'date.before-start', 'This must not be before the beginning');
  return problems;
}

/** What an entry is to say. Throws Invalid with a code per field for what does not fit the case, the pack or the calendar. */
export async function checkedContent(
  tx: Tx,
  row: CaseRow,
  dto: RecordEntryDto,
  practice: Practice,
  keeps?: string,
): Promise<ChronologyContent> {
  const problems = misfits(dto, practice, tx.now, keeps);
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  const people = new Set(await peopleIn(tx, row.id));
  if (dto.people?.some((p) => !people.has(p))) wrong('people', 'person.unknown', 'Choose people of this case');
  if (dto.cameFrom?.some((s) => s.id !== row.referralId))
    wrong('cameFrom', 'source.unknown', 'Choose what belongs to this case');
  if (problems.length > 0) throw new Invalid(problems);
  return { ...dto };
}
