import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { subscribableTypes } from '../subscribable';

/** Where to, and of what. */
export class KeepWebhookDto {
  @IsString() @MaxLength(500) url!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(subscribableTypes.length)
  @ArrayUnique()
  @IsIn(subscribableTypes, { each: true })
  events!: string[];
}

export class SwitchWebhookDto {
  @IsIn(['on', 'off']) to!: 'on' | 'off';
}

/** One event by its id, or all that happened within a span. */
export class ReplayDto {
  @IsOptional() @IsUUID() eventId?: string;
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  @IsOptional() @IsISO8601({ strict: true }) to?: string;
}
