import { signAgreement, signInNames, Visitors, type Visitor } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { tell, Refusal, type Told } from '../../tools/demo/story';
import type { Platform } from '../../tools/services/platform';
import { mode, sharedPlatform } from './platform';

interface Line {
  readonly action: string;
  readonly outcome: string;
}

describe(`the story (${mode})`, () => {
  let platform: Platform;
  let told: Told;
  let visitors: Visitors;
  const as = (username: string): Visitor => visitors.as(username);

  beforeAll(async () => {
    platform = await sharedPlatform();
    visitors = new Visitors(platform);
  }, 180_000);

  const file = (name: string): unknown => JSON.parse(readFileSync(`packs/demo/${name}`, 'utf8')) as unknown;
  const linesOf = async (query: string): Promise<Line[]> => {
    const { body } = await as('erin').send('GET', `/api/audit/trail?${query}&limit=100`);
    return (body as { items: Line[] }).items;
  };

  it('runs from a referral to an offline proof', async () => {
    const steps: string[] = [];
    told = await tell(platform, file('referral.example.json'), (step) => steps.push(step));
    expect(steps).toHaveLength(12);
    expect(told.subjects.length).toBeGreaterThan(0);
  }, 120_000);

  it('puts on record whoever read the trail, took it out, and verified it', async () => {
    const erin = signInNames().find((p) => p.username === 'erin')!;
    await eventually(
      async () => {
        const done = (await linesOf(`user=${erin.id}`)).filter((l) => l.outcome === 'done').map((l) => l.action);
        expect(done).toEqual(expect.arrayContaining(['trail.read', 'trail.export', 'trail.verify']));
      },
      { timeoutMs: 20_000, everyMs: 200 },
    );
  }, 60_000);

  it('lets another agency in when the lead says so, and out again; both are on record', async () => {
    const path = `/api/records/cases/${told.caseId}`;
    const carys = (await as('carys').send('GET', '/api/identity/me')).body as { organisation: { id: string } };
    const change = async (at: string, body: object): Promise<void> => {
      const { version } = (await as('amina').send('GET', path)).body as { version: number };
      const { status } = await as('amina').send('POST', `${path}${at}`, { body, key: newId(), version });
      expect([200, 201]).toContain(status);
    };
    const sees = async (): Promise<number[]> => {
      const both = [path, `/api/referrals/${told.referralId}`].map((each) => as('carys').send('GET', each));
      return (await Promise.all(both)).map((answer) => answer.status);
    };
    expect(await sees()).toEqual([404, 404]);
    await change('/participations', { orgId: carys.organisation.id, level: 'reader' });
    // The case at once; the referral when the event has reached the context that keeps it.
    await eventually(async () => expect(await sees()).toEqual([200, 200]), { timeoutMs: 20_000, everyMs: 100 });
    await change(`/participations/${carys.organisation.id}/ending`, {});
    await eventually(async () => expect(await sees()).toEqual([404, 404]), { timeoutMs: 20_000, everyMs: 100 });
    await eventually(
      async () => {
        const lines = (await linesOf(`case=${told.caseId}`)).filter((l) => l.action === 'case.change-participation');
        expect(lines.map((l) => l.outcome)).toEqual(['done', 'done']);
      },
      { timeoutMs: 20_000, everyMs: 200 },
    );
  }, 90_000);

  it('refers the case to another agency under an agreement and not without; both sides name one decision', async () => {
    const at = `/api/records/cases/${told.caseId}`;
    const refer = async () => {
      const { version } = (await as('amina').send('GET', at)).body as { version: number };
      const body = {
        recipient: signInNames().find((p) => p.username === 'bevan')!.id,
        ...{ reason: 'She has not been seen by a nurse since May.', purpose: 'health-care', view: 'health' },
        ...{ legalBasis: 'public-task', urgency: 'soon', consent: { answer: 'given' } },
      };
      return as('amina').send('POST', `${at}/onward-referrals`, { body, key: newId(), version });
    };
    const refused = await refer();
    expect(refused.body).toMatchObject({ status: 403, code: 'sharing.refused', reasons: ['AGREEMENT_UNKNOWN'] });
    await signAgreement(visitors);
    const offered = await refer();
    expect(offered.body).toMatchObject({ status: 'offered' });
    const body = offered.body as { id: string };
    const referral = `/api/records/onward-referrals/${body.id}`;
    const { permit } = (await as('amina').send('GET', referral)).body as { permit: { decisionId: string } };
    const kept = (await as('amina').send('GET', `/api/sharing/decisions/${permit.decisionId}`)).body;
    expect(kept).toMatchObject({ decision: { outcome: 'PERMIT', ...permitted(permit) }, replayed: { same: true } });
    await as('bevan').send('POST', `${referral}/acceptance`, { body: {}, key: newId(), version: 1 });
    expect((await as('bevan').send('GET', `${referral}/case`)).status).toBe(200);
    await eventually(
      async () => {
        const lines = (await linesOf(`case=${told.caseId}`)).filter((l) => l.action === 'referral.offer');
        expect(lines.map((l) => l.outcome).sort()).toEqual(['denied', 'done']);
      },
      { timeoutMs: 20_000, everyMs: 200 },
    );
  }, 90_000);

  it('runs twice at once, and the two do not meet', async () => {
    const both = await Promise.all([1, 2].map(() => tell(platform, file('referral.example.json'), () => undefined)));
    expect(new Set(both.map((t) => t.caseId)).size).toBe(2);
  }, 120_000);

  it('says what is wrong with a referral, field by field, and takes none of it', async () => {
    const refused = await tell(platform, file('referral.invalid.json'), () => undefined).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Refusal);
    const { errors } = refused as Refusal;
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.every((e) => e.field !== '' && /^[a-z.-]+$/.test(e.code) && e.message !== '')).toBe(true);
  }, 60_000);
});

/** What a permit repeats of its decision. */
const permitted = ({ decisionId: _, ...rest }: { decisionId: string }): object => rest;
