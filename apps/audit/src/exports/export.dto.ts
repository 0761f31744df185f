import { actions, actKinds, actOutcomes, type Action, type ActKind, type ActOutcome } from '@concordat/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { AGREEMENT_ID } from '../under-agreement';

/** What to export: the whole log or a range of days of it (`all`), or chosen acts within days. */
export class ExportDto {
  @IsOptional() @IsUUID() case?: string;
  @IsOptional() @IsUUID() person?: string;
  @IsOptional() @IsUUID() user?: string;
  @IsOptional() @IsUUID() agency?: string;
  /** The id of an agreement, of whichever version. */
  @IsOptional() @Matches(AGREEMENT_ID) agreement?: string;
  @IsOptional() @IsBoolean() all?: boolean;
  @IsOptional() @IsString() @MaxLength(30) from?: string;
  @IsOptional() @IsString() @MaxLength(30) to?: string;
  @IsOptional() @IsIn(actions) action?: Action;
  /** What was done: who read, changed, disclosed, searched, exported, was refused, or broke the glass. */
  @IsOptional() @IsIn(actKinds) kind?: ActKind;
  @IsOptional() @IsIn(actOutcomes) outcome?: ActOutcome;
  /** Sizes of checkpoints that the reader holds, to be shown consistent with the export's. */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @Matches(/^[1-9]\d{0,17}$/, { each: true }) earlier?: string[];
}
