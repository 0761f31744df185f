import type { FieldProblem } from '@concordat/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from '@concordat/platform';
import { isCivilDate } from './civil-date';

type Body = Readonly<Record<string, unknown>>;

/**
 * A form as it was posted. Fields are named by their path in the content that they fill (`people.0.name.family`), so that
 * an error of an API, which names the path, finds its field. Reading collects what cannot be read; see `errors`.
 */
export class Submitted {
  readonly errors: FieldProblem[] = [];

  constructor(
    private readonly body: Body,
    private readonly prefix = '',
    errors?: FieldProblem[],
  ) {
    if (errors) this.errors = errors;
  }

  /** The text of a field, ends trimmed, lines ending as in Unix. Undefined when it is blank. */
  text(name: string): string | undefined {
    const value = this.body[this.prefix + name];
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last !== 'string') return undefined;
    const text = last.replace(/\r\n?/g, '\n').trim();
    return text === '' ? undefined : text;
  }

  /** All values of a field that may be ticked more than once. */
  list(name: string): string[] {
    const value = this.body[this.prefix + name];
    return (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '');
  }

  /** The text of a field that must be filled in; when it is blank, `message` is an error of it. */
  needed(name: string, message: string): string {
    const value = this.text(name);
    if (value === undefined) this.wrong(name, 'required', message);
    return value ?? '';
  }

  /** The values of a field of which at least one must be ticked; when none is, `message` is an error of it. */
  some(name: string, message: string): string[] {
    const values = this.list(name);
    if (values.length === 0) this.wrong(name, 'required', message);
    return values;
  }

  /** Lines of a field, or undefined when there are none. */
  lines(name: string): string[] | undefined {
    const lines = (this.text(name) ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    return lines.length === 0 ? undefined : lines;
  }

  ticked(name: string): true | undefined {
    return this.list(name).includes('yes') ? true : undefined;
  }

  /** A whole number. What is none is an error of the field, of which `asked` says what was asked. */
  count(name: string, asked?: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^\d{1,6}$/.test(text)) return Number(text);
    this.wrong(name, 'not-a-number', asked ? `${asked}: a whole number, like 3` : 'Enter a whole number, like 3');
    return undefined;
  }

  /**
   * A civil date from its three fields `-day`, `-month`, `-year`. With `partial`, the day or the day and month may be
   * left out: `2025-09`, `2025`. A date that does not exist is an error of the field.
   */
  date(name: string, { partial = false, what = 'The date' } = {}): string | undefined {
    const [day, month, year] = ['day', 'month', 'year'].map((part) => this.text(`${name}-${part}`));
    if (!day && !month && !year) return undefined;
    const pad = (n: string): string => n.padStart(2, '0');
    const complete = partial ? year && (month || !day) : year && month && day;
    const value = complete ? [year, month && pad(month), day && pad(day)].filter(Boolean).join('-') : '';
    if (isCivilDate(value)) return value;
    this.wrong(`${name}-day`, 'not-a-date', `${what} must be a real date, like 27 3 2025`);
    return undefined;
  }

  /** The rows of a list, `prefix.0.…`, `prefix.1.…`, in order; rows in which nothing was entered are left out. */
  rows<T extends object>(name: string, read: (row: Submitted, index: number) => T | undefined): T[] {
    const start = `${this.prefix}${name}.`;
    const indexes = new Set<number>();
    for (const key of Object.keys(this.body)) {
      const index = key.startsWith(start) ? /^\d{1,3}/.exec(key.slice(start.length))?.[0] : undefined;
      if (index !== undefined) indexes.add(Number(index));
    }
    return [...indexes]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const row = read(new Submitted(this.body, `${start}${index}.`, this.errors), index);
        return row && Object.values(row).some((v) => v !== undefined) ? [compact(row)] : [];
      });
  }

  wrong(name: string, code: string, message: string): void {
    // That a file which was too large is missing says nothing more.
    if (this.errors.some((e) => e.field === this.prefix + name && e.code === 'too-large')) return;
    this.errors.push({ field: this.prefix + name, code, message });
  }

  /** Everything as it was typed, to be shown again. */
  get values(): Readonly<Record<string, string | readonly string[]>> {
    const entries = Object.entries(this.body).filter(([name]) => !name.startsWith('_'));
    return Object.fromEntries(entries.map(([name, v]) => [name, Array.isArray(v) ? v.map(String) : String(v)]));
  }

  /** A file that was chosen, whole. */
  get file(): Buffer | undefined {
    if (this.body['_fileTooLarge'] === true) this.wrong('file', 'too-large', 'The file must be smaller than 25 MB');
    const file = this.body['_file'];
    return Buffer.isBuffer(file) && file.length > 0 ? file : undefined;
  }

  /** The version that the form was made from, hidden in it. */
  get version(): number {
    return Number(this.body['_version'] ?? 0) || 0;
  }

  /** The key of this rendering of the form: sent twice, it counts once. */
  get key(): string {
    const key = this.body['_key'];
    return typeof key === 'string' && /^[\w-]{8,64}$/.test(key) ? key : '';
  }
}

/** An object without what is undefined or empty; undefined when nothing is left. */
export function orNothing<T extends object>(object: T): Kept<T> | undefined {
  const kept = compact(object);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** What is left of an object without its undefined values, as the contents' types want it. */
type Kept<T> = { [K in keyof T]: Exclude<T[K], undefined> };

export const compact = <T extends object>(object: T): Kept<T> =>
  Object.fromEntries(
    Object.entries(object).filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0)),
  ) as Kept<T>;

/** The posted form, as a parameter of a page. */
export const Sent = createParamDecorator((_: unknown, execution: ExecutionContext): Submitted => {
  const { body } = execution.switchToHttp().getRequest<Request>();
  return new Submitted(typeof body === 'object' && body !== null ? (body as Body) : {});
});
