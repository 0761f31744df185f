import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoMaracAgreement, demoReferrals, signInNames } from './demo-files';
import { signAgreement } from './agreement';
import { sayWhereReached } from './contacts';
import { setUpForums } from './forums';
import { registerReview } from './review';
import { planOf, type Step } from './plan';
import { Visitors, type Reception, type Refused } from './visitors';

/** An installation with the demonstration partnership in it. */
export interface Installation extends Reception {
  /** Where it keeps its data: remembers there that the referrals have been played. */
  readonly dataDir: string;
}

export interface Loaded {
  readonly referrals: number;
  /** Of those, the ones that somebody else had changed already, and that were left as they are. */
  readonly left: number;
}

const MARK = 'demonstration.json';
/** More would wait for the same two cores. */
const AT_ONCE = 4;

/**
 * loadDemonstration makes the demonstration referrals through the API, signs the agreements and sets up the forum, each by the people who would,
 * so that they carry events and audit like any other. Null when that was done before. A run that was cut short is completed by the next,
 * and nothing is made twice. Throws when the API refuses what the demonstration asks.
 */
export async function loadDemonstration(installation: Installation): Promise<Loaded | null> {
  const mark = join(installation.dataDir, MARK);
  if (existsSync(mark)) return null;
  const ids = new Map(signInNames().map((p) => [p.username, p.id]));
  const visitors = new Visitors(installation);
  const plans = demoReferrals().map((referral) => planOf(referral, (username) => ids.get(username) ?? username));
  const waiting = plans.values();
  let left = 0;
  await Promise.all([
    signAgreement(visitors).then(() => signAgreement(visitors, demoMaracAgreement())),
    setUpForums(visitors),
    registerReview(visitors),
    sayWhereReached(visitors),
    ...Array.from({ length: AT_ONCE }, async () => {
      for (const plan of waiting) if (!(await play(visitors, plan))) left++;
    }),
  ]);
  mkdirSync(installation.dataDir, { recursive: true });
  writeFileSync(`${mark}.new`, JSON.stringify({ loadedAt: new Date().toISOString() }));
  renameSync(`${mark}.new`, mark); // whole or not at all
  return { referrals: plans.length, left };
}

/** Plays one referral. False when it is no longer where the demonstration left it: somebody has worked on it since. */
async function play(visitors: Visitors, plan: readonly Step[]): Promise<boolean> {
  let version: number | undefined;
  for (const { by, path, body, key } of plan) {
    const sending = { body, key, ...(version === undefined ? {} : { version }) };
    const answer = await visitors.as(by).send('POST', `/api/referrals${path}`, sending);
    if (answer.status === 409) return false;
    if (answer.status >= 300) throw new Error(refusal(key, answer.status, answer.body as Refused));
    version = (answer.body as { version: number }).version;
  }
  return true;
}

function refusal(key: string, status: number, { code, errors }: Refused): string {
  const fields = errors?.map((e) => `${e.field} (${e.code})`).join(', ');
  return `The demonstration could not be loaded: ${key} was answered ${status} ${code ?? ''} ${fields ?? ''}`.trimEnd();
}
