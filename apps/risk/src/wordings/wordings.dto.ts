import { Words } from '@concordat/platform';
import { IsIn, IsString, Matches } from 'class-validator';
import { wordingFormats, type WordingFormat } from '../wording-file';

/** A file of wording, to be looked at. */
export class CheckWordingDto {
  @IsString()
  @Matches(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, { message: 'Choose one of the instruments' })
  instrument!: string;
  /** What the agency calls it, such as the name and edition of the published instrument. */
  @Words(200) title!: string;
  /** Whose it is and by which licence it is used. */
  @Words(500) attribution!: string;
  @IsIn(wordingFormats) format!: WordingFormat;
  /** The file: of CSV the columns `key` and `text`; of JSON and YAML one object of texts by key. */
  @Words(200_000) content!: string;
}

/** As it is checked, so it is loaded. */
export class LoadWordingDto extends CheckWordingDto {}
