import { roles, type Role } from '@concordat/contracts';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import { Length, Matches, ValidateIf } from 'class-validator';

const isNew = (dto: GrantMembershipDto): boolean => dto.userId === undefined;
const TEXT = /^[^\p{Cc}]+$/u;

/** What somebody shall be from now on: all of it, not the difference. */
export class ChangeMembershipDto {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(roles.length) @ArrayUnique() @IsIn(roles, { each: true }) roles!: Role[];
  @IsArray() @ArrayMaxSize(200) @ArrayUnique() @IsUUID('all', { each: true }) areas!: string[];
}

/** Makes somebody a member: a person already known by `userId`, or a new one by name and username. */
export class GrantMembershipDto extends ChangeMembershipDto {
  @IsUUID() orgId!: string;
  @IsOptional() @IsUUID() userId?: string;
  @ValidateIf(isNew) @IsString() @Length(1, 200) @Matches(TEXT) name?: string;
  @ValidateIf(isNew) @Matches(/^[a-z][a-z0-9.-]{1,62}$/) username?: string;
  /** What the identity provider calls this person, in the claim that the installation was told to use. */
  @IsOptional() @IsString() @Length(1, 255) @Matches(TEXT) subject?: string;
}

export class MembersQueryDto {
  @IsUUID() org!: string;
}
