import type { CivilDay } from '@concordat/clocks';
import { referralVocabulary as words, type FieldProblem } from '@concordat/contracts';
import { IsCivilDate, IsCivilDay, Text } from '@concordat/platform';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { endsBefore, spanOf } from '../chronology';
import type { CaseSaid } from '../origins.repository';
import { digestOf } from './digest';

/** A row of a file of cases. */
export class ImportedCaseDto {
  @IsString() @MinLength(1) @MaxLength(200) record!: string;
  /** Code of the pathway. */
  @IsString() @MaxLength(60) kind!: string;
  @IsCivilDate() opened!: string;
  @IsOptional() @IsCivilDate() closed?: string;
  /** When anything was last done in it there. */
  @IsOptional() @IsCivilDate() lastInvolved?: string;
  @Text(200) author?: string;
  @IsOptional() @IsCivilDay() recordedOn?: string;
  @Text(1_000) agencies?: string;
  @Text(2_000) safeContact?: string;
  @IsOptional() @IsIn(words.staffRisk) staffRisk?: string;
  @Text(2_000) staffRiskDetail?: string;
  @IsOptional() @IsBoolean() visitInPairs?: boolean;
}

const DAYS = ['opened', 'closed', 'lastInvolved'] as const;

/** What does not fit the pack or the calendar in a case. `kinds` are the codes of the pathways. Pure. */
export function caseMisfits(dto: ImportedCaseDto, kinds: readonly string[], today: CivilDay): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  if (!kinds.includes(dto.kind)) wrong('kind', 'not-in-list', 'This must be the code of a kind of case');
  for (const day of DAYS) {
    const value = dto[day];
    if (value === undefined) continue;
    if (spanOf({ starts: value }).earliest > today) wrong(day, 'date.in-future', 'This must not be after today');
    else if (day !== 'opened' && endsBefore({ starts: dto.opened, ends: value }))
      wrong(day, 'date.before-start', 'This must not be before it was opened');
  }
  return problems;
}

/** What is kept of a case as the file says it, and the days from which keeping is counted: none of them after today. Pure. */
export function broughtInCase(dto: ImportedCaseDto, areaId: string, today: CivilDay) {
  const { record, safeContact, staffRisk, staffRiskDetail, visitInPairs } = dto;
  const last = (day: string): CivilDay => {
    const { latest } = spanOf({ starts: day });
    return latest > today ? today : latest;
  };
  const days = DAYS.flatMap((day) => dto[day] ?? []).map(last);
  const risk = {
    ...(staffRisk && { level: staffRisk }),
    ...(staffRiskDetail && { detail: staffRiskDetail }),
    ...(visitInPairs && { visitInPairs }),
  };
  return {
    record,
    said: saidOf(dto, areaId),
    opened: last(dto.opened),
    latest: [...days].sort().at(-1)!,
    isClosed: dto.closed !== undefined,
    keyFacts: {
      safeContact: safeContact ? { notes: safeContact } : null,
      staffRisk: Object.keys(risk).length > 0 ? risk : null,
    },
  };
}

/** Of what becomes key facts, which are corrected here, a digest: enough to tell that it differs. */
function saidOf(
  { record: _record, safeContact, staffRisk, staffRiskDetail, visitInPairs, ...dto }: ImportedCaseDto,
  areaId: string,
): CaseSaid {
  const given = Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined && value !== ''));
  const safety = digestOf([safeContact, staffRisk, staffRiskDetail, visitInPairs].map((v) => v ?? null));
  return { ...given, areaId, safety } as unknown as CaseSaid;
}

/**
 * Whether a file may correct a case in these columns: its days and its words. Its kind and area decide who works on it and how,
 * whether it is open is decided here, and safety is kept as key facts. Pure.
 */
export const correctedHere = (before: CaseSaid, now: CaseSaid): string[] => [
  ...differingColumns(before, now).filter((column) => ['', 'kind', 'safeContact'].includes(column)),
  ...((before.closed === undefined) === (now.closed === undefined) ? [] : ['closed']),
];

/** The columns in which two rows of one case say something else; a column with no name stands for the whole file's area. Pure. */
export function differingColumns(before: CaseSaid, now: CaseSaid): string[] {
  const columns = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((c) => before[c] !== now[c]);
  return columns.map((c) => ({ areaId: '', safety: 'safeContact' })[c] ?? c).sort();
}
