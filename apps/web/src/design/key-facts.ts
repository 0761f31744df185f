import type { SafeContactContent } from '../apis/referral-content';
import { lateBy } from './filters';

/** Something that whoever opens a referral or a case must not miss. Always in words, never by colour alone. */
export interface Alert {
  readonly kind: 'danger' | 'staff' | 'contact' | 'overdue';
  readonly text: string;
}

const DO_NOT: Readonly<Record<string, string>> = {
  phone: 'Do not call',
  text: 'Do not send texts',
  email: 'Do not email',
  letter: 'Do not write letters',
  visit: 'Do not visit',
  'through-someone': 'Do not make contact through someone else',
  other: 'Do not use another way of contact that is listed',
};

const ONE_OF: Readonly<Record<string, string>> = {
  phone: 'One telephone number',
  text: 'One number for texts',
  email: 'One email address',
  letter: 'One postal address',
  visit: 'One address to visit',
};

/** What nobody uses: anything but a plain yes means no (domain/risk-conferences.md §2.5). */
export function contactAlerts(contact: SafeContactContent | null | undefined): Alert[] {
  const methods = contact?.methods ?? [];
  const usable = new Set(methods.filter((m) => m.safe === 'yes').map((m) => m.channel));
  const barred = new Map<string, string>();
  for (const { channel = 'other', safe } of methods)
    if (safe !== 'yes' && barred.get(channel) !== 'no') barred.set(channel, safe ?? 'unknown');
  const alerts = [...barred].map(([channel, safe]): Alert => {
    const why = safe === 'no' ? 'not safe' : 'not known to be safe';
    if (usable.has(channel))
      return { kind: 'contact', text: `${ONE_OF[channel] ?? 'One way of contact'} is ${why}: see below` };
    return { kind: 'contact', text: `${DO_NOT[channel] ?? DO_NOT['other']}: ${why}` };
  });
  const spoken = methods.filter((m) => m.safe === 'yes' && m.channel === 'phone');
  if (spoken.some((m) => m.messageAllowed !== 'yes')) alerts.push({ kind: 'contact', text: 'Do not leave messages' });
  if (spoken.some((m) => m.withheldNumber)) alerts.push({ kind: 'contact', text: 'Withhold your number' });
  if (usable.size === 0) alerts.unshift({ kind: 'contact', text: 'No safe way to make contact is known' });
  return alerts;
}

export function staffAlerts(risk: { level?: string; visitInPairs?: boolean } | null | undefined): Alert[] {
  if (risk?.level === 'known' || risk?.visitInPairs)
    return [{ kind: 'staff', text: `Risk to staff${risk.visitInPairs ? ': visit in pairs' : ''}` }];
  if (risk?.level === 'not-known') return [{ kind: 'staff', text: 'Risk to staff: not known' }];
  return [];
}

/** What is late, and how late it is. */
export function overdueAlerts(item: { overdue: boolean; dueAt: string | null; dueFor: string | null }): Alert[] {
  if (!item.overdue || !item.dueAt) return [];
  return [{ kind: 'overdue', text: `${item.dueFor === 'rate' ? 'Rating' : 'Decision'} ${lateBy(item.dueAt)}` }];
}

export const dangerAlerts = (urgency: string | undefined): Alert[] =>
  urgency === 'immediate-danger' ? [{ kind: 'danger', text: 'Immediate danger' }] : [];
