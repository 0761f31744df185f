import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Invalid, type FieldProblem } from './errors';
import { unreadable } from './readable';

/** Codes for class-validator's constraint names, so that callers never see our library's vocabulary. */
const CODES: Readonly<Record<string, string>> = {
  isDefined: 'required',
  isNotEmpty: 'required',
  whitelistValidation: 'unknown-field',
  isIn: 'not-in-list',
  isEnum: 'not-in-list',
  isUuid: 'not-an-id',
  isISO8601: 'not-a-date',
  maxLength: 'too-long',
  minLength: 'too-short',
  isLength: 'wrong-length',
  arrayMaxSize: 'too-many',
  arrayMinSize: 'too-few',
  max: 'too-large',
  min: 'too-small',
  matches: 'wrong-form',
};

/**
 * valid checks a body or a query against a DTO class and returns an instance of it. Unknown fields are refused. Throws
 * `Invalid` with a code per field; the messages never repeat a value. This is one of the three doors (house.md §5).
 */
export function valid<T extends object>(type: new () => T, body: unknown): T {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Invalid([{ field: '', code: 'required', message: 'Send a JSON object' }]);
  }
  const bad = unreadable(body);
  if (bad.length > 0) throw new Invalid(bad);
  const instance = plainToInstance(type, body);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) throw new Invalid(errors.flatMap((e) => fieldProblems(e, '')));
  return instance;
}

/** fieldProblems flattens class-validator's tree to one entry per field and constraint. */
export function fieldProblems(error: ValidationError, prefix: string): FieldProblem[] {
  const field = prefix ? `${prefix}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([name, text]) => {
    const context = error.contexts?.[name] as { code?: string } | undefined;
    return { field, code: context?.code ?? CODES[name] ?? kebab(name), message: plain(name, text, error.property) };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => fieldProblems(child, field))];
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

function plain(name: string, text: string, property: string): string {
  if (name === 'whitelistValidation') return 'This field is not known';
  if (name === 'isDefined' || name === 'isNotEmpty') return 'This is needed';
  const said = text.startsWith('each value in ') ? text.slice('each value in '.length) : text;
  if (!said.startsWith(`${property} `)) return text;
  const [most] = /\d+(?= characters$)/.exec(said) ?? [];
  if (name === 'maxLength' && most) return `Use at most ${most} characters`;
  if (name === 'isString') return 'This is needed';
  if (name === 'matches') return 'This is not written as it has to be';
  return `This ${said.slice(property.length + 1)}`;
}
