import { referralVocabulary as words } from '@concordat/contracts';
import { Type } from 'class-transformer';
import { ArrayMinSize, IsArray, IsIn, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { PersonDetailsDto } from '../person.dto';

/** Somebody who is on record already, or what is known of somebody new; and what they are in the case. */
export class AddPersonDto {
  @IsOptional() @IsUUID() personId?: string;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => PersonDetailsDto) person?: PersonDetailsDto;
  @IsArray() @ArrayMinSize(1) @IsIn(words.personRole, { each: true }) roles!: string[];
}
