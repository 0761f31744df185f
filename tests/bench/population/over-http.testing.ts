import { eventually, personaToken } from '@concordat/testing';
import { newId } from '@concordat/contracts';
import type { Actor, Running } from '@concordat/platform';
import type { Client } from 'pg';
import type { Staff } from './partnership';
import { TRIAGE, type Step, type Subject, type Taker } from './steps';

interface Asked {
  readonly body?: unknown;
  readonly version?: number;
  readonly key?: string;
}

/** Takes steps over HTTP, as people do. */
export class OverHttp implements Taker {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    private readonly running: Running,
    private readonly staff: Staff,
    private readonly sql: Client,
  ) {}

  /** Throws unless the answer is a success. */
  async ask<T>(by: Actor, method: string, path: string, asked: Asked = {}): Promise<T> {
    const response = await this.answer(by, method, path, asked);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async answer(by: Actor, method: string, path: string, { body, version, key }: Asked = {}): Promise<Response> {
    const name = this.staff.usernameOf(by.id);
    const token = await (this.tokens.get(name) ?? this.sign(name));
    return fetch(`${this.running.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'idempotency-key': key ?? newId() } : {}),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async take(subject: Subject, step: Step): Promise<void> {
    const at = `/api/referrals/${subject.id}`;
    const { version } = subject;
    switch (step.do) {
      case 'submit': {
        const made = await this.ask<Subject>(step.by, 'POST', '/api/referrals', { body: { content: step.content } });
        return void Object.assign(subject, { id: made.id, version: made.version });
      }
      case 'view':
        return this.ask(step.by, 'GET', at);
      case 'list':
        return this.ask(step.by, 'GET', '/api/referrals');
      case 'search': {
        const { searchId } = await this.ask<{ searchId: string }>(step.by, 'POST', '/api/referrals/searches', {
          body: { q: step.q },
        });
        return this.ask(step.by, 'GET', `/api/referrals/searches/${searchId}`);
      }
      case 'list-cases':
        return this.ask(step.by, 'GET', '/api/records/cases');
      case 'view-case':
        return this.ask(step.by, 'GET', `/api/records/cases/${(await this.caseOf(subject)).id}`);
      case 'join':
      case 'leave': {
        const { id, version: now } = await this.caseOf(subject);
        const parts = `/api/records/cases/${id}/participations`;
        return step.do === 'join'
          ? this.ask(step.by, 'POST', parts, { body: { orgId: step.org, level: step.level }, version: now })
          : this.ask(step.by, 'POST', `${parts}/${step.org}/ending`, { version: now });
      }
      default: {
        const path = `${at}/${TRIAGE[step.do]}`;
        const done = await this.ask<Subject>(step.by, 'POST', path, { body: step.body, version });
        subject.version = done.version;
      }
    }
  }

  /** The case, which is opened a moment after its referral was accepted: looked up where looking leaves no trace. */
  private async caseOf({ id }: Subject): Promise<{ id: string; version: number }> {
    const find = () =>
      this.sql.query<{ id: string; version: number }>(
        'SELECT id, version FROM records.case_file WHERE referral_id = $1',
        [id],
      );
    await eventually(async () => (await find()).rowCount === 1);
    return (await find()).rows[0]!;
  }

  private sign(name: string): Promise<string> {
    const token = personaToken(this.running, name);
    this.tokens.set(name, token);
    return token;
  }
}
