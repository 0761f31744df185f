import { actKindInWords, actKinds } from '@concordat/contracts';
import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Audit } from '../../apis/audit';
import { Directory } from '../../apis/directory';
import { formOf, type Form } from '../../design/form';
import { download, Page, show, type Download, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { readAsked } from '../asked';

const KINDS = actKinds.map((k) => ({ value: k, text: actKindInWords(k) }));

/** A file with part or all of the log, and everything that is needed to verify it elsewhere. */
@Page({ at: 'audit/export', folder: 'audit/export', may: 'trail.export', states: ['empty', 'filled', 'error'] })
export class ExportPage {
  constructor(
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const { typed, bounded } = readAsked(given);
    return this.page(visit, formOf({ values: { ...typed, scope: bounded ? 'chosen' : '', form: 'bundle' } }));
  }

  @Post()
  async export(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Download> {
    const scope = sent.text('scope');
    const form = sent.text('form') ?? 'bundle';
    const { typed, query, problems } = readAsked(sent.values);
    const again = (found: readonly FieldProblem[]): Promise<View> =>
      this.page(
        visit,
        formOf({ values: { ...typed, scope: scope ?? '', form }, problems: found, fieldOf: (path) => path || 'scope' }),
        422,
      );
    if (scope !== 'all' && scope !== 'chosen')
      return again([{ field: 'scope', code: 'required', message: 'Select what to export' }]);
    const { from, to, case: record, person, user, agency, agreement, kind } = query;
    const dated = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
    const chosen = {
      ...(record ? { case: record } : {}),
      ...(person ? { person } : {}),
      ...(user ? { user } : {}),
      ...(agency ? { agency } : {}),
      ...(agreement ? { agreement } : {}),
      ...(kind ? { kind } : {}),
    };
    const wrong = scope === 'all' ? problems.filter((p) => p.field === 'from' || p.field === 'to') : problems;
    if (wrong.length > 0) return again(wrong);
    try {
      const body = scope === 'all' ? { all: true, ...dated } : { ...chosen, ...dated };
      return form === 'entries'
        ? download(await this.audit.export(visit, body, sent.key), 'concordat.ledger.jsonl')
        : download(await this.audit.bundle(visit, body, sent.key), 'concordat-evidence.zip');
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return again(error.details.errors ?? []);
    }
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const organisations = await this.directory.organisations(visit);
    return show({ form, agencies: organisations.map((o) => ({ value: o.id, text: o.name })), kinds: KINDS }, status);
  }
}
