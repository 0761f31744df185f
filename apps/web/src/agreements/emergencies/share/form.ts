import type { DecisionView, EmergencyLaw } from '../../../apis/agreements';
import { compact, type Submitted } from '../../../design/submitted';

/** How something can be told at once. */
export const METHODS = [
  { value: 'TELEPHONE', text: 'By telephone' },
  { value: 'IN-PERSON', text: 'In person' },
  { value: 'SECURE-EMAIL', text: 'By secure e-mail' },
  { value: 'CONCORDAT', text: 'In Concordat' },
];

/** Who shares, and now. */
export interface Sharing {
  readonly orgId: string;
  readonly now: Date;
  readonly law: EmergencyLaw;
  /** What was refused before, which is asked once more as it was. */
  readonly refused: DecisionView['request'] | null;
}

const HOUR_MS = 3_600_000;
/** Of a request, what is never the caller's to say, and what an emergency says anew. */
const OTHERS = ['requestId', 'at', 'actor', 'breakGlass'];

/**
 * The request to share in an emergency that a form asks of the decision point. What is missing is an error of its field. Pure, but for
 * those.
 */
export function readEmergency(sent: Submitted, { orgId, now, law, refused }: Sharing): object {
  const asked = refused
    ? Object.fromEntries(Object.entries(refused).filter(([name]) => !OTHERS.includes(name)))
    : {
        ...{ kind: 'DISCLOSE', sender: orgId, conditions: {}, setting: 'OUTSIDE' },
        recipients: sent.some('recipients', 'Choose who is to have it'),
        purpose: sent.needed('purpose', 'Select what for'),
        items: sent.some('items', 'Choose what you share'),
        // Told to people who act at once: the subject is named to them, and not here.
        subjects: [
          {
            ...{ pid: 'not-named', about: 'OTHER', deceased: false },
            match: sent.needed('match', 'Select whether you know for certain whom it is about'),
          },
        ],
        method: sent.needed('method', 'Select how you share it'),
        classification: 'OFFICIAL-SENSITIVE',
        consent: { state: sent.needed('consent.state', 'Select whether they agree') },
      };
  const reason = sent.needed('reason', 'Select why it cannot wait');
  const account = sent.needed('account', 'Enter what has happened');
  const authoriser = sent.needed('authoriser', 'Select who authorises it');
  const chosen = sent.needed('basis', 'Select on what you rely');
  const basis = law.breakGlass.bases.find(({ code }) => code === chosen)?.basis;
  const hours = sent.count('hours') ?? 1;
  if (hours < 1 || hours > law.breakGlass.hours)
    sent.wrong('hours', 'out-of-range', `Enter a number of hours from 1 to ${law.breakGlass.hours}`);
  return compact({
    ...asked,
    account,
    breakGlass: compact({
      ...{ reason, basis, authoriser: { userId: authoriser, orgId } },
      expiresAt: new Date(now.getTime() + hours * HOUR_MS).toISOString(),
    }),
  });
}
