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
  const wanted = (name: string, message: string): string => {
    const value = sent.text(name);
    if (value === undefined) sent.wrong(name, 'required', message);
    return value ?? '';
  };
  const some = (name: string, message: string): string[] => {
    const values = sent.list(name);
    if (values.length === 0) sent.wrong(name, 'required', message);
    return values;
  };
  const setting = wanted('setting', 'Select where');
  const atMeeting = setting === 'MEETING';
  if (atMeeting && !meets) sent.wrong('setting', 'no-meeting', 'You sit in no meeting that is in session');
  const match = wanted('match', 'Select whether you know for certain whom it is about');
  const facts = sent.list('facts');
  const conditions = new Set(document.dataItems.flatMap((i) => ('condition' in i ? [String(i.condition)] : [])));
  return compact({
    kind: 'DISCLOSE',
    agreementId: document.id,
    sender,
    recipients: some('recipients', 'Choose who is to have it'),
    purpose: wanted('purpose', 'Select what for'),
    items: some('items', 'Choose what you want to share'),
    conditions: Object.fromEntries([...conditions].map((fact) => [fact, facts.includes(fact)])),
    // Asked before anybody is named: the subject has no id here.
    subjects: [{ pid: 'not-named', about: 'VICTIM', match, deceased: false }],
    method: wanted('method', 'Select how you would send it'),
    classification: 'OFFICIAL-SENSITIVE',
    setting,
    meetingId: atMeeting && meets ? wanted('meetingId', 'Select the meeting') : undefined,
    consent: compact({
      state: wanted('consent.state', 'Select whether they agree'),
      withoutReason: sent.text('consent.withoutReason'),
      refusalNote: sent.text('consent.refusalNote'),
    }),
    statement: sent.text('statement'),
  });
}
