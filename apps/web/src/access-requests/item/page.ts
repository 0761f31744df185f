import { Conflict, Id, IllegalTransition, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { AccessRequests } from '../../apis/access-requests';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { toldItem } from '../told';

const DECISIONS = [
  { value: 'give', text: 'Give it' },
  { value: 'redact', text: 'Give part of it' },
  { value: 'withhold', text: 'Withhold it' },
];

/** One part of what is held: what it says, and what is decided of it, on which ground. */
@Page({
  at: 'access-requests/:id/items/:itemId',
  folder: 'access-requests/item',
  may: 'access-request.decide-item',
  states: ['undecided', 'error', 'decided'],
})
export class AccessItemPage {
  constructor(
    private readonly requests: AccessRequests,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('itemId') itemId: string): Promise<View> {
    return this.page(visit, id, itemId, (version, values) => formOf({ version, values }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const decision = sent.text('decision');
    const [exemption, opinion, redacted] = [sent.text('exemption'), sent.text('opinion'), sent.text('redacted')];
    const withheld = decision !== 'give';
    let problems: FieldProblem[] = decision
      ? []
      : [{ field: 'decision', code: 'required', message: 'Select what is decided' }];
    if (problems.length === 0) {
      try {
        const body = {
          ...{ decision, thirdParty: sent.ticked('thirdParty') ?? false },
          ...(withheld && exemption ? { exemption } : {}),
          ...(withheld && opinion ? { opinion } : {}),
          ...(decision === 'redact' && redacted ? { redacted } : {}),
        };
        const sending = { key: sent.key, version: sent.version };
        await this.requests.act(visit, id, `items/${itemId}`, body, sending);
        return redirect(`/access-requests/${id}?done=decided`);
      } catch (error) {
        if (error instanceof Invalid) problems = [...(error.details.errors ?? [])];
        else if (error instanceof Conflict && !(error instanceof IllegalTransition))
          problems = [
            { field: 'decision', code: error.code, message: 'Somebody else changed this first. Send it again' },
          ];
        else throw error;
      }
    }
    return this.page(visit, id, itemId, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    itemId: string,
    form: (version: number, values: Record<string, string>) => Form,
    status = 200,
  ): Promise<View> {
    const [request, practice] = await Promise.all([this.requests.view(visit, id), this.requests.practice(visit)]);
    const item = request.items.find((i) => i.id === itemId);
    if (!item) throw new NotFound('access-item');
    const names = await this.directory.names(visit, [item.decidedBy]);
    const values = {
      ...{ decision: item.decision ?? '', thirdParty: (item.thirdParty ?? item.others) ? 'yes' : '' },
      ...{ exemption: item.exemption ?? '', opinion: item.opinion ?? '', redacted: item.redacted ?? item.text },
    };
    return show(
      {
        request: { id, open: request.state === 'open' },
        item: toldItem(item, names, practice),
        form: form(request.version, values),
        decisions: DECISIONS,
        exemptions: practice.exemptions.map((e) => ({
          value: e.code,
          text: e.hint ? `${e.title} (${e.hint})` : e.title,
        })),
      },
      status,
    );
  }
}
