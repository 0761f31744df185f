import { Conflict, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Records, type CaseView } from '../apis/records';
import { formAgain, type Form } from '../design/form';
import { redirect, type Redirect, type View } from '../design/page';
import type { Submitted } from '../design/submitted';
import type { Visit } from '../session/visit';
import { Cases, LEVELS, type OpenedCase } from './opened';

/** What somebody else did to a case while a form was open. */
export interface CaseConflict {
  readonly closed: boolean;
  readonly theirs: readonly { readonly text: string; readonly by: string; readonly at: string }[];
  readonly yours: readonly { readonly key: string; readonly value: string }[];
}

export type ShowAgain = (
  opened: OpenedCase,
  form: Form,
  status: number,
  conflict?: CaseConflict,
) => Promise<View> | View;

/** Changes who takes part, and shows the form again with whatever went wrong. */
@Injectable()
export class Participating {
  constructor(
    private readonly records: Records,
    private readonly cases: Cases,
  ) {}

  async send(
    visit: Visit,
    id: string,
    sent: Submitted,
    what: {
      readonly problems: readonly FieldProblem[];
      readonly yours: CaseConflict['yours'];
      readonly done: string;
      readonly change: (act: { key: string; version: number }) => Promise<unknown>;
      readonly again: ShowAgain;
    },
  ): Promise<View | Redirect> {
    let problems = [...what.problems];
    let refusal: Conflict | null = null;
    if (problems.length === 0) {
      try {
        await what.change({ key: sent.key, version: sent.version });
        return redirect(`/cases/${id}/agencies?done=${what.done}`);
      } catch (error) {
        if (error instanceof Conflict && error.details.currentVersion !== undefined) refusal = error;
        else if (error instanceof Conflict)
          problems = [
            {
              field: 'level',
              code: error.code,
              message: 'The agency takes part like this already. Select another part',
            },
          ];
        else if (error instanceof Invalid) problems = [...(error.details.errors ?? [])];
        else if (error instanceof RuleBroken)
          problems = [
            { field: 'orgId', code: error.code, message: 'The lead agency changes only when the case is transferred' },
          ];
        else throw error;
      }
    }
    const opened = await this.cases.open(visit, id);
    const form = formAgain(sent, problems, { version: refusal ? opened.record.version : sent.version });
    if (!refusal) return what.again(opened, form, 422);
    const conflict = { closed: false, theirs: changesIn(opened, sent.version), yours: what.yours };
    return what.again(opened, form, 409, conflict);
  }
}

/** The changes of participation since a version: each made a version of its own. */
function changesIn({ record, names }: OpenedCase, version: number): CaseConflict['theirs'] {
  const changes = record.timeline.filter((e) => e.what.startsWith('participation-'));
  return changes.slice(0, Math.max(0, record.version - version)).map((e) => {
    const level = e.detail?.['level'] as CaseView['level'] | undefined;
    const agency = names.organisation(e.orgId);
    const text =
      e.what === 'participation-ended'
        ? `${agency} no longer takes part`
        : `${agency}: ${level ? LEVELS[level].toLowerCase() : 'takes part'}`;
    return { text, by: names.person(e.by), at: e.at };
  });
}
