import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { People } from '../../apis/people';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../heading';
import { PART_TITLES, partText } from '../../design/person-parts';

/** A merge: who decided it, what was kept and what was discarded; and undoing it. */
@Page({
  at: 'people/:id/merges/:mergeId',
  folder: 'people/undo-merge',
  may: 'person.view',
  states: ['confirm', 'error', 'undone'],
})
export class UndoMergePage {
  constructor(
    private readonly people: People,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('mergeId') mergeId: string): Promise<View> {
    return this.page(visit, id, mergeId, (version) => formOf({ version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('mergeId') mergeId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const reason = sent.text('reason');
    let problems: FieldProblem[];
    try {
      await this.people.undo(
        visit,
        id,
        mergeId,
        { ...(reason ? { reason } : {}) },
        { key: sent.key, version: sent.version },
      );
      return redirect(`/people/${id}?done=separated`);
    } catch (error) {
      if (error instanceof Invalid)
        problems = [{ field: 'reason', code: 'required', message: 'Enter why the merge is undone' }];
      else if (error instanceof RuleBroken)
        problems = [{ field: 'reason', code: error.code, message: 'Another record was merged later. Undo that first' }];
      else if (error instanceof Conflict && !(error instanceof IllegalTransition))
        problems = [
          { field: 'reason', code: error.code, message: 'Somebody else changed this person. Look again, then send it' },
        ];
      else throw error;
    }
    return this.page(visit, id, mergeId, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    mergeId: string,
    form: (version: number) => Form,
    status = 200,
  ): Promise<View> {
    const [person, merges] = [await this.people.person(visit, id), await this.people.merges(visit, id)];
    const merge = merges.find((m) => m.id === mergeId);
    if (!merge) throw new NotFound('merge');
    const names = await this.directory.names(visit, [merge.by, merge.undoneBy]);
    return show(
      {
        person,
        merge,
        form: form(person.version),
        heading: headingOf(person),
        by: `${names.person(merge.by)}, ${names.organisation(merge.orgId)}`,
        undoneBy: merge.undoneBy ? names.person(merge.undoneBy) : null,
        parts: merge.parts.map((p) => ({
          title: PART_TITLES[p.part],
          one: partText(p.part, p.this),
          other: partText(p.part, p.other),
          kept: partText(p.part, p.kept),
        })),
        mayUndo: visit.may('person.separate') && person.may.merge,
      },
      status,
    );
  }
}
