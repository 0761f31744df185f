import { signAgreement, signInNames, Visitors, type Visitor } from '@concordat-app/all-in-one';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { tell, Refusal, type Told } from '../../tools/demo/story';
import type { Platform } from '../../tools/services/platform';
import { query } from './curtain';
import { mode, sharedPlatform } from './platform';

interface Line {
  readonly action: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
}

describe(`the story (${mode})`, () => {
  let platform: Platform;
  let told: Told;
  let visitors: Visitors;
  let onwardId: string;
  const as = (username: string): Visitor => visitors.as(username);

  beforeAll(async () => {
    platform = await sharedPlatform();
    visitors = new Visitors(platform);
  }, 180_000);

  const file = (name: string): unknown => JSON.parse(readFileSync(`packs/demo/${name}`, 'utf8')) as unknown;
  const bevan = (): string => signInNames().find((p) => p.username === 'bevan')!.id;
  const referralTo = (recipient: string): object => ({
    ...{ recipient, reason: 'She has not been seen by a nurse since May.', purpose: 'health-care', view: 'health' },
    ...{ legalBasis: 'public-task', urgency: 'soon', consent: { answer: 'given' } },
  });
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

  it('refers the case to another agency under an agreement and not without; both sides name one decision', async () => {
    const at = `/api/records/cases/${told.caseId}`;
    const refer = async () => {
      const { version } = (await as('amina').send('GET', at)).body as { version: number };
      const body = referralTo(bevan());
      return as('amina').send('POST', `${at}/onward-referrals`, { body, key: newId(), version });
    };
    const refused = await refer();
    const { version } = (await as('amina').send('GET', at)).body as { version: number };
    const carys = (await as('carys').send('GET', '/api/identity/me')).body as { organisation: { id: string } };
    const join = { orgId: carys.organisation.id, level: 'reader' };
    const joined = await as('amina').send('POST', `${at}/participations`, { body: join, key: newId(), version });
    expect(joined.body).toMatchObject({ status: 403, code: 'sharing.refused', reasons: ['AGREEMENT_UNKNOWN'] });
    expect(refused.body).toMatchObject({ status: 403, code: 'sharing.refused', reasons: ['AGREEMENT_UNKNOWN'] });
    await signAgreement(visitors);
    const offered = await refer();
    expect(offered.body).toMatchObject({ status: 'offered' });
    const body = offered.body as { id: string };
    onwardId = body.id;
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

  it('lets another agency in under an agreement, as long as it is in force, and out again; each is on record', async () => {
    const path = `/api/records/cases/${told.caseId}`;
    const carys = (await as('carys').send('GET', '/api/identity/me')).body as { organisation: { id: string } };
    const change = async (at: string, body: object) => {
      const { version } = (await as('amina').send('GET', path)).body as { version: number };
      return as('amina').send('POST', `${path}${at}`, { body, key: newId(), version });
    };
    const join = { orgId: carys.organisation.id, level: 'reader', consent: { answer: 'given' } };
    const sees = async (): Promise<number[]> => {
      const both = [path, `/api/referrals/${told.referralId}`].map((each) => as('carys').send('GET', each));
      return (await Promise.all(both)).map((answer) => answer.status);
    };
    expect(await sees()).toEqual([404, 404]);
    expect((await change('/participations', join)).status).toBe(200);
    // The case at once; the referral when the event has reached the context that keeps it.
    await eventually(async () => expect(await sees()).toEqual([200, 200]), { timeoutMs: 20_000, everyMs: 100 });
    // Suspended, it lets nothing out by any way; in force again it does, and nothing was started anew.
    const out = async (): Promise<number[]> => [
      (await as('carys').send('GET', path)).status,
      (await as('carys').send('GET', `${path}/chronology`)).status,
      (await as('carys').send('GET', `${path}/documents`)).status,
      (await as('bevan').send('GET', `/api/records/onward-referrals/${onwardId}/case`)).status,
      (await change('/participations', { ...join, level: 'contributor' })).status,
      (await change('/transfers', { recipient: bevan(), reason: 'She moved.', consent: { answer: 'given' } })).status,
      (await change('/onward-referrals', referralTo(bevan()))).status,
    ];
    const agreement = (await as('kit').send('GET', '/api/sharing/agreements')).body as { items: { id: string }[] };
    const at = `/api/sharing/agreements/${agreement.items[0]!.id}`;
    const step = async (body: object) => {
      const { version } = (await as('kit').send('GET', at)).body as { version: number };
      expect((await as('kit').send('POST', `${at}/steps`, { body, key: newId(), version })).status).toBe(200);
    };
    const before = (await linesOf(`case=${told.caseId}`)).filter((l) => l.outcome === 'denied').length;
    await step({ do: 'suspend', reason: 'A breach' });
    expect(await out()).toEqual([403, 403, 403, 403, 403, 403, 403]);
    await eventually(
      async () => {
        const denied = (await linesOf(`case=${told.caseId}`)).filter((l) => l.outcome === 'denied');
        // All but that of the referral are about the case by name.
        expect(denied.length - before).toBeGreaterThanOrEqual(6);
      },
      { timeoutMs: 20_000, everyMs: 200 },
    );
    await step({ do: 'resume' });
    expect((await as('carys').send('GET', path)).status).toBe(200);
    // The same after its last day, whatever its status says; with a later one they are open, and nothing was started anew.
    const refusedAs = async () =>
      (await linesOf(`case=${told.caseId}`)).filter((l) => l.reasons.includes('AGREEMENT_EXPIRED'));
    const lasting = (days: string) =>
      query(
        platform,
        `UPDATE sharing.agreement SET document = jsonb_set(document, '{expiresOn}', to_jsonb($1::text)) WHERE id = $2`,
        [days, at.split('/').at(-1)],
      );
    const last = ((await as('kit').send('GET', at)).body as { document: { expiresOn: string } }).document.expiresOn;
    await lasting(addDays(civilDate(new Date()), -1));
    expect(await out()).toEqual([403, 403, 403, 403, 403, 403, 403]);
    await eventually(async () => expect((await refusedAs()).length).toBeGreaterThanOrEqual(6), {
      ...{ timeoutMs: 20_000, everyMs: 200 },
    });
    await lasting(last);
    expect((await out()).slice(0, 4)).toEqual([200, 200, 200, 200]);
    expect((await change(`/participations/${carys.organisation.id}/ending`, {})).status).toBe(200);
    await eventually(async () => expect(await sees()).toEqual([404, 404]), { timeoutMs: 20_000, everyMs: 100 });
    await eventually(
      async () => {
        const lines = (await linesOf(`case=${told.caseId}`)).filter((l) => l.action === 'case.change-participation');
        expect(lines.map((l) => l.outcome).sort()).toEqual(['denied', 'denied', 'denied', 'done', 'done', 'done']);
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
