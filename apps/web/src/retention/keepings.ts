import { Conflict, Forbidden, IllegalTransition, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Directory } from '../apis/directory';
import { Retention, type KeptCase, type RetentionRules } from '../apis/retention';
import { formAgain, type Form } from '../design/form';
import { redirect, type Redirect, type View } from '../design/page';
import type { Submitted } from '../design/submitted';
import type { Visit } from '../session/visit';
import { toldInFull } from './told';

/** How long a case is kept, with names for whoever decided about it. */
export interface Opened {
  readonly kept: KeptCase;
  readonly told: ReturnType<typeof toldInFull>;
  readonly rules: RetentionRules;
}

/** One form that decides about a case: what it sends, and how it is shown again. */
interface Deciding {
  readonly may: keyof KeptCase['may'];
  readonly step: string;
  readonly body: object;
  readonly problems: readonly FieldProblem[];
  /** Where it leads when it is done. */
  readonly to: string;
  /** The field beside which is said what concerns none of its own. */
  readonly field: string;
  readonly again: (opened: Opened, form: Form, status: number) => View;
}

/** Reads how long a case is kept and decides about it, and shows a form again with whatever was wrong. */
@Injectable()
export class Keepings {
  constructor(
    private readonly retention: Retention,
    private readonly directory: Directory,
  ) {}

  async open(visit: Visit, id: string): Promise<Opened> {
    const [kept, rules] = await Promise.all([this.retention.view(visit, id), this.retention.rules(visit)]);
    const people = [...kept.holds.flatMap((h) => [h.by, h.releasedBy]), ...kept.steps.map((s) => s.by)];
    const names = await this.directory.names(visit, [...people, kept.proposedBy]);
    return { kept, rules, told: toldInFull(kept, names, rules) };
  }

  /** As `open`, for whoever may take this step now. */
  async toDecide(visit: Visit, id: string, may: keyof KeptCase['may']): Promise<Opened> {
    const opened = await this.open(visit, id);
    if (!opened.kept.may[may]) throw new Forbidden('page.forbidden', 'This cannot be decided now, or not by you');
    return opened;
  }

  async send(visit: Visit, id: string, sent: Submitted, what: Deciding): Promise<View | Redirect> {
    let problems = [...what.problems];
    if (problems.length === 0) {
      try {
        await this.retention.decide(visit, id, what.step, what.body, { key: sent.key, version: sent.version });
        return redirect(what.to);
      } catch (error) {
        if (error instanceof Invalid) problems = (error.details.errors ?? []).map(inWords);
        else if (error instanceof RuleBroken)
          problems = [{ field: what.field, code: error.code, message: 'Somebody else must confirm what you proposed' }];
        else if (error instanceof Conflict && !(error instanceof IllegalTransition))
          problems = [{ field: what.field, code: error.code, message: CHANGED }];
        else throw error;
      }
    }
    const fieldOf = (path: string): string => (path === 'until' ? 'until-day' : path);
    const opened = await this.toDecide(visit, id, what.may);
    return what.again(opened, formAgain(sent, problems, { version: opened.kept.version, fieldOf }), 422);
  }
}

const CHANGED = 'Somebody else changed this first. Look at it again, then send it';
const MESSAGES: Readonly<Record<string, string>> = {
  reason: 'Enter the reason',
  until: 'Enter a date after today, after its time is up, and within the time allowed',
};
const inWords = (p: FieldProblem): FieldProblem => ({ ...p, message: MESSAGES[p.field] ?? p.message });

/** What a form says why, and what is missing of it. */
export function readReason(sent: Submitted, message: string): { reason: string | undefined; problems: FieldProblem[] } {
  const reason = sent.text('reason');
  return { reason, problems: reason ? [] : [{ field: 'reason', code: 'required', message }] };
}
