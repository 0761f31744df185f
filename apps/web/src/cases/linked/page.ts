import { caseLinkKinds } from '@concordat/contracts';
import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { CaseLinksApi } from '../../apis/case-links';
import { Directory } from '../../apis/directory';
import { Referrals } from '../../apis/referrals';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf, subNavigationOf } from '../opened';

const FLASHES: Readonly<Record<string, string>> = {
  linked: 'The cases are linked',
  ended: 'The cases are linked no more',
};

const KINDS: Readonly<Record<(typeof caseLinkKinds)[number], readonly [of: string, to: string]>> = {
  related: ['Has to do with', 'Has to do with'],
  'same-household': ['Same household', 'Same household'],
  'same-perpetrator': ['Same alleged perpetrator', 'Same alleged perpetrator'],
  repeat: ['Repeat of', 'Repeated as'],
  'transferred-from': ['Transferred from', 'Transferred to'],
};

/** Cases that have to do with this one: as far as one may know of them. */
@Page({
  at: 'cases/:id/links',
  folder: 'cases/linked',
  may: 'case.view',
  states: ['empty', 'filled', 'read-only', 'error'],
})
export class LinkedCasesPage {
  constructor(
    private readonly cases: Cases,
    private readonly links: CaseLinksApi,
    private readonly directory: Directory,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, formOf(), 200, done);
  }

  @Post()
  async link(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = { reference: sent.text('reference'), kind: sent.text('kind') };
    if (!body.reference) sent.wrong('reference', 'required', 'Enter the reference of the other case');
    if (!body.kind) sent.wrong('kind', 'required', 'Select what they have to do with each other');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.links.link(visit, id, body, { key: sent.key });
        return redirect(`/cases/${id}/links?done=linked`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [{ field: 'reference', code: error.code, message: 'These cases are linked already' }];
        else if (error instanceof Invalid) problems = error.details.errors ?? [];
        else throw error;
      }
    }
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  @Post(':linkId/end')
  async end(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('linkId') linkId: string,
    @Sent() sent: Submitted,
  ): Promise<Redirect> {
    await this.links.unlink(visit, id, linkId, { key: sent.key });
    return redirect(`/cases/${id}/links?done=ended`);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200, done?: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const links = await this.links.links(visit, id);
    const [names, titles] = await Promise.all([
      this.directory.names(
        visit,
        links.items.map((l) => l.by),
      ),
      this.referrals.pathwayTitles(visit),
    ]);
    const flash = done === undefined ? undefined : FLASHES[done];
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        navigationOfCase: subNavigationOf(id, 'links'),
        form,
        may: links.may,
        kinds: caseLinkKinds.map((value) => ({ value, text: KINDS[value][0] })),
        maybe: links.maybe,
        links: links.items.map((l) => ({
          ...l,
          words: KINDS[l.kind]?.[l.direction === 'of' ? 0 : 1] ?? l.kind,
          about: titles(l.other.kind),
          byLine: `${names.person(l.by)}, ${names.organisation(l.orgId)}`,
        })),
        flash: flash ? { text: flash } : null,
      },
      status,
    );
  }
}
