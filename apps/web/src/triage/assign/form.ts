import type { StaffMember } from '../../apis/identity';
import type { Submitted } from '../../design/submitted';
import type { Parsed } from '../acting';

/** To whom: oneself, nobody, or another member of the triaging agency's staff. `me` is the id of who asks. */
export const parseFor =
  (me: string) =>
  (sent: Submitted): Parsed => {
    const to = sent.text('to');
    const someone = sent.text('assignedTo');
    const answers = to ? [{ key: 'Assign to', value: { me: 'Me', nobody: 'Nobody' }[to] ?? 'Someone else' }] : [];
    if (to === 'me') return { body: { assignedTo: me }, problems: [], answers };
    if (to === 'nobody') return { body: { assignedTo: null }, problems: [], answers };
    const problem =
      to !== 'someone'
        ? { field: 'to', code: 'required', message: 'Select who works on this referral' }
        : { field: 'assignedTo', code: 'required', message: 'Select a colleague' };
    return { body: { assignedTo: someone }, problems: to === 'someone' && someone ? [] : [problem], answers };
  };

/** Colleagues who may be given this referral, by name. The referrals context checks again. */
export function colleagues(staff: readonly StaffMember[], me: string, areaId: string) {
  return staff
    .filter((s) => s.active && s.mayReceive && s.id !== me && (s.areas.length === 0 || s.areas.includes(areaId)))
    .map((s) => ({ value: s.id, text: s.name }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));
}
