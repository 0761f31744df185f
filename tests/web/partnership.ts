import { eventually, type TestApp } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLE = JSON.parse(readFileSync(join(__dirname, '../../packs/demo/referral.example.json'), 'utf8')) as object;

/** A referral's content that is complete, with `more` in the place of its parts. */
export const exampleContent = (more: object = {}): Record<string, unknown> => ({
  ...structuredClone(EXAMPLE),
  ...more,
});

/** The demonstration partnership, wherever it runs: what its people do through the API. */
export class Partnership {
  constructor(readonly app: Pick<TestApp, 'as' | 'freshlyAs' | 'sql' | 'tokenFor' | 'url'>) {}

  /** A draft of a persona's, made through the API. */
  async draft(username: string, content: object): Promise<{ id: string; version: number }> {
    const { status, body } = await this.app.as(username).post('/api/referrals/drafts', { content });
    expect([status, body.code]).toEqual([201, undefined]);
    return body as { id: string; version: number };
  }

  /** A referral that a persona has made, through the API. */
  async referral(username = 'hana', more: object = {}): Promise<{ id: string; reference: string; version: number }> {
    const { status, body } = await this.app.as(username).post('/api/referrals', { content: exampleContent(more) });
    expect([status, body.errors]).toEqual([201, undefined]);
    return body as { id: string; reference: string; version: number };
  }

  /** Does one thing to a referral, from the version that it has. */
  async act(username: string, id: string, what: string, body: object): Promise<void> {
    const caller = this.app.as(username);
    const { version } = (await caller.get(`/api/referrals/${id}`)).body as { version: number };
    const answer = await caller.post(`/api/referrals/${id}/${what}`, body, { version, key: randomUUID() });
    expect([what, answer.status < 300, answer.body]).toEqual([what, true, expect.anything()]);
  }

  /** A case that Northbank Council leads, opened by accepting a referral of Hana's. Waits until it is there. */
  async case(): Promise<{ caseId: string; referralId: string }> {
    const { id: referralId } = await this.referral();
    await this.act('amina', referralId, 'ratings', { colour: 'red' });
    await this.act('amina', referralId, 'decisions', { outcome: 'accept', rationale: 'Several agencies are needed.' });
    const amina = this.app.as('amina');
    const { caseId } = (await amina.get(`/api/referrals/${referralId}`)).body as { caseId: string };
    await eventually(async () => (await amina.get(`/api/records/cases/${caseId}`)).status === 200, {
      timeoutMs: 15_000,
    });
    return { caseId, referralId };
  }
}
