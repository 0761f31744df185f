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
  /** What the agency calls it. */
  @IsOptional() @IsString() @MaxLength(80) name?: string;
  @IsString() @MaxLength(500) url!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(subscribableTypes.length)
  @ArrayUnique()
  @IsIn(subscribableTypes, { each: true })
  events!: string[];
}

/** What is to be changed of it. What is not named stays as it is. */
export class ChangeWebhookDto {
  @IsOptional() @IsString() @MaxLength(80) name?: string;
  @IsOptional() @IsString() @MaxLength(500) url?: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(subscribableTypes.length)
  @ArrayUnique()
  @IsIn(subscribableTypes, { each: true })
  events?: string[];
}

export class SwitchWebhookDto {
  @IsIn(['on', 'off']) to!: 'on' | 'off';
}

/** Another shared secret, or none any more. */
export class ChangeSecretDto {
  @IsIn(['new', 'none']) to!: 'new' | 'none';
}

/** From where in the log of what was sent: `next` or `previous` of another page. */
export class LogDto {
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

/** One event by its id, or all that happened within a span. */
export class ReplayDto {
  @IsOptional() @IsUUID() eventId?: string;
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  @IsOptional() @IsISO8601({ strict: true }) to?: string;
}
