import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Acting, type Step } from '../acting';
import { parse } from './form';

// It only adds: what others did meanwhile is no reason to refuse it.
const STEP: Step = { name: 'note', path: 'notes', done: '?done=noted', adds: true, parse };

/** Adds a note that only the triaging agency sees. */
@Page({ at: 'triage/:id/note', folder: 'triage/note', may: 'referral.note', states: ['empty', 'error', 'closed'] })
export class NotePage {
  constructor(private readonly acting: Acting) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.acting.form(visit, id, STEP);
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.acting.send(visit, id, STEP, sent);
  }
}
