import { Conflict, Forbidden, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Agreements, type AgreementDocument, type AgreementView } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { conflictView } from '../../design/conflict';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { sectionsFor, type Section } from '../sections';
import { documentWith, fieldOf, valuesOf } from './form';

/** Changes one section of a draft. It is checked when it is saved; what is found stands on the agreement's page. */
@Page({
  at: 'agreements/:id/edit/:section',
  folder: 'agreements/edit',
  may: 'agreement.save',
  states: [
    'about',
    'parties',
    'purposes',
    'items',
    'flows',
    'bases',
    'restrictions',
    'retention',
    'duties',
    'error',
    'conflict',
  ],
})
export class EditAgreementPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('section') code: string): Promise<View> {
    const { view, section } = await this.open(visit, id, code);
    return this.page(
      id,
      view.document,
      section,
      formOf({ version: view.version, values: valuesOf(view.document, section) }),
    );
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('section') code: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const { view, section, sections } = await this.open(visit, id, code);
    const document = documentWith(view.document, section, sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.agreements.save(visit, id, document, sent.version);
        return redirect(next(id, section, sections, sent.text('_then')));
      } catch (error) {
        if (error instanceof Conflict) return this.conflict(visit, view, section, sent, document);
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map(told(section));
      }
    }
    return this.page(id, view.document, section, formAgain(sent, problems, { fieldOf: fieldOf(section) }), 422);
  }

  private async open(visit: Visit, id: string, code: string) {
    const [view, law, organisations] = await Promise.all([
      this.agreements.view(visit, id),
      this.agreements.law(visit),
      this.directory.organisations(visit),
    ]);
    const sections = sectionsFor({ document: view.document, law, organisations });
    const section = sections.find((s) => s.code === code);
    if (!section) throw new NotFound('page');
    if (!view.may.edit) throw new Forbidden('page.forbidden', 'This version cannot be changed by you now');
    return { view, section, sections };
  }

  private async conflict(
    visit: Visit,
    view: AgreementView,
    section: Section,
    sent: Submitted,
    mine: Record<string, unknown>,
  ): Promise<View> {
    const last = view.history.at(-1);
    const names = await this.directory.names(visit, [last?.by]);
    const here = `/agreements/${view.id}/edit/${section.code}`;
    const parts = (document: Record<string, unknown>) =>
      section.rows
        ? { [section.rows.list]: document[section.rows.list] }
        : Object.fromEntries(
            section.fields.map(({ name }) => name.split('.')[0]!).map((name) => [name, document[name]]),
          );
    return conflictView({
      ...{ sent, mine: parts(mine), theirs: parts(view.document), version: view.version },
      ...{ by: last ? names.person(last.by) : 'Someone', at: last?.at ?? null, action: here, discard: here },
    });
  }

  private page(id: string, document: AgreementDocument, section: Section, form: Form, status = 200): View {
    const list = section.rows?.list;
    const used = Object.keys(form.values).map((name) =>
      list && name.startsWith(`${list}.`) ? Number(/^\d+/.exec(name.slice(list.length + 1))?.[0] ?? -1) + 1 : 0,
    );
    return show(
      {
        ...{ id, section, form, agreement: document.title },
        rows: list ? Math.max(0, ...used) + 1 : 0,
        back: { text: 'Back to the agreement', href: `/agreements/${id}` },
      },
      status,
    );
  }
}

/** What the rules of agreements say of a place, with the name of its field before it. */
const told =
  (section: Section) =>
  (problem: FieldProblem): FieldProblem => {
    const name = problem.field.replace(/^document\.(\w+\.\d+\.)?/, '');
    const field = section.fields.find((f) => name === f.name || name.startsWith(`${f.name}.`));
    return field ? { ...problem, message: `${field.label}: ${problem.message}` } : problem;
  };

/** After saving: back for another row, on to the next section, or to the agreement. */
function next(id: string, section: Section, sections: readonly Section[], then = 'later'): string {
  if (then === 'again') return `/agreements/${id}/edit/${section.code}#more`;
  const following = then === 'continue' ? sections[sections.indexOf(section) + 1] : undefined;
  return following ? `/agreements/${id}/edit/${following.code}` : `/agreements/${id}?done=saved`;
}
