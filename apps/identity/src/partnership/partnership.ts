import { agencyTypes, roles, type AgencyType, type Role } from '@concordat/contracts';
import { valid } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type * as yaml from 'yaml';

const CODE = /^[a-z][a-z0-9-]{1,62}$/;
/** What people type to sign in at the development identity provider. */
export const USERNAME = /^[a-z][a-z0-9.-]{1,62}$/;

class Named {
  @IsUUID() id!: string;
  @IsString() @Length(1, 200) name!: string;
}

class Agency extends Named {
  @Matches(CODE) code!: string;
  @IsIn(agencyTypes) agencyType!: AgencyType;
}

class Hub extends Named {
  @Matches(CODE) code!: string;
  /** Code of the organisation that triages for it. */
  @Matches(CODE) lead!: string;
}

class Account {
  @IsUUID() id!: string;
  @Matches(USERNAME) username!: string;
  @IsString() @Length(1, 200) displayName!: string;
  /** What the identity provider calls this person. The development provider calls people by their id. */
  @IsOptional() @IsString() @Length(1, 255) subject?: string;
  /** Code of the organisation. */
  @Matches(CODE) organisation!: string;
  @IsArray() @ArrayUnique() @IsIn(roles, { each: true }) roles!: Role[];
  /** Codes of areas. */
  @IsArray() @ArrayUnique() @Matches(CODE, { each: true }) areas!: string[];
  @IsBoolean() mayReceive!: boolean;
  @IsOptional() @IsString() @Length(1, 200) jobTitle?: string;
  @IsOptional() @IsString() @Length(1, 200) team?: string;
  /** Username of the manager. */
  @IsOptional() @Matches(USERNAME) manager?: string;
}

/** A partnership as a file describes it: its agencies, areas, people and system accounts. Ids are the file's own. */
export class PartnershipFile {
  @ValidateNested() @Type(() => Named) partnership!: Named;
  @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => Agency) organisations!: Agency[];
  @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => Hub) areas!: Hub[];
  @IsArray() @ArrayMaxSize(20_000) @ValidateNested({ each: true }) @Type(() => Account) people!: Account[];
  @IsArray() @ArrayMaxSize(100) @ValidateNested({ each: true }) @Type(() => Account) systems!: Account[];
}

/** A partnership file that may not have been parsed yet: reading it costs more than knowing that it is unchanged. */
export interface Partnership {
  /** SHA-256 of the text, hex. */
  readonly digest: string;
  /** Parses and checks. Throws Invalid naming each field that is wrong. */
  parse(): PartnershipFile;
}

/** readPartnership opens a partnership file (YAML). Throws ENOENT when there is none. */
export function readPartnership(path: string): Partnership {
  const text = readFileSync(path, 'utf8');
  return {
    digest: createHash('sha256').update(text).digest('hex'),
    parse: () => {
      // Required here, so that a start that changes nothing does not pay for the YAML parser.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { parse } = require('yaml') as typeof yaml;
      return valid(PartnershipFile, parse(text));
    },
  };
}
