import { Visitors } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../../../tools/services/platform';

/** What people were told while services went and came. */
export interface Told {
  /** Ids of acts that were answered for, and of the referrals that they made. */
  readonly acknowledged: { readonly auditId: string; readonly id: string }[];
  /** Nobody was there: the connection was not taken, and nothing was sent. */
  refused: number;
  /** The connection went while an answer was awaited: what a process that drains never does. */
  cut: number;
  /** Answered 503: somebody was there, and could not serve. */
  unavailable: number;
  /** Answered with another error: there must be none. */
  readonly wrong: string[];
}

const PATIENCE_MS = 90_000;

/** People who refer for as long as `going` says so; each sends again under the same key until there is an answer. */
export async function refer(platform: Platform, clients: number, going: () => boolean): Promise<Told> {
  const visitors = new Visitors(platform);
  await visitors.tokenFor('hana');
  const content = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;
  const told: Told = { acknowledged: [], refused: 0, cut: 0, unavailable: 0, wrong: [] };
  const one = async (): Promise<void> => {
    const key = newId();
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(100)) {
      try {
        const sending = { body: { content }, key };
        const answer = await visitors.asImpatient('hana').send('POST', '/api/referrals', sending);
        if (answer.status === 503) told.unavailable++;
        else if (answer.status === 201 || answer.status === 200) {
          const { id, receipt } = answer.body as { id: string; receipt: { auditId: string } };
          told.acknowledged.push({ id, auditId: receipt.auditId });
          return;
        } else return void told.wrong.push(`${answer.status} ${answer.text.slice(0, 200)}`);
      } catch (error) {
        const code = ((error as Error).cause as { code?: string } | undefined)?.code ?? (error as Error).name;
        if (code === 'ECONNREFUSED') told.refused++;
        else told.cut++;
      }
    }
    told.wrong.push('no answer within the patience of a person');
  };
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (going()) {
        await one();
        await delay(50);
      }
    }),
  );
  return told;
}
