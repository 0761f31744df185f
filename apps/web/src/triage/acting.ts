import { Conflict, IllegalTransition, Invalid, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Directory, type Names } from '../apis/directory';
import type { Pathway, Reasons } from '../apis/practice';
import { Referrals, type Referral } from '../apis/referrals';
import { formAgain, formOf, type Form } from '../design/form';
import { redirect, show, type Redirect, type View } from '../design/page';
import type { Submitted } from '../design/submitted';
import type { Visit } from '../session/visit';
import { headingOf } from './heading';
import { happened, since, type Titles } from './history';
import { titlesOf } from './titles';

/** A referral with all that is needed to show it in words. */
export interface Opened {
  readonly referral: Referral;
  readonly pathway: Pathway;
  readonly reasons: Reasons;
  readonly names: Names;
  readonly titles: Titles;
}

/** What a form's fields came to: the body to send, what is wrong with them, and the answers as a person reads them. */
export interface Parsed {
  readonly body: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
  readonly answers: readonly { readonly key: string; readonly value: string }[];
}

/** A step that waits for a last look. */
export interface Checked {
  readonly answers: Parsed['answers'];
  /** Fields to send again. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** What follows from it, in a sentence or two. */
  readonly effect: string;
}

/** One step of triage, as its page declares it. */
export interface Step {
  /** What the referral's `may` calls it. */
  readonly name: string;
  /** The path under the referral to which it is sent. */
  readonly path: string;
  /** The address it leads to once done, under the referral's page: `?done=rated`. */
  readonly done: string;
  /** It only adds, so it can overwrite nothing and is sent without a version. */
  readonly adds?: boolean;
  /** The field that a problem of the API belongs to, where the form names it otherwise. */
  readonly fieldOf?: (path: string) => string;
  readonly parse: (sent: Submitted) => Parsed;
  /** What to fill in to begin with. */
  readonly begin?: (opened: Opened) => Readonly<Record<string, string>>;
  /** What the person is asked to look over before it is done: the answers in words, and the fields that hold them. */
  readonly check?: (opened: Opened, sent: Submitted) => Checked;
  /** What the template needs beside the form. */
  readonly data?: (opened: Opened, visit: Visit) => object | Promise<object>;
}

/** Takes steps of triage: shows the form, sends it, and shows it again with what went wrong. What was typed is never lost. */
@Injectable()
export class Acting {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  /** Reads a referral with titles and names. Throws what the context throws. */
  async open(visit: Visit, id: string): Promise<Opened> {
    const referral = await this.referrals.referral(visit, id);
    const people = [
      referral.referredBy,
      referral.assignedTo,
      ...referral.history.flatMap((line) => [line.by, line.what === 'assigned' ? line.to : null]),
    ];
    const [pathway, reasons, names] = await Promise.all([
      this.referrals.pathway(visit, referral.pathway),
      this.referrals.reasons(visit),
      this.directory.names(visit, people),
    ]);
    return { referral, pathway, reasons, names, titles: titlesOf(pathway, reasons) };
  }

  async form(visit: Visit, id: string, step: Step): Promise<View> {
    const opened = await this.open(visit, id);
    const { referral } = opened;
    // The step is not open, or not to this person: the page could only end in a refusal.
    if (!referral.may[step.name])
      throw new IllegalTransition('referral.step-not-open', 'This cannot be done now', referral.status);
    return this.page(
      visit,
      opened,
      step,
      formOf({ version: referral.version, values: step.begin?.(opened) ?? {} }),
      200,
    );
  }

  async send(visit: Visit, id: string, step: Step, sent: Submitted): Promise<View | Redirect> {
    const parsed = step.parse(sent);
    let problems = [...sent.errors, ...parsed.problems];
    let refusal: Conflict | IllegalTransition | null = null;
    const stage = sent.text('_stage');
    if (problems.length === 0 && step.check && stage !== 'confirm') {
      const opened = await this.open(visit, id);
      const { version, may } = opened.referral;
      if (stage === 'change') return this.page(visit, opened, step, formAgain(sent, []), 200);
      if (version === sent.version && may[step.name]) return this.check(opened, step.check(opened, sent), sent);
      refusal = new Conflict('referral.changed', 'The referral was changed meanwhile');
    }
    if (problems.length === 0 && !refusal) {
      try {
        await this.referrals.act(visit, id, step.path, parsed.body, {
          key: sent.key,
          ...(step.adds ? {} : { version: sent.version }),
        });
        return redirect(`/triage/${id}${step.done}`);
      } catch (error) {
        if (error instanceof Invalid) problems = [...(error.details.errors ?? [])];
        else if (error instanceof Conflict || error instanceof IllegalTransition) refusal = error;
        else throw error;
      }
    }
    const opened = await this.open(visit, id);
    const { version, may } = opened.referral;
    const form = formAgain(sent, problems, {
      version: refusal ? version : sent.version,
      ...(step.fieldOf ? { fieldOf: step.fieldOf } : {}),
    });
    if (!refusal) return this.page(visit, opened, step, form, 422);
    const conflict = { closed: !may[step.name], theirs: changes(opened, sent.version), yours: parsed.answers };
    return this.page(visit, opened, step, form, 409, conflict);
  }

  private check(opened: Opened, checked: Checked, sent: Submitted): View {
    const { referral } = opened;
    return show({ referral, heading: headingOf(opened), form: formAgain(sent, []), ...checked }, 200, 'check.njk');
  }

  private async page(
    visit: Visit,
    opened: Opened,
    step: Step,
    form: Form,
    status: number,
    conflict?: object,
  ): Promise<View> {
    const { referral, pathway, reasons } = opened;
    const data = (await step.data?.(opened, visit)) ?? {};
    return show({ referral, pathway, reasons, form, conflict, heading: headingOf(opened), ...data }, status);
  }
}

function changes({ referral, titles, names }: Opened, version: number) {
  const lines = since(referral.history, referral.version, version);
  return lines.map((line) => ({ text: happened(line, titles, names), by: names.person(line.by), at: line.at }));
}
