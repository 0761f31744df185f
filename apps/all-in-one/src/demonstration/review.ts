import { signInNames } from './demo-files';
import type { Visitors } from './visitors';

const AT = '/api/reviews';
const COORDINATOR = 'jo';
const DETECTIVE = 'gwen';
const MIDWIVES = 'Eastvale NHS Trust';
/** A death of nobody, long enough ago for its clocks to have something to say. */
const DATES = [
  { code: 'death', date: '2026-01-09' },
  { code: 'notice', date: '2026-01-14' },
  { code: 'aware', date: '2026-01-14' },
];

/**
 * registerReview makes the demonstration review through the API: notified, a detective named to see it, and an early
 * recommendation that is accepted. Keys are its own, so that a run that was cut short is completed by the next. Throws when
 * the API refuses a step.
 */
export async function registerReview(visitors: Visitors): Promise<void> {
  const post = async (step: string, path: string, body: object, version?: number) => {
    const sending = { body, key: `demonstration-review-${step}`, ...(version ? { version } : {}) };
    const answer = await visitors.as(COORDINATOR).send('POST', AT + path, sending);
    const made = answer.body as { id: string; version: number; code?: string };
    if (answer.status >= 300)
      throw new Error(`The demonstration review could not be made: ${step} was answered ${answer.status} ${made.code}`);
    return made;
  };
  const people = signInNames();
  const userId = people.find((p) => p.username === DETECTIVE)?.id;
  const ownerOrg = people.find((p) => p.organisation === MIDWIVES)?.organisationId;
  const review = await post('registered', '/reviews', {
    ...{ kind: 'domestic-homicide-review', notifier: 'Northbank Police', dates: DATES },
    about:
      'A woman was found dead at her home. Her former partner has been charged. Two children live with her mother.',
  });
  const named = await post('named', `/reviews/${review.id}/members`, { userId, seat: 'Police' }, review.version);
  const early = await post(
    'recommended',
    `/reviews/${review.id}/recommendations`,
    {
      ...{ source: 'early', level: 'local', theme: 'Asking about abuse', ownerOrg },
      text: 'Midwives see every patient alone once, and ask about abuse then.',
      smart: ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'],
    },
    named.version,
  );
  await post('answered', `/recommendations/${early.id}/answers`, { response: 'accepted' }, early.version);
}
