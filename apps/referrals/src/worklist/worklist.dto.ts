import { isId, listedStatuses, type ReferralStatus } from '@concordat/contracts';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';

const isStatusList = (value: unknown): boolean =>
  typeof value === 'string' && value.split(',').every((s) => (listedStatuses as string[]).includes(s));

const sorts = ['received', 'due', 'colour', 'reference'] as const;
export type Sort = (typeof sorts)[number];
const signed = [...sorts, ...sorts.map((s) => `-${s}` as const)];
const sides = ['received', 'made', 'all'] as const;

/** What is listed, and in what order. Codes and ids only, so that it may stand in an address. */
export class FiltersDto {
  /** One status, or several with commas between. */
  @IsOptional()
  @ValidateBy(
    { name: 'isStatusList', validator: { validate: isStatusList, defaultMessage: () => 'This must be statuses' } },
    { context: { code: 'not-in-list' } },
  )
  status?: string;
  @IsOptional() @Matches(/^[a-z0-9-]{1,60}$/) colour?: string;
  @IsOptional() @Matches(/^[a-z0-9-]{1,60}$/) pathway?: string;
  @IsOptional()
  @ValidateBy(
    { name: 'isAreaId', validator: { validate: isId, defaultMessage: () => 'This must be an id' } },
    { context: { code: 'not-an-id' } },
  )
  area?: string;
  /** `me`, `none`, or the id of a member of staff. */
  @IsOptional()
  @ValidateBy(
    {
      name: 'isAssignee',
      validator: {
        validate: (v: unknown) => v === 'me' || v === 'none' || isId(v),
        defaultMessage: () => 'This must be me, none or an id',
      },
    },
    { context: { code: 'not-an-id' } },
  )
  assigned?: string;
  /** Received from others, made by one's own agency, or every referral that the caller may see. */
  @IsOptional() @IsIn(sides) side?: (typeof sides)[number];
  /** A leading minus turns the order round. */
  @IsOptional() @IsIn(signed) sort?: (typeof signed)[number];
}

export class ListReferralsDto extends FiltersDto {
  @IsOptional() @IsIn(['true', 'false']) overdue?: 'true' | 'false';
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

/** A search is sent in a body, because what is searched for may name somebody (user-interface.md §6). */
export class SearchReferralsDto extends FiltersDto {
  @IsString() @MinLength(2) @MaxLength(200) q!: string;
  @IsOptional() @IsBoolean() overdue?: boolean;
}

/** Filters as the worklist reads them, from either of the two. */
export interface Filters {
  readonly statuses: readonly ReferralStatus[] | null;
  readonly colour: string | null;
  readonly pathway: string | null;
  readonly area: string | null;
  readonly assigned: string | null;
  readonly overdue: boolean;
  readonly side: (typeof sides)[number];
  readonly sort: Sort;
  readonly descending: boolean;
}

export function filtersOf(dto: FiltersDto & { overdue?: boolean | 'true' | 'false' }): Filters {
  const sort = dto.sort ?? '-received';
  return {
    statuses: (dto.status?.split(',') as ReferralStatus[] | undefined) ?? null,
    colour: dto.colour ?? null,
    pathway: dto.pathway ?? null,
    area: dto.area ?? null,
    assigned: dto.assigned ?? null,
    overdue: dto.overdue === true || dto.overdue === 'true',
    side: dto.side ?? 'all',
    sort: sort.replace('-', '') as Sort,
    descending: sort.startsWith('-'),
  };
}
