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
/** A mailbox is in memory: codes of a start that was cut short are gone, and others are asked for. */
const AGAIN_MS = 4_000;

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
  const began = Date.now();
  for (let again = false; waiting.size > 0 && Date.now() - began < PATIENCE_MS; await delay(250)) {
    for (const { to, text } of (await mailbox(visitors, first.username)) ?? []) {
      const code = /code is (\d{6})/.exec(text)?.[1];
      const one = waiting.get(to);
      if (code && one && (await isConfirmed(visitors, one, code))) waiting.delete(to);
    }
    if (again || Date.now() - began < AGAIN_MS) continue;
    again = true;
    for (const [to, { id, username }] of [...waiting])
      if ((await act(visitors, username, id, 'codes', {})).status === 404) waiting.delete(to);
  }
}

/** Of an address that was confirmed at an earlier start, there is nothing to confirm any more. */
async function isConfirmed(visitors: Visitors, { id, username }: Given, code: string): Promise<boolean> {
  const { status } = await act(visitors, username, id, 'confirmation', { code });
  return status === 200 || status === 404;
}

const act = (visitors: Visitors, username: string, id: string, what: string, body: { code?: string }) =>
  visitors.as(username).send('POST', `/api/notifications/contact-details/${id}/${what}`, {
    ...{ body, key: `demonstration/${what}/${id}/${body.code ?? ''}` },
  });

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
