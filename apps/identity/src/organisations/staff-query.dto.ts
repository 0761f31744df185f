import { IsUUID, Matches, ValidateIf } from 'class-validator';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** Which staff: of one organisation, or by id. Without `ids`, `org` is needed. */
export class StaffQueryDto {
  @ValidateIf((q: StaffQueryDto) => q.ids === undefined || q.org !== undefined)
  @IsUUID()
  org?: string;

  /** Up to 100 ids with commas between them. */
  @ValidateIf((q: StaffQueryDto) => q.ids !== undefined)
  @Matches(new RegExp(`^${UUID}(,${UUID}){0,99}$`))
  ids?: string;
}
