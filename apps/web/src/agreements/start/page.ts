import { Conflict, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const WANTED: Readonly<Record<string, string>> = {
  template: 'Select what the agreement is for',
  id: 'Enter an id for the agreement, like northbank-marac',
  title: 'Enter a title',
  contact: 'Enter whom to ask about it',
  effectiveFrom: 'Enter the day from which it is in force',
  reviewBy: 'Enter by when it is to be reviewed',
  expiresOn: 'Enter its last day',
  parties: 'Choose at least two organisations',
};
const DATES = ['effectiveFrom', 'reviewBy', 'expiresOn'];
/** What an error of a date calls it. */
const WHAT: Readonly<Record<string, string>> = {
  effectiveFrom: 'The first day',
  reviewBy: 'The day of the review',
  expiresOn: 'The last day',
};

/** A draft from a template: what only its author can say. */
@Page({ at: 'agreements/start', folder: 'agreements/start', may: 'agreement.draft', states: ['empty', 'error'] })
export class StartAgreementPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = {
      ...Object.fromEntries(['template', 'id', 'title', 'contact'].map((name) => [name, sent.text(name)])),
      ...Object.fromEntries(DATES.map((name) => [name, sent.date(name, { what: WHAT[name] ?? 'This' })])),
      parties: sent.list('parties'),
    };
    const said = new Set(sent.errors.map((e) => e.field.replace(/-day$/, '')));
    const missing = Object.entries(body).filter(
      ([name, value]) => !said.has(name) && (value === undefined || (Array.isArray(value) && value.length < 2)),
    );
    let problems: FieldProblem[] = [
      ...sent.errors,
      ...missing.map(([name]) => ({ field: fieldOf(name), code: 'required', message: WANTED[name] ?? '' })),
    ];
    if (problems.length === 0) {
      try {
        const { id } = await this.agreements.start(visit, body, { key: sent.key });
        return redirect(`/agreements/${id}?done=drafted`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [
            { field: 'id', code: error.code, message: 'There is an agreement with this id already. Choose another' },
          ];
        else if (error instanceof Invalid)
          problems = (error.details.errors ?? []).map((p) => ({
            ...p,
            field: fieldOf(p.field.replace(/^document\./, '')),
          }));
        else throw error;
      }
    }
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const [templates, organisations] = await Promise.all([
      this.agreements.templates(visit),
      this.directory.organisations(visit),
    ]);
    return show(
      {
        form,
        templates: templates.map(({ code, title, description }) => ({ value: code, text: title, hint: description })),
        organisations: organisations.map(({ id, name }) => ({ value: id, text: name })),
        back: { href: '/agreements' },
      },
      status,
    );
  }
}

const fieldOf = (name: string): string => (DATES.includes(name) ? `${name}-day` : name.split('.')[0]!);
