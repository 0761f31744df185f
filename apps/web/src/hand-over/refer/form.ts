import type { FieldProblem } from '@concordat/platform';
import type { HandOverPractice } from '../../apis/hand-over';
import type { CaseView } from '../../apis/records';
import { nameOf } from '../../design/referral-sections';
import { orNothing, type Submitted } from '../../design/submitted';
import { titleOf } from '../../design/words';
import { CONSENT, itemsText, lookedOver, titleIn } from '../words';

/** People of a case as choices, each with their part in it. */
export const peopleChoices = ({ people }: Pick<CaseView, 'people'>) =>
  people.map((p) => ({ value: p.id, text: nameOf(p), hint: (p.roles ?? []).map(titleOf).join(', ') }));

export interface Parsed {
  readonly body: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** What was entered, with what is missing. Whether the codes exist is for the records context to say. */
export function parse(sent: Submitted, outside: boolean, onlyForAction = false): Parsed {
  const ground = sent.text('consent.ground');
  const answer = sent.text('consent.answer');
  const consent = orNothing({
    answer,
    // A ground is for sharing without consent: what was hidden again when consent was given is not meant.
    ...(answer === 'given' ? {} : { ground, reason: sent.text('consent.reason') }),
  });
  const people = sent.list('people');
  const action = outside ? undefined : sent.text('action');
  const to = sent.text(outside ? 'outsideBody' : 'recipient');
  const body = {
    [outside ? 'outsideBody' : 'recipient']: to,
    ...{ people, reason: sent.text('reason'), purpose: sent.text('purpose'), legalBasis: sent.text('legalBasis') },
    ...{ urgency: sent.text('urgency'), view: sent.text('view'), ...(consent ? { consent } : {}) },
    ...(action ? { action } : {}),
  };
  const needed: [string, unknown, string][] = [
    outside ? ['outsideBody', to, 'Enter the name of the body'] : ['recipient', to, 'Select who receives it'],
    ['action', !onlyForAction || action, 'Select the planned action that it is for'],
    ['people', people.length > 0, 'Select at least one person'],
    ['reason', sent.text('reason'), 'Enter why you refer them'],
    ['purpose', sent.text('purpose'), 'Select the purpose'],
    ['legalBasis', sent.text('legalBasis'), 'Select the legal basis'],
    ['urgency', sent.text('urgency'), 'Select how soon an answer is needed'],
    ['view', sent.text('view'), 'Select what is shown'],
    ['consent.answer', answer, 'Select whether the person agreed'],
    ['consent.ground', !answer || answer === 'given' || ground, 'Select the ground for sharing without consent'],
    [
      'consent.reason',
      !answer || answer === 'given' || sent.text('consent.reason'),
      'Enter why you share without consent',
    ],
  ];
  const problems = needed.flatMap(([field, value, message]) => (value ? [] : [{ field, code: 'required', message }]));
  return { body, problems };
}

/** What is to be looked over before it is sent, and the fields that hold it. */
export function checkOf(
  sent: Submitted,
  about: {
    readonly to: string;
    readonly record: CaseView;
    readonly practice: HandOverPractice;
    readonly planned: readonly { readonly value: string; readonly text: string }[];
  },
) {
  const { to, record, practice, planned } = about;
  const view = practice.views.find((v) => v.code === sent.text('view'));
  const chosen = sent.list('people');
  const rows: [string, string | undefined][] = [
    ['To', to],
    ['For the planned action', planned.find((p) => p.value === sent.text('action'))?.text],
    [
      'People',
      record.people
        .filter((p) => chosen.includes(p.id))
        .map(nameOf)
        .join('\n'),
    ],
    ['What is shown', view && `${view.title}: ${itemsText(view.items)}`],
    ['Why', sent.text('reason')],
    ['Purpose', titleIn(practice.purposes, sent.text('purpose'))],
    ['Legal basis', titleIn(practice.legalBases, sent.text('legalBasis'))],
    ['How soon', titleIn(practice.urgencies, sent.text('urgency'))],
    ['Did the person agree?', CONSENT.find((c) => c.value === sent.text('consent.answer'))?.text],
    ['Ground for sharing without consent', titleIn(practice.consentGrounds, sent.text('consent.ground'))],
    ['Why without consent', sent.text('consent.reason')],
  ];
  return lookedOver(sent, rows);
}
