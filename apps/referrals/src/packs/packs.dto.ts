import { IsString, Matches, MaxLength } from 'class-validator';

/** A file of a pack, to be looked through before it is used. */
export class CheckDocumentDto {
  /** Its name in the folder of the pack: it is tried in the place of the file that has this name there, if there is one. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.ya?ml$/, {
    message: 'Enter the name of the file, with its ending, such as asb-case-review.yaml',
  })
  file!: string;
  @IsString()
  @MaxLength(200_000, { message: 'The file must be smaller than 200 KB' })
  content!: string;
}
