import { Visitors, type Answer, type Reception } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** What people were told while processes went and came. */
export interface Told {
  /** Every act that was answered for: a referral, a rating, a decision. */
  readonly acts: string[];
  /** Referrals that were made, and those of them that were accepted, so that a case must open in another context. */
  readonly referrals: string[];
  readonly accepted: string[];
  /** Pages, of those who have not signed in, that were answered. */
  pages: number;
  /** Nobody was there: the connection was not taken, and nothing was sent. */
  refused: number;
  /** The connection went while an answer was awaited: what a process that drains never does. What was asked, and the code. */
  readonly cut: string[];
  /** Answered 503: somebody was there, and could not serve. */
  unavailable: number;
  /** Answered with another error: there must be none. */
  readonly wrong: string[];
}

const PATIENCE_MS = 90_000;
/** Every so many referrals one is rated and accepted too: that crosses contexts, by events and by HTTP. */
const ACCEPTED_EVERY = 4;

interface Reply {
  readonly id: string;
  readonly version: number;
  readonly receipt: { readonly auditId: string };
}

/** People who refer, rate and accept, and look at pages, for as long as `going` says so; each sends again under the same key. */
export class People {
  readonly told: Told = {
    ...{ acts: [], referrals: [], accepted: [], cut: [], wrong: [] },
    ...{ pages: 0, refused: 0, unavailable: 0 },
  };
  private readonly visitors: Visitors;
  private readonly content = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;

  constructor(private readonly reception: Reception) {
    this.visitors = new Visitors(reception);
  }

  async arrive(): Promise<void> {
    await Promise.all(['hana', 'amina'].map((who) => this.visitors.tokenFor(who)));
  }

  async work(clients: number, going: () => boolean): Promise<Told> {
    let n = 0;
    const client = async (): Promise<void> => {
      for (; going(); await delay(50)) await this.refer(n++);
    };
    const reader = async (): Promise<void> => {
      for (; going(); await delay(50)) await this.look();
    };
    await Promise.all([...Array.from({ length: clients }, client), reader()]);
    return this.told;
  }

  private async refer(n: number): Promise<void> {
    const made = await this.act('hana', '/api/referrals', { content: this.content });
    if (!made) return;
    this.told.referrals.push(made.id);
    if (n % ACCEPTED_EVERY !== 0) return;
    const at = `/api/referrals/${made.id}`;
    const rated = await this.act('amina', `${at}/ratings`, { colour: 'amber' }, made.version);
    if (!rated) return;
    const decision = { outcome: 'accept', rationale: 'Several agencies are needed' };
    if (await this.act('amina', `${at}/decisions`, decision, rated.version)) this.told.accepted.push(made.id);
  }

  private async act(who: string, path: string, body: object, version?: number): Promise<Reply | null> {
    const sending = { body, key: newId(), ...(version === undefined ? {} : { version }) };
    const what = path.replace(/[0-9a-f-]{36}/, '…');
    const answer = await this.answered(what, () => this.visitors.asImpatient(who).send('POST', path, sending));
    if (!answer) return null;
    this.told.acts.push((answer.body as Reply).receipt.auditId);
    return answer.body as Reply;
  }

  /** A page as somebody gets it who has not signed in: the front end answers by itself, and asks whom it must. */
  private async look(): Promise<void> {
    const answer = await this.answered('a page', async () => {
      const response = await fetch(this.reception.urlOf('/'), {
        redirect: 'manual',
        signal: AbortSignal.timeout(15_000),
      });
      const text = await response.text();
      return { status: response.status < 400 ? 200 : response.status, headers: response.headers, text, body: text };
    });
    if (answer) this.told.pages++;
  }

  private async answered(what: string, ask: () => Promise<Answer>): Promise<Answer | null> {
    const { told } = this;
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(100)) {
      try {
        const answer = await ask();
        if (answer.status === 200 || answer.status === 201) return answer;
        if (answer.status !== 503) {
          told.wrong.push(`${answer.status} ${answer.text.slice(0, 300)}`);
          return null;
        }
        told.unavailable++;
      } catch (error) {
        const code = ((error as Error).cause as { code?: string } | undefined)?.code ?? (error as Error).name;
        if (code === 'ECONNREFUSED') told.refused++;
        else told.cut.push(`${what}: ${code} at ${new Date().toISOString()}`);
      }
    }
    told.wrong.push('no answer within the patience of a person');
    return null;
  }
}
