import { Id, Invalid, RuleBroken } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Cases } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { download, Page, show, type Download, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Refusals, type NotShared } from '../not-shared';
import { missing, sharingChoices, sharingIn, usualPurpose } from '../sharing';

/** Gives a case to another agency's system, as records of Social Care Data. It is decided before anything is given. */
@Page({
  at: 'cases/:id/records-copy',
  folder: 'hand-over/records-copy',
  may: 'case.give-records',
  states: ['empty', 'error', 'not-shared'],
})
export class RecordsCopyPage {
  constructor(
    private readonly cases: Cases,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Download> {
    const toOrg = sent.text('toOrg');
    const { body, problems } = sharingIn(sent);
    const wanted = [...missing([['toOrg', toOrg, 'Select whose system it is for']]), ...problems];
    if (wanted.length > 0) return this.page(visit, id, formAgain(sent, wanted));
    try {
      const { bytes, name } = await this.handOver.records(visit, id, { ...body, toOrg }, sent.key);
      return download(bytes, name, 'application/ld+json');
    } catch (error) {
      const refused = await this.refusals.told(visit, error, { whom: 'toOrg' });
      if (refused) return this.page(visit, id, formAgain(sent, refused.problems), refused);
      if (error instanceof Invalid) return this.page(visit, id, formAgain(sent, error.details.errors ?? []));
      if (!(error instanceof RuleBroken)) throw error;
      return this.page(visit, id, formAgain(sent, [{ field: 'toOrg', code: error.code, message: error.message }]));
    }
  }

  private async page(visit: Visit, id: string, again?: Form, refused?: NotShared): Promise<View> {
    const [{ record }, organisations, practice] = await Promise.all([
      this.cases.open(visit, id),
      this.directory.organisations(visit),
      this.handOver.practice(visit),
    ]);
    const form = again ?? formOf({ values: { purpose: usualPurpose(practice, record.kind) } });
    return show(
      {
        ...{ form, refused, reference: record.reference, sharing: sharingChoices(practice) },
        agencies: organisations
          .filter((o) => o.id !== record.leadOrg)
          .map(({ id: value, name: text }) => ({ value, text })),
        back: { href: `/cases/${id}/hand-over` },
      },
      refused ? 403 : again ? 422 : 200,
    );
  }
}
