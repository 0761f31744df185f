import { Conflict, IllegalTransition, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { formAgain, formOf, type Form } from '../design/form';
import { redirect, show, type Redirect, type View } from '../design/page';
import type { Submitted } from '../design/submitted';
import type { NotShared } from './not-shared';
import { sharingIn } from './sharing';

/** What a step says to whoever takes it. */
export interface Wording {
  readonly title: string;
  readonly effect: string;
  readonly label: string;
  readonly hint?: string;
  /** What to say when nothing was entered; absent when nothing need be. */
  readonly needed?: string;
  readonly button: string;
  /** Whether a case is shared by it, so that agreements ask for what and how consent stands. */
  readonly shares?: boolean;
  /** What else may be chosen, by the name of its field. */
  readonly choice?: {
    readonly name: string;
    readonly legend: string;
    readonly items: readonly { readonly value: string; readonly text: string }[];
  };
}

/** Something that one agency handed to another, as far as its steps go. */
interface Stepped {
  readonly version: number;
  readonly state: string;
  readonly may: Readonly<Record<string, boolean>>;
}

/** One step of one such thing. */
export interface Stepping {
  /** Where it is shown, and where one is afterwards. */
  readonly at: string;
  readonly noun: 'referral' | 'transfer';
  readonly step: string;
  readonly wording: Wording;
  /** The name of what is said with the step. */
  readonly field: 'note' | 'reason';
  /** What agreements ask, where a case is shared by the step. */
  readonly sharing?: object | undefined;
  /** What a refusal by the decision point says at the fields of the form; null for any other error. */
  told?(error: unknown): Promise<NotShared | null>;
  look(): Promise<Stepped>;
  take(body: object, sent: { readonly key: string; readonly version: number }): Promise<unknown>;
}

/** The wording of a step. Throws NotFound for what is none. */
export function wordingOf(steps: Readonly<Record<string, Wording>>, step: string): Wording {
  const wording = Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (!wording) throw new NotFound('page');
  return wording;
}

/** The page of a step. Throws IllegalTransition when it is not open, or not to the visitor: it could only end in a refusal. */
export async function showStep(stepping: Stepping, values: Form['values'] = {}): Promise<View> {
  const seen = await stepping.look();
  if (!seen.may[stepping.step])
    throw new IllegalTransition(`${stepping.noun}.not-open`, 'This cannot be done now', seen.state);
  return page(stepping, formOf({ version: seen.version, values }));
}

/** Takes a step with what was sent. What was typed is shown again with whatever went wrong. */
export async function sendStep(stepping: Stepping, sent: Submitted): Promise<View | Redirect> {
  const { at, step, wording, field } = stepping;
  const said = sent.text(field);
  const choice = wording.choice && sent.text(wording.choice.name);
  const shared = wording.shares ? sharingIn(sent) : { body: {}, problems: [] };
  let problems: readonly FieldProblem[] = [
    ...(wording.needed && !said ? [{ field, code: 'required', message: wording.needed }] : []),
    ...shared.problems,
  ];
  let refused: NotShared | null = null;
  let refusal: Conflict | IllegalTransition | null = null;
  if (problems.length === 0) {
    try {
      const chosen = choice && wording.choice ? { [wording.choice.name]: choice } : {};
      const body = { ...(said ? { [field]: said } : {}), ...chosen, ...shared.body };
      await stepping.take(body, { key: sent.key, version: sent.version });
      return redirect(`${at}?done=${step}`);
    } catch (error) {
      if (error instanceof Invalid) problems = error.details.errors ?? [];
      else if (error instanceof Conflict || error instanceof IllegalTransition) refusal = error;
      else if ((refused = (await stepping.told?.(error)) ?? null)) problems = refused.problems;
      else throw error;
    }
  }
  const seen = await stepping.look();
  const form = formAgain(sent, problems, { version: refusal ? seen.version : sent.version });
  if (refused) return page(stepping, form, 403, { refused });
  if (!refusal) return page(stepping, form, 422);
  const yours = said ? [{ key: wording.label, value: said }] : [];
  return page(stepping, form, 409, { conflict: { closed: !seen.may[step], theirs: [], yours } });
}

/** What has come between, where something has. */
interface Between {
  readonly conflict?: object;
  readonly refused?: NotShared;
}

function page(stepping: Stepping, form: Form, status = 200, between: Between = {}): View {
  const { at, noun, wording, field, sharing } = stepping;
  return show({ at, noun, wording, field, form, sharing, ...between }, status, '/hand-over/step.njk');
}
