import type { FieldProblem } from '@concordat/platform';
import type { HandOverPractice } from '../../apis/hand-over';
import type { CaseView } from '../../apis/records';
import { nameOf } from '../../design/referral-sections';
import type { Submitted } from '../../design/submitted';
import { titleOf } from '../../design/words';
import { consentIn, missing, sharingRows } from '../sharing';
import { itemsText, lookedOver, titleIn } from '../words';

/** People of a case as choices, each with their part in it. */
export const peopleChoices = ({ people }: Pick<CaseView, 'people'>) =>
  people.map((p) => ({ value: p.id, text: nameOf(p), hint: (p.roles ?? []).map(titleOf).join(', ') }));

export interface Parsed {
  readonly body: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** What was entered, with what is missing. Whether the codes exist is for the records context to say. */
export function parse(sent: Submitted, outside: boolean, onlyForAction = false): Parsed {
  const { consent, needed: ofConsent } = consentIn(sent);
  const people = sent.list('people');
  const action = outside ? undefined : sent.text('action');
  const to = sent.text(outside ? 'outsideBody' : 'recipient');
  const body = {
    [outside ? 'outsideBody' : 'recipient']: to,
    ...{ people, reason: sent.text('reason'), purpose: sent.text('purpose'), legalBasis: sent.text('legalBasis') },
    ...{ urgency: sent.text('urgency'), view: sent.text('view'), ...(consent ? { consent } : {}) },
    ...(action ? { action } : {}),
  };
  const needed: Parameters<typeof missing>[0] = [
    outside ? ['outsideBody', to, 'Enter the name of the body'] : ['recipient', to, 'Select who receives it'],
    ['action', !onlyForAction || action, 'Select the planned action that it is for'],
    ['people', people.length > 0, 'Select at least one person'],
    ['reason', sent.text('reason'), 'Enter why you refer them'],
    ['purpose', sent.text('purpose'), 'Select the purpose'],
    ['legalBasis', sent.text('legalBasis'), 'Select the legal basis'],
    ['urgency', sent.text('urgency'), 'Select how soon an answer is needed'],
    ['view', sent.text('view'), 'Select what is shown'],
    ...ofConsent,
  ];
  return { body, problems: missing(needed) };
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
    ['Legal basis', titleIn(practice.legalBases, sent.text('legalBasis'))],
    ['How soon', titleIn(practice.urgencies, sent.text('urgency'))],
    ...sharingRows(sent, practice),
  ];
  return lookedOver(sent, rows);
}
