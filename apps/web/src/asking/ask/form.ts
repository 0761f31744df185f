import { consentIn, missing } from '../../hand-over/sharing';
import { compact, type Submitted } from '../../design/submitted';

/** What a form asks of another agency, and what is wrong with it. Whether it says enough of somebody, the service decides. */
export function parse(sent: Submitted) {
  const [toOrg, purpose] = [sent.text('toOrg'), sent.text('purpose')];
  const { consent, needed } = consentIn(sent);
  const person = compact({
    given: sent.text('person.given'),
    family: sent.text('person.family'),
    dateOfBirth: sent.date('person.dateOfBirth', { partial: true, what: 'Their date of birth' }),
    postcode: sent.text('person.postcode'),
    nhsNumber: sent.text('person.nhsNumber'),
  });
  const wanted = missing([
    ['toOrg', toOrg, 'Select which agency you ask'],
    ['purpose', purpose, 'Select the purpose'],
    ...needed,
  ]);
  return {
    body: { toOrg, purpose, person, ...(consent ? { consent } : {}) },
    problems: [...wanted, ...sent.errors],
  };
}

/** The field of the page that a problem of the service is about. */
export const fieldOf = (field: string): string =>
  ({ 'person.dateOfBirth': 'person.dateOfBirth-day', consent: 'consent.answer' })[field] ?? field;
