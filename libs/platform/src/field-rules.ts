import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { applyDecorators } from '@nestjs/common';

/** A full UK postcode, with or without its space (BS 7666 in outline). */
export const POSTCODE = /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/;
/** A telephone number, grouped as one likes. */
export const PHONE = /^\+?[\d ()-]{3,30}$/;

const CIVIL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether `value` is a civil date that exists: `2025`, `2025-09` or `2025-09-30`, from 1870 to 2199. */
export function isCivilDate(value: unknown): value is string {
  const [, year, month, day] = (typeof value === 'string' && CIVIL.exec(value)) || [];
  if (!year || Number(year) < 1870 || Number(year) > 2199) return false;
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  if (!day) return true;
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

/** Whether `value` is an NHS number: ten digits, in any grouping, the last a check digit modulo 11 (NHS Data Dictionary). */
export function isNhsNumber(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 14) return false;
  const digits = value.replaceAll(' ', '');
  if (!/^\d{10}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  return (11 - (sum % 11)) % 11 === Number(digits[9]); // ten fits no digit, so such numbers are never issued
}

const by =
  (name: string, code: string, message: string, validate: (value: unknown) => boolean) =>
  (options?: ValidationOptions) =>
    ValidateBy({ name, validator: { validate, defaultMessage: () => message } }, { context: { code }, ...options });

/** A date as exactly as it is known: the year, the month or the day. */
export const IsCivilDate = by('isCivilDate', 'not-a-date', 'This must be a real date', isCivilDate);
/** A date to the day. */
export const IsCivilDay = by(
  'isCivilDay',
  'not-a-date',
  'This must be a real date: year, month and day',
  (value) => isCivilDate(value) && value.length === 10,
);
export const IsNhsNumber = by('isNhsNumber', 'not-an-nhs-number', 'This must be a 10-digit NHS number', isNhsNumber);

/** A text that need not be given, of at most `max` characters. */
export const Text = (max = 200) => applyDecorators(IsOptional(), IsString(), MaxLength(max));
/** A text that must say something. */
export const Words = (max = 4_000) =>
  applyDecorators(
    IsString(),
    MaxLength(max),
    Matches(/\S/, { message: 'This is needed', context: { code: 'required' } }),
  );
/** A narrative that need not be given. */
export const Narrative = () => Text(10_000);
/** A list of short texts that need not be given. */
export const Texts = (items: number, max: number) =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    ArrayMaxSize(items),
    IsString({ each: true }),
    MaxLength(max, { each: true }),
  );

/** A group of fields that need not be given. IsObject, because nested validation alone takes a list for an object. */
export const PartOf = (type: () => new () => object) =>
  applyDecorators(IsOptional(), IsObject(), ValidateNested(), Type(type));
/** A list of such groups. IsObject, because nested validation alone takes null for one. */
export const PartsOf = (items: number, type: () => new () => object) =>
  applyDecorators(
    IsOptional(),
    IsArray(),
    ArrayMaxSize(items),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
  );
