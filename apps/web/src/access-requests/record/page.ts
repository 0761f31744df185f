import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { AccessRequests, type Answerable } from '../../apis/access-requests';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { nameOf, requesters } from '../told';

/** Finds whom a request is about by their name, then records who asks, since when, and whether it is known who they are. */
@Page({
  at: 'access-requests/record',
  folder: 'access-requests/record',
  may: 'access-request.record',
  states: ['start', 'found', 'nothing-found', 'error'],
})
export class RecordRequestPage {
  constructor(private readonly requests: AccessRequests) {}

  @Get()
  start(): View {
    return view(formOf(), null);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [given, family] = [sent.text('given'), sent.text('family')];
    if (!family) return view(formAgain(sent, [missing('family', 'Enter the family name')]), null, 422);
    const people = await this.requests.people(visit, { family, ...(given ? { given } : {}) }, sent.key);
    if (sent.text('do') !== 'record') return view(formAgain(sent, []), people);
    const personId = sent.text('personId');
    const requester = sent.text('requester');
    const requesterName = sent.text('requesterName');
    const identity = sent.text('identity');
    const receivedOn = sent.date('receivedOn', { what: 'The day' });
    const problems: FieldProblem[] = [
      ...(personId ? [] : [missing('personId', 'Select whom it is about')]),
      ...(requester ? [] : [missing('requester', 'Select who asks')]),
      ...(requesterName ? [] : [missing('requesterName', 'Enter the name of whoever asks')]),
      ...(receivedOn || sent.errors.length > 0
        ? []
        : [missing('receivedOn', 'Enter the day on which it was received')]),
      ...sent.errors,
      ...(identity ? [] : [missing('identity', 'Select whether it is known who asks')]),
    ];
    if (problems.length === 0) {
      try {
        const body = { personId, requester, requesterName, receivedOn, identityProven: identity === 'proven' };
        const { id } = await this.requests.record(visit, body, { key: sent.key });
        return redirect(`/access-requests/${id}?done=recorded`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems.push(...(error.details.errors ?? []));
      }
    }
    const fieldOf = (path: string): string => (path === 'receivedOn' ? 'receivedOn-day' : path);
    return view(formAgain(sent, problems, { fieldOf }), people, 422);
  }
}

const missing = (field: string, message: string): FieldProblem => ({ field, code: 'required', message });

function view(form: Form, people: readonly Answerable[] | null, status = 200): View {
  const choices = people?.map((p) => ({ value: p.id, text: nameOf(p), hint: p.cases.join(', ') }));
  return show(
    {
      form,
      people: choices ?? null,
      requesters: Object.entries(requesters).map(([value, text]) => ({ value, text })),
      identities: [
        { value: 'proven', text: 'Yes' },
        { value: 'asked', text: 'No', hint: 'The clock stands still until it is' },
      ],
    },
    status,
  );
}
