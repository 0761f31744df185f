import { setTimeout as delay } from 'node:timers/promises';
import { demoContacts } from './demo-files';
import type { Refused, Visitors } from './visitors';

interface Given {
  readonly id: string;
  readonly username: string;
  /** As it stands in the mailbox. */
  readonly to: string;
}
interface Letter {
  readonly to: string;
  readonly text: string;
}

/** Longer than the sender takes to come round. A demonstration is none the worse for an address that stays unconfirmed. */
const PATIENCE_MS = 10_000;

/**
 * sayWhereReached has people of the demonstration give their addresses, and confirm them by the codes in the mailbox. Where there
 * is none, because messages really leave, it gives none: nothing would arrive. Asked again, it does nothing twice.
 */
export async function sayWhereReached(visitors: Visitors): Promise<void> {
  const people = demoContacts();
  const [first] = people;
  if (!first || (await mailbox(visitors, first.username)) === null) return;
  const given = (await Promise.all(people.map((person) => give(visitors, person)))).flat();
  const waiting = new Map(given.map((one) => [one.to, one]));
  for (const until = Date.now() + PATIENCE_MS; waiting.size > 0 && Date.now() < until; await delay(250))
    for (const { to, text } of (await mailbox(visitors, first.username)) ?? []) {
      const code = /code is (\d{6})/.exec(text)?.[1];
      const one = waiting.get(to);
      if (!code || !one) continue;
      waiting.delete(to);
      await visitors.as(one.username).send('POST', `/api/notifications/contact-details/${one.id}/confirmation`, {
        ...{ body: { code }, key: `demonstration/confirm/${one.id}` },
      });
    }
}

async function mailbox(visitors: Visitors, username: string): Promise<readonly Letter[] | null> {
  const { status, body } = await visitors.as(username).send('GET', '/api/notifications/mailbox');
  return status === 200 ? (body as { items: Letter[] }).items : null;
}

async function give(
  visitors: Visitors,
  { username, ...by }: ReturnType<typeof demoContacts>[number],
): Promise<Given[]> {
  const given: Given[] = [];
  for (const channel of ['email', 'text'] as const) {
    const address = by[channel];
    if (!address) continue;
    const sending = { body: { channel, address }, key: `demonstration/${channel}/${username}` };
    const answer = await visitors.as(username).send('POST', '/api/notifications/contact-details', sending);
    const { code = '' } = answer.body as Refused;
    if (code === 'contact-details.not-used') continue;
    if (answer.status >= 300)
      throw new Error(`${username} could not say where they are reached: ${answer.status} ${code}`);
    const to = channel === 'email' ? address : address.replace(/^0/, '+44').replace(/\s/g, '');
    given.push({ id: (answer.body as { id: string }).id, username, to });
  }
  return given;
}
