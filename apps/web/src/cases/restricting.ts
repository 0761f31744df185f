import { Conflict, Forbidden, IllegalTransition, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Access, type Restriction, type Restrictions } from '../apis/access';
import { Directory, type Names } from '../apis/directory';
import { formAgain, type Form } from '../design/form';
import { redirect, type Redirect, type View } from '../design/page';
import type { Submitted } from '../design/submitted';
import type { Visit } from '../session/visit';
import { Cases, type OpenedCase } from './opened';

/** A case with its restrictions, with names for everybody in them. */
export interface Restricting extends OpenedCase {
  readonly restrictions: Restrictions;
  readonly named: Names;
}

/** Reads and changes the restrictions of a case, and shows a form again with whatever was wrong. */
@Injectable()
export class RestrictingCases {
  constructor(
    private readonly access: Access,
    private readonly cases: Cases,
    private readonly directory: Directory,
  ) {}

  async open(visit: Visit, id: string): Promise<Restricting> {
    const [opened, restrictions] = await Promise.all([this.cases.open(visit, id), this.access.restrictions(visit, id)]);
    const people = restrictions.items.flatMap((r) => [...r.named, ...r.history.map((s) => s.by)]);
    const named = await this.directory.names(visit, [...people, ...restrictions.staff.map((s) => s.userId)]);
    return { ...opened, restrictions, named };
  }

  /** As `open`, for whoever may restrict it. */
  async toRestrict(visit: Visit, id: string): Promise<Restricting> {
    const opened = await this.open(visit, id);
    if (!opened.restrictions.may.restrict)
      throw new Forbidden('page.forbidden', 'The lead agency decides who may see this case');
    return opened;
  }

  /** Sends a form. `again` shows it with what was wrong; what somebody else did first is said beside what was typed. */
  async send(
    visit: Visit,
    id: string,
    sent: Submitted,
    what: {
      readonly problems: readonly FieldProblem[];
      readonly done: string;
      readonly change: (sending: { key: string; version: number }) => Promise<unknown>;
      readonly again: (opened: Restricting, form: (version: number) => Form, status: number) => View;
      readonly field: string;
    },
  ): Promise<View | Redirect> {
    const problems = await attempt(sent, what);
    if (problems.length === 0) return redirect(`/cases/${id}/restrictions?done=${what.done}`);
    const opened = await this.toRestrict(visit, id);
    return what.again(opened, (version) => termsAgain(sent, problems, version), 422);
  }
}

/** Makes a change of a restriction, unless something is wrong already. Answers with what was wrong; with nothing when it is done. */
export async function attempt(
  sent: Submitted,
  what: {
    readonly problems: readonly FieldProblem[];
    readonly change: (sending: { key: string; version: number }) => Promise<unknown>;
    readonly field: string;
  },
): Promise<readonly FieldProblem[]> {
  if (what.problems.length > 0) return what.problems;
  try {
    await what.change({ key: sent.key, version: sent.version });
    return [];
  } catch (error) {
    if (error instanceof Invalid) return (error.details.errors ?? []).map(inWords);
    if (error instanceof Conflict && !(error instanceof IllegalTransition))
      return [{ field: what.field, code: error.code, message: CHANGED }];
    throw error;
  }
}

/** The form of a restriction's terms, shown again. */
export const termsAgain = (sent: Submitted, problems: readonly FieldProblem[], version: number): Form =>
  formAgain(sent, problems, { version, fieldOf: (path) => (path === 'reviewOn' ? 'reviewOn-day' : path) });

const CHANGED = 'Somebody else changed this first. Look at it again, then send it';
const MESSAGES: Readonly<Record<string, string>> = {
  kind: 'Select why it is restricted',
  reason: 'Enter the reason',
  reviewOn: 'Enter a review date after today and within the time allowed',
  'restriction.lead-needed': 'Select at least one safeguarding lead of the agency that leads the case',
  'staff.not-taking-part': 'Select staff of agencies that take part',
};
const inWords = (p: FieldProblem): FieldProblem => ({
  ...p,
  message: MESSAGES[p.code] ?? MESSAGES[p.field] ?? p.message,
});

/** Staff who may be named, by agency and name, as boxes to tick. */
export const staffChoices = ({ restrictions, named }: Pick<Restricting, 'restrictions' | 'named'>) =>
  restrictions.staff
    .map((s) => ({ value: s.userId, text: named.person(s.userId), hint: named.organisation(s.orgId) }))
    .sort((a, b) => `${a.hint} ${a.text}`.localeCompare(`${b.hint} ${b.text}`, 'en-GB'));

/** One restriction of a case. Throws NotFound when it is none of this case, or of one of its people. */
export function restrictionIn({ restrictions }: Restricting, id: string): Restriction {
  const found = restrictions.items.find((r) => r.id === id);
  if (!found) throw new NotFound('restriction');
  return found;
}

/** What a form says of whom a restriction names, why, and until when. */
export function readTerms(sent: Submitted): { body: object; problems: FieldProblem[] } {
  const reviewOn = sent.date('reviewOn', { what: 'The review date' });
  const [named, reason] = [sent.list('named'), sent.text('reason')];
  const missing: FieldProblem[] = [
    ...(named.length === 0 ? [{ field: 'named', code: 'required', message: 'Select who may still see it' }] : []),
    ...(reviewOn === undefined && sent.errors.length === 0
      ? [{ field: 'reviewOn', code: 'required', message: 'Enter the date of the review' }]
      : []),
    ...(reason === undefined ? [{ field: 'reason', code: 'required', message: 'Enter the reason' }] : []),
  ];
  return { body: { named, reviewOn, reason }, problems: [...missing, ...sent.errors] };
}
