import { IsCivilDay, Text, Words } from '@concordat/platform';

export class ComplaintDto {
  @IsCivilDay() behaviourOn!: string;
  @IsCivilDay() complainedOn!: string;
  @Words(100) complainant!: string;
  @Words(2_000) summary!: string;
}

/** A reporting period: at most twelve months, both days included. */
export class PeriodDto {
  @IsCivilDay() from!: string;
  @IsCivilDay() to!: string;
}

export class PublishFiguresDto extends PeriodDto {
  /** A footnote to what is published. */
  @Text(2_000) note?: string;
  /** Why numbers in the footnote are not those of the figures. It is put on record, and not published. */
  @Text(1_000) noteExplained?: string;
}
