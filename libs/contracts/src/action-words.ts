import type { ActKind } from './act-kinds';
import type { Action } from './permissions';

/** inWords turns a code without a title of its own into words: `information-requested` is "Information requested". */
export function inWords(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What administrators do, as they would say it: they choose among these by name. */
const ADMINISTERED: Partial<Record<Action, string>> = {
  'register.view': 'Look at the organisations and areas',
  'organisation.add': 'Add an organisation',
  'organisation.change': 'Change an organisation',
  'organisation.close': 'Close an organisation',
  'organisation.reopen': 'Open an organisation again',
  'area.add': 'Add an area',
  'area.change': 'Change an area',
  'area.close': 'Close an area',
  'area.reopen': 'Open an area again',
  'membership.list': 'Look at the people of an organisation',
  'membership.grant': 'Make somebody a member',
  'membership.change': 'Change what a member is and may do',
  'membership.revoke': 'End a membership',
  'client.list': 'Look at the systems that use the API',
  'client.register': 'Register a system',
  'client.add-secret': 'Give a system another secret',
  'client.end-secret': 'End a secret of a system',
  'client.end': 'End a system',
  'pack.view': 'Look at law and local practice in force',
  'insight.rebuild': 'Count the figures anew',
  'notice.list-failures': 'Look at messages that did not arrive',
  'notice.retry': 'Send a message again',
  'webhook.list': 'Look at the webhooks',
  'webhook.view': 'Look at a webhook and what it sent',
  'webhook.register': 'Add a webhook',
  'webhook.change': 'Change a webhook',
  'webhook.switch': 'Pause or resume a webhook',
  'webhook.change-key': 'Give a webhook another key',
  'webhook.change-secret': 'Give a webhook a shared secret, or take it away',
  'webhook.test': 'Try a webhook out',
  'webhook.replay': 'Send again what a webhook was told',
  'work.oversee': 'Look at long work and how the services do',
  'stream.release': 'Try a record that is held up again',
};

/** What was done, for people: `referral.request-information` is "Request information: referral". */
export function actionInWords(action: string): string {
  const said = Object.hasOwn(ADMINISTERED, action) ? ADMINISTERED[action as Action] : undefined;
  if (said !== undefined) return said;
  const [noun = '', verb = ''] = action.split('.');
  return `${inWords(verb)}: ${noun.replaceAll('-', ' ')}`;
}

const KINDS: Readonly<Record<ActKind, string>> = {
  read: 'Read',
  changed: 'Changed or decided',
  disclosed: 'Disclosed',
  searched: 'Searched',
  exported: 'Exported or taken out',
  refused: 'Refused',
  'broke-the-glass': 'Opened in an emergency',
};

/** A kind of acts, for people. */
export const actKindInWords = (kind: ActKind): string => KINDS[kind];

const OUTCOMES: Readonly<Record<string, string>> = { done: 'Done', denied: 'Refused', failed: 'Failed' };

/** How an act ended, for people; an outcome of another time as it stands in its leaf. */
export const outcomeInWords = (outcome: string): string => OUTCOMES[outcome] ?? outcome;

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** dayInWords says a civil date as exactly as it is known: `22 November 2026`, `November 2026`, `2026`; anything else as it stands. */
export function dayInWords(day: string): string {
  if (/^\d{4}-\d{2}$/.test(day)) return MONTH.format(new Date(`${day}-01T00:00:00Z`));
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? DAY.format(new Date(`${day}T00:00:00Z`)) : day;
}
