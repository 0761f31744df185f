import type { AgreementDocument } from '../../apis/agreements';
import { compact, type Submitted } from '../../design/submitted';

export const SETTINGS = [
  { value: 'OUTSIDE', text: 'Outside a meeting' },
  { value: 'MEETING', text: 'At a meeting' },
];
/**
 * The question that a form asks of the decision point; `meets` says whether the visitor sits in a meeting that is in session. What is
 * missing is an error of its field. Pure, but for those.
 */
export function readQuestion(sent: Submitted, document: AgreementDocument, sender: string, meets = false): object {
  const setting = sent.needed('setting', 'Select where');
  const atMeeting = setting === 'MEETING';
  if (atMeeting && !meets) sent.wrong('setting', 'no-meeting', 'You sit in no meeting that is in session');
  const match = sent.needed('match', 'Select whether you know for certain whom it is about');
  const facts = sent.list('facts');
  const conditions = new Set(document.dataItems.flatMap((i) => ('condition' in i ? [String(i.condition)] : [])));
  return compact({
    kind: 'DISCLOSE',
    agreementId: document.id,
    sender,
    recipients: sent.some('recipients', 'Choose who is to have it'),
    purpose: sent.needed('purpose', 'Select what for'),
    items: sent.some('items', 'Choose what you want to share'),
    conditions: Object.fromEntries([...conditions].map((fact) => [fact, facts.includes(fact)])),
    // Asked before anybody is named: the subject has no id here.
    subjects: [{ pid: 'not-named', about: 'VICTIM', match, deceased: false }],
    method: sent.needed('method', 'Select how you would send it'),
    classification: 'OFFICIAL-SENSITIVE',
    setting,
    meetingId: atMeeting && meets ? sent.needed('meetingId', 'Select the meeting') : undefined,
    consent: compact({
      state: sent.needed('consent.state', 'Select whether they agree'),
      withoutReason: sent.text('consent.withoutReason'),
      refusalNote: sent.text('consent.refusalNote'),
    }),
    statement: sent.text('statement'),
  });
}
