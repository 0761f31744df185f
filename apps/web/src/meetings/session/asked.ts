import type { Submitted } from '../../design/submitted';

/** What a form of the session page asks for, as the API takes it. */
export interface Asked {
  readonly done: 'open' | 'presence' | 'notes' | 'action' | 'hear' | 'put' | 'vote' | 'home';
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Reads which of its forms was sent. One page has several, each with a button of its own. */
export function asked(sent: Submitted): Asked {
  const text = (name: string): string => sent.text(name) ?? '';
  if (sent.text('arrived') ?? sent.text('left')) {
    const body = { userId: sent.text('arrived') ?? sent.text('left'), present: sent.text('arrived') !== undefined };
    return { done: 'presence', method: 'POST', path: 'presence', body };
  }
  const observer = sent.text('admit') ?? sent.text('dismiss');
  if (observer) {
    const body = { userId: observer, present: sent.text('admit') !== undefined };
    return { done: 'presence', method: 'POST', path: 'observers', body };
  }
  const vote = sent.text('vote');
  if (vote) {
    const [ballot = '', orgId = '', choice = ''] = vote.split('.');
    return { done: 'vote', method: 'POST', path: 'votes', body: { ballot, orgId, choice } };
  }
  switch (sent.text('do')) {
    case 'put': {
      if (!sent.text('put')) sent.wrong('put', 'required', 'Choose what is put to the vote');
      return { done: 'put', method: 'POST', path: 'ballots', body: { decision: text('put') } };
    }
    case 'home': {
      if (!sent.text('homeOrg')) sent.wrong('homeOrg', 'required', 'Choose the agency for the area');
      return { done: 'home', method: 'POST', path: 'home-agency', body: { orgId: text('homeOrg') } };
    }
    case 'notes': {
      const body = { harm: text('harm'), contributory: text('contributory'), protective: text('protective') };
      return { done: 'notes', method: 'PUT', path: 'notes', body };
    }
    case 'action': {
      const dueOn = sent.date('dueOn', { what: 'The day by which it is to be done' });
      if (!dueOn && sent.errors.length === 0)
        sent.wrong('dueOn-day', 'required', 'Enter the day by which it is to be done');
      if (!sent.text('what')) sent.wrong('what', 'required', 'Enter what is to be done');
      if (!sent.text('ownerOrg')) sent.wrong('ownerOrg', 'required', 'Choose the agency that does it');
      return {
        done: 'action',
        method: 'POST',
        path: 'actions',
        body: { what: text('what'), ownerOrg: text('ownerOrg'), dueOn },
      };
    }
    case 'hear': {
      if (!sent.text('decision')) sent.wrong('decision', 'required', 'Choose what was decided');
      if (!sent.text('rationale')) sent.wrong('rationale', 'required', 'Say why');
      const againFrom = sent.date('againFrom', { what: 'The day from which it is looked at again' });
      return {
        done: 'hear',
        method: 'POST',
        path: 'decisions',
        body: {
          ...{ decision: text('decision'), rationale: text('rationale') },
          recorded: text(`recorded.${text('decision')}`),
          ...(sent.text('consentBy') ? { consentBy: text('consentBy') } : {}),
          ...(againFrom ? { againFrom } : {}),
        },
      };
    }
    default:
      return { done: 'open', method: 'POST', path: 'openings', body: {} };
  }
}
