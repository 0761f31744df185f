import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../fault';
import type { Random } from '../random';
import { isCommand, type History } from './history';
import { HttpClient } from './http';
import type { Operation, Operations } from './operations';
import { ended, lost, type Body } from './outcome';
import type { PersonaTokens } from './tokens';

/** What a client needs of the platform under test. */
export interface Reach {
  /** Where a service answers, as a client reaches it. */
  readonly urlOf: (service: Service) => string;
  readonly tokens: PersonaTokens;
}

/** Think time between two operations: sixteen clients then make some 150 a second of what the machine can do. */
const THINK_MS = [20, 120] as const;

/**
 * One client. It writes into the history before it sends and after it heard, and never lets go of a command whose outcome is
 * unknown: it asks again under the same key, until it knows or is told to give up.
 */
export class Client {
  private readonly http = new HttpClient();

  constructor(
    private readonly number: number,
    private readonly random: Random,
    private readonly operations: Operations,
    private readonly history: History,
    private readonly reach: Reach,
  ) {}

  /** run works until `stop` aborts, then settles what is in doubt until `giveUp` aborts. */
  async run(stop: AbortSignal, giveUp: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.perform(this.operations.next(this.random), giveUp);
      await delay(this.random.between(...THINK_MS));
    }
    this.http.close();
  }

  private async perform(operation: Operation, giveUp: AbortSignal): Promise<void> {
    const key = randomUUID();
    for (let attempt = 1; !giveUp.aborted; attempt++) {
      const outcome = await this.attempt(operation, key);
      // A read has no outcome to settle: it is simply made again some time, as another one.
      if (outcome !== 'unknown' || !isCommand(operation.kind)) return;
      await delay(Math.min(2_000, 50 * 2 ** attempt) * (0.5 + this.random.next()));
    }
  }

  private async attempt(operation: Operation, key: string): Promise<'ok' | 'fail' | 'unknown'> {
    const { kind, subject, service, method, path } = operation;
    const { token, userId } = await this.reach.tokens.of(operation.persona);
    const n = this.history.sent({ client: this.number, kind, key, actor: userId, subject });
    try {
      const answer = await this.http.send(
        `${this.reach.urlOf(service)}${path}`,
        method,
        headersOf(operation, key, token),
        operation.body === undefined ? undefined : JSON.stringify(operation.body),
      );
      const { body, ...end } = ended(kind, answer);
      this.history.ended(n, end);
      if (end.outcome === 'ok') operation.learn(body);
      else learnFromRefusal(operation, body);
      return end.outcome;
    } catch (error) {
      this.history.ended(n, lost(error));
      return 'unknown';
    }
  }
}

function headersOf(operation: Operation, key: string, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'x-correlation-id': key,
    ...(operation.method === 'POST' ? { 'idempotency-key': key, 'content-type': 'application/json' } : {}),
    ...(operation.version === undefined ? {} : { 'if-match': `"${operation.version}"` }),
  };
}

/** Somebody else was first: what they made of it is said in the refusal. */
function learnFromRefusal(operation: Operation, body: Body): void {
  if (typeof body['currentVersion'] === 'number') operation.refused?.({ version: body['currentVersion'] });
  else if (body['code'] === 'referral.step-not-open') operation.refused?.({ decided: true });
}
