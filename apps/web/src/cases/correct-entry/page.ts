import { Conflict, Forbidden, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Chronology, type EntryView } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { conflictView } from '../../design/conflict';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choicesFor, entryField, inWords, readEntry, valuesOf } from '../entry-form';
import { Cases, headingOf, type OpenedCase } from '../opened';

/** Corrects an entry of one's own agency, with a reason. What it said before stays. */
@Page({
  at: 'cases/:id/chronology/:entryId/correct',
  folder: 'cases/correct-entry',
  may: 'chronology.correct',
  states: ['filled', 'error', 'conflict'],
})
export class CorrectEntryPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('entryId') entryId: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const entry = await this.chronology.entry(visit, id, entryId);
    return this.page(opened, entry, formOf({ version: entry.version, values: valuesOf(entry) }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('entryId') entryId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const opened = await this.cases.open(visit, id);
    const body = readEntry(sent, opened);
    const reason = sent.text('reason');
    if (!reason) sent.wrong('reason', 'required', 'Enter why you correct the entry');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const act = { key: sent.key, version: sent.version };
        const { parts } = await this.chronology.correct(visit, id, entryId, { ...body, reason }, act);
        return redirect(`/cases/${id}/chronology/${entryId}?done=${parts.length > 0 ? 'corrected' : 'unchanged'}`);
      } catch (error) {
        if (error instanceof Conflict) return this.conflict(visit, id, entryId, sent, body);
        if (!(error instanceof Invalid)) throw error;
        problems = inWords(error.details.errors ?? []);
      }
    }
    const entry = await this.chronology.entry(visit, id, entryId);
    return this.page(opened, entry, formAgain(sent, problems, { fieldOf: entryField }), 422);
  }

  private async conflict(visit: Visit, id: string, entryId: string, sent: Submitted, mine: object): Promise<View> {
    const entry = await this.chronology.entry(visit, id, entryId);
    const names = await this.directory.names(visit, [entry.by]);
    const { starts, ends, about, category, fact, comment, sourceRef, thirdParty, sensitive } = entry;
    return conflictView({
      ...{ sent, mine: withoutIds(mine), version: entry.version, by: names.person(entry.by), at: entry.recordedAt },
      theirs: { starts, ends, about, category, fact, comment, sourceRef, thirdParty, sensitive },
      action: `/cases/${id}/chronology/${entryId}/correct`,
      discard: `/cases/${id}/chronology/${entryId}`,
    });
  }

  private page(opened: OpenedCase, entry: EntryView, form: Form, status = 200): View {
    if (!entry.may.correct) throw new Forbidden('page.forbidden', 'Only the agency whose entry it is can correct it');
    const choices = choicesFor(opened, entry.categories);
    return show({ record: opened.record, heading: headingOf(opened), entry, form, choices }, status);
  }
}

const withoutIds = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'people' && name !== 'cameFrom'));
