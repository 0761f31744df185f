import { triageDecisions, type TriageDecision } from '@concordat/contracts';
import type { FieldProblem } from '@concordat/platform';
import type { Pathway, Reason, Reasons } from '../../apis/practice';
import type { Submitted } from '../../design/submitted';
import type { Checked, Opened, Parsed } from '../acting';
import { reasonChoices } from '../choices';
import { outcomeTitle } from '../history';

const HINTS: Readonly<Record<TriageDecision, string>> = {
  accept: 'Opens a case that your agencies work on together',
  redirect: 'Another pathway or forum is the right one',
  'step-up': 'The risk needs a higher forum',
  'step-down': 'The risk can be met with less',
  signpost: 'Name a service to the referrer',
  'no-further-action': 'Nothing more is done. The referrer is told why',
};
const TITLES: Readonly<Record<TriageDecision, string>> = {
  accept: 'Accept',
  redirect: 'Redirect',
  'step-up': 'Step up',
  'step-down': 'Step down',
  signpost: 'Signpost',
  'no-further-action': 'No further action',
};
const DESTINATIONS: Partial<Record<TriageDecision, keyof Pathway['next']>> = {
  redirect: 'redirect',
  'step-up': 'stepUp',
  'step-down': 'stepDown',
};
const REASONS: Partial<Record<TriageDecision, keyof Omit<Reasons, 'colours'>>> = {
  redirect: 'redirect',
  'step-up': 'stepUp',
  'step-down': 'stepDown',
  signpost: 'signpost',
  'no-further-action': 'noFurtherAction',
};

/**
 * The outcomes with what each asks. Fields are named by outcome (`redirect.reason`), because without scripts all of them
 * are in view, and only those of the chosen outcome count. What this pathway cannot lead to is not offered.
 */
export function outcomesFor({ pathway, reasons }: Pick<Opened, 'pathway' | 'reasons'>) {
  return triageDecisions.flatMap((outcome) => {
    const list = DESTINATIONS[outcome];
    const destinations = list
      ? pathway.next[list].map((code) => ({ value: code, text: destinationTitle(pathway, code) }))
      : null;
    if (destinations?.length === 0) return [];
    const coded: readonly Reason[] = REASONS[outcome] ? reasons[REASONS[outcome]] : [];
    return [
      { value: outcome, text: TITLES[outcome], hint: HINTS[outcome], destinations, reasons: reasonChoices(coded) },
    ];
  });
}

const destinationTitle = (pathway: Pathway, code: string): string =>
  pathway.destinations?.find((d) => d?.code === code)?.title ?? code;

const isDecision = (value: string | undefined): value is TriageDecision =>
  (triageDecisions as readonly (string | undefined)[]).includes(value);

/** The decision: of all fields, those of the chosen outcome. */
export function parse(sent: Submitted): Parsed {
  const outcome = sent.text('outcome');
  if (!isDecision(outcome))
    return {
      body: {},
      problems: [{ field: 'outcome', code: 'required', message: 'Select what you decide' }],
      answers: [],
    };
  const of = (field: string): string | undefined => sent.text(`${outcome}.${field}`);
  const [destination, reason, rationale] = [of('destination'), of('reason'), of('rationale')];
  const problems: FieldProblem[] = [];
  const need = (field: string, given: string | undefined, message: string): void => {
    if (!given) problems.push({ field: `${outcome}.${field}`, code: 'required', message });
  };
  if (DESTINATIONS[outcome]) need('destination', destination, 'Select where it goes');
  if (REASONS[outcome]) need('reason', reason, 'Select the reason');
  const given = { destination, reason, rationale };
  return {
    body: { outcome, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) },
    problems,
    answers: [
      { key: 'Decision', value: outcomeTitle(outcome) },
      ...(rationale ? [{ key: 'In words', value: rationale }] : []),
    ],
  };
}

/** The decision in words, to be looked over before it is recorded: it tells the referrer, and may open a case. */
export function checkOf({ pathway, titles, referral, names }: Opened, sent: Submitted): Checked {
  const outcome = sent.text('outcome') as TriageDecision;
  const fields = ['destination', 'reason', 'rationale'].flatMap((field) => {
    const value = sent.text(`${outcome}.${field}`);
    return value === undefined ? [] : [{ field, name: `${outcome}.${field}`, value }];
  });
  const words: Readonly<Record<string, (value: string) => { key: string; value: string }>> = {
    destination: (value) => ({ key: 'Goes to', value: destinationTitle(pathway, value) }),
    reason: (value) => ({ key: 'Reason', value: titles.reason(value) }),
    rationale: (value) => ({ key: 'In your words', value }),
  };
  const referrer = names.organisation(referral.referringOrg);
  return {
    answers: [{ key: 'Decision', value: TITLES[outcome] }, ...fields.map(({ field, value }) => words[field]!(value))],
    fields: [{ name: 'outcome', value: outcome }, ...fields.map(({ name, value }) => ({ name, value }))],
    effect:
      outcome === 'accept'
        ? `A case opens. Your organisation leads it, and ${referrer} takes part. You cannot take this back.`
        : `${referrer} is told the decision and its reason, not your own words. You can reopen the referral later.`,
  };
}

/** Problems of the API name the field alone; it is that of the chosen outcome. */
export const fieldOfOutcome = (sent: Submitted) => (path: string) =>
  ['destination', 'reason', 'rationale'].includes(path) ? `${sent.text('outcome') ?? ''}.${path}` : path;
