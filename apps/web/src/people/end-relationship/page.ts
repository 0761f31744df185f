import { Forbidden, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { People } from '../../apis/people';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { titleOf } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../heading';

/** A relationship has ended. It stays, with its end. */
@Page({
  at: 'people/:id/relationships/:relationshipId/end',
  folder: 'people/end-relationship',
  may: 'person.relate',
  states: ['confirm', 'error'],
})
export class EndRelationshipPage {
  constructor(private readonly people: People) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('relationshipId') which: string): Promise<View> {
    return this.page(visit, id, which, formOf());
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('relationshipId') which: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const body = compact({ until: sent.date('until', { partial: true, what: 'The end' }) });
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.people.endRelationship(visit, id, which, body, { key: sent.key });
        return redirect(`/people/${id}?done=ended`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    const fieldOf = (path: string): string => (path === 'until' ? 'until-day' : path);
    return this.page(visit, id, which, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, which: string, form: Form, status = 200): Promise<View> {
    const person = await this.people.person(visit, id);
    if (!person.may.relate) throw new Forbidden('page.forbidden', 'Your agency does not work on a case of this person');
    const found = person.relationships.find((r) => r.id === which && r.until === null);
    if (!found) throw new NotFound('relationship');
    const other = nameOf(found.other.name ? { name: found.other.name } : undefined);
    const [of, to] = found.direction === 'of' ? [nameOf(person), other] : [other, nameOf(person)];
    return show(
      { person, form, heading: headingOf(person), sentence: `${of}: ${titleOf(found.kind).toLowerCase()} of ${to}` },
      status,
    );
  }
}
