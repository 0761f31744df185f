import { Conflict, Id, IllegalTransition, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { AccessRequests, type OpenedRequest } from '../../apis/access-requests';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { download, Page, redirect, show, type Download, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { nameOf, stepTitle, told, toldItem } from '../told';

const FLASHES: Readonly<Record<string, string>> = {
  recorded: 'The request is recorded',
  gathered: 'What is held has been gathered',
  step: 'The request has moved on',
  decided: 'The decision is on record',
  released: 'The answer is released',
};
const STEPS: readonly {
  readonly value: string;
  readonly text: string;
  readonly when: (r: OpenedRequest) => boolean;
}[] = [
  { value: 'prove-identity', text: 'It is known now who asks', when: (r) => r.state === 'open' && !r.identityProven },
  {
    value: 'ask',
    text: 'Ask them something: the clock stands still',
    when: (r) => r.state === 'open' && !isStopped(r),
  },
  {
    value: 'answered',
    text: 'They have answered',
    when: (r) => r.state === 'open' && isStopped(r) && r.identityProven,
  },
  { value: 'extend', text: 'Extend the time', when: (r) => r.state === 'open' && !r.extended },
  { value: 'prepare', text: 'It is prepared: somebody else is to release it', when: (r) => r.state === 'open' },
  { value: 'return', text: 'Send it back to be prepared again', when: (r) => r.state === 'prepared' },
  { value: 'close', text: 'Close it without an answer', when: (r) => r.state === 'open' || r.state === 'prepared' },
];
/** Rules that a step may break, which are about no field. */
const RULES: Readonly<Record<string, string>> = {
  'access-request.unproven': 'It is not known yet who asks',
  'access-request.stopped': 'Something is asked that is not answered yet',
  'access-request.not-gathered': 'Gather what is held first',
  'access-request.undecided': 'Decide about every item first',
  'access-request.own': 'Somebody else must release what you prepared yourself',
};
const isStopped = (r: OpenedRequest): boolean => r.pauses.some((p) => p.to === null);

/** One request: the clock, what was gathered and what is decided of each part, and what may be done next. */
@Page({
  at: 'access-requests/:id',
  folder: 'access-requests/request',
  may: 'access-request.view',
  states: ['stopped', 'gathered', 'error', 'prepared', 'released'],
})
export class AccessRequestPage {
  constructor(
    private readonly requests: AccessRequests,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done: unknown): Promise<View> {
    const flash = typeof done === 'string' ? FLASHES[done] : undefined;
    return this.page(visit, id, (version) => formOf({ version }), 200, flash);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect | Download> {
    const sending = { key: sent.key, version: sent.version };
    const [what, step, reason] = [sent.text('do'), sent.text('step'), sent.text('reason')];
    let problems: FieldProblem[];
    try {
      if (what === 'answer') return download(await this.requests.answer(visit, id, sent.key), 'what-is-held.zip');
      if (what === 'gather') return await this.done(visit, id, 'gathering', {}, sending, 'gathered');
      if (what === 'release') return await this.done(visit, id, 'release', {}, sending, 'released');
      if (step) return await this.done(visit, id, 'steps', { step, ...(reason ? { reason } : {}) }, sending, 'step');
      problems = [{ field: 'step', code: 'required', message: 'Select what is done' }];
    } catch (error) {
      if (error instanceof Invalid) problems = [...(error.details.errors ?? [])];
      else if (error instanceof RuleBroken)
        problems = [{ field: 'step', code: error.code, message: RULES[error.code] ?? error.message }];
      else if (error instanceof Conflict && !(error instanceof IllegalTransition))
        problems = [{ field: 'step', code: error.code, message: 'Somebody else changed this first. Look at it again' }];
      else throw error;
    }
    return this.page(visit, id, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async done(
    visit: Visit,
    id: string,
    what: string,
    body: object,
    sending: { key: string; version: number },
    flash: string,
  ): Promise<Redirect> {
    await this.requests.act(visit, id, what, body, sending);
    return redirect(`/access-requests/${id}?done=${flash}`);
  }

  private async page(
    visit: Visit,
    id: string,
    form: (version: number) => Form,
    status: number,
    flash?: string,
  ): Promise<View> {
    const [request, practice] = await Promise.all([this.requests.view(visit, id), this.requests.practice(visit)]);
    const people = [...request.steps.map((s) => s.by), ...request.items.map((i) => i.decidedBy)];
    const names = await this.directory.names(visit, [...people, request.preparedBy, request.releasedBy]);
    return show(
      {
        request: told(request, names),
        person: request.person ? nameOf(request.person) : 'Not shown',
        form: form(request.version),
        choices: STEPS.filter((s) => s.when(request)).map(({ value, text }) => ({ value, text })),
        mayGather: request.state === 'open',
        mayRelease: request.mayRelease,
        items: request.items.map((i) => toldItem(i, names, practice)),
        steps: request.steps.map((s) => ({
          ...s,
          title: stepTitle(s.what),
          who: `${names.person(s.by)}, ${names.organisation(s.orgId)}`,
        })),
        flash: flash ? { text: flash } : null,
      },
      status,
    );
  }
}
