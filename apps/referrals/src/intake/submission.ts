import { Invalid, type FieldProblem } from '@concordat/contracts';
import { conforming, unreadable, valid } from '@concordat/platform';
import type { Practice } from '../practice';
import type { ReferralContentDto } from './content.dto';
import { incoherent, incomplete } from './content-rules';

interface Body {
  readonly id?: string;
  readonly content: ReferralContentDto;
}

/**
 * reading makes the check of one kind of body: its rules, the parts' fit to each other, and with `whole` everything that
 * the pathway requires. The check returns the body, or throws Invalid with a code per field, paths as in the content:
 * `people.0.name.family`.
 */
export function reading<T extends Body>(type: new () => T, practice: Practice, whole: boolean) {
  const conforms = conforming(type);
  return (body: unknown, today: string): T => {
    const wrong = conforms(body) && unreadable(body).length === 0 ? [] : mistakes(type, body);
    const content: unknown = (body as Partial<Body> | null | undefined)?.content;
    const more = [...incoherent(content, practice, today), ...(whole ? incomplete(content, practice) : [])];
    const told = new Set(wrong.map((p) => p.field));
    const all = [...wrong, ...more.filter((p) => !told.has(p.field))];
    if (all.length > 0) throw new Invalid(all);
    return body as T;
  };
}

/** What class-validator finds wrong, with the paths of the content rather than of the body. */
function mistakes(type: new () => object, body: unknown): readonly FieldProblem[] {
  try {
    valid(type, body);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return (error.details.errors ?? []).map((p) => ({ ...p, field: p.field.replace(/^content\./, '') }));
  }
  // The fast rules are stricter in nothing; should they ever be, nothing is let through unexplained.
  return [{ field: '', code: 'wrong-form', message: 'This cannot be read as a referral' }];
}
