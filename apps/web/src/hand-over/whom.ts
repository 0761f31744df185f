import { Conflict, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Directory } from '../apis/directory';
import { Identity, type StaffMember } from '../apis/identity';
import { Cases, headingOf, type OpenedCase } from '../cases/opened';
import { formAgain, formOf, type Form } from '../design/form';
import { redirect, show, type Redirect, type View } from '../design/page';
import type { Submitted } from '../design/submitted';
import type { Visit } from '../session/visit';

/** In the place of an agency: a body outside the partnership. */
export const OUTSIDE = 'outside';

/** What is asked before a case, or part of it, is handed to somebody. */
export interface Asked {
  /** Whether the visitor may hand it to a body outside as well. Throws when they may not hand it over at all. */
  readonly demand: () => Promise<{ readonly outside: boolean }>;
  readonly title: string;
  readonly question: string;
  readonly problem: string;
  /** What it means to choose a body outside the partnership. */
  readonly outside: string;
  /** The page that follows, under the case's. */
  readonly next: string;
}

/** Where a case goes: to somebody of an agency, or to a body outside, which is then null. */
export interface Destination {
  readonly opened: OpenedCase;
  readonly agency: { readonly id: string; readonly name: string } | null;
  readonly recipients: readonly { readonly value: string; readonly text: string }[];
}

const READERS = [
  ...['safeguarding-lead', 'practitioner', 'agency-representative'],
  ...['panel-coordinator', 'panel-chair', 'review-coordinator'],
];

/** Staff of an agency who may be offered a case, by name. The records context checks again. */
export const recipientChoices = (staff: readonly StaffMember[]) =>
  staff
    .filter((s) => s.active && s.mayReceive && s.roles.some((role) => READERS.includes(role)))
    .map((s) => ({ value: s.id, text: s.name }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));

/** Whom a case goes to, in words. */
export function toText({ agency, recipients }: Destination, sent: Submitted): string {
  if (!agency) return sent.text('outsideBody') ?? '';
  return `${recipients.find((r) => r.value === sent.text('recipient'))?.text ?? 'Someone'}, ${agency.name}`;
}

/**
 * What a refusal means for a form: problems of its fields, or null when the case has changed meanwhile. `taken` is what to say
 * of something that exists already. Throws whatever is none of these.
 */
export function problemsIn(error: unknown, taken: Omit<FieldProblem, 'code'>): readonly FieldProblem[] | null {
  if (error instanceof Invalid) return error.details.errors ?? [];
  if (!(error instanceof Conflict)) throw error;
  return error.details.currentVersion === undefined ? [{ ...taken, code: error.code }] : null;
}

/** Asks to which agency a case goes, and finds who there may receive it. */
@Injectable()
export class Whom {
  constructor(
    private readonly cases: Cases,
    private readonly directory: Directory,
    private readonly identity: Identity,
  ) {}

  async ask(visit: Visit, id: string, asked: Asked, form: Form = formOf(), status = 200): Promise<View> {
    const [opened, organisations, may] = await Promise.all([
      this.cases.open(visit, id),
      this.directory.organisations(visit),
      asked.demand(),
    ]);
    const agencies = organisations
      .filter((o) => o.active !== false && o.id !== opened.record.leadOrg)
      .map((o) => ({ value: o.id, text: o.name }))
      .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));
    const outside = { value: OUTSIDE, text: 'A body outside the partnership', hint: asked.outside };
    return show(
      {
        ...{ record: opened.record, heading: headingOf(opened), form, asked },
        agencies: may.outside ? [...agencies, outside] : agencies,
      },
      status,
      '/hand-over/whom.njk',
    );
  }

  async answered(visit: Visit, id: string, asked: Asked, sent: Submitted): Promise<View | Redirect> {
    const to = sent.text('to');
    const known = (await this.directory.organisations(visit)).some((o) => o.id === to);
    if (to && (known || to === OUTSIDE)) return redirect(`/cases/${id}/${asked.next}/${to}`);
    const problem = { field: 'to', code: 'required', message: asked.problem };
    return this.ask(visit, id, asked, formAgain(sent, [problem]), 422);
  }

  /** Throws NotFound for an agency that there is not, or that leads the case itself. */
  async destination(visit: Visit, id: string, to: string): Promise<Destination> {
    const [opened, organisations] = await Promise.all([
      this.cases.open(visit, id),
      this.directory.organisations(visit),
    ]);
    if (to === OUTSIDE) return { opened, agency: null, recipients: [] };
    const agency = organisations.find((o) => o.id === to && o.id !== opened.record.leadOrg);
    if (!agency) throw new NotFound('organisation');
    return { opened, agency, recipients: recipientChoices(await this.identity.staffOf(visit, to)) };
  }
}
