import { signInNames, Visitors, type Visitor } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { tell, Refusal, type Told } from '../../tools/demo/story';
import { mode, platformForScenario, type Scenario } from './platform';

interface Line {
  readonly action: string;
  readonly outcome: string;
}

describe(`the story (${mode})`, () => {
  let scenario: Scenario;
  let told: Told;
  let as: (username: string) => Visitor;

  beforeAll(async () => {
    scenario = await platformForScenario();
    const visitors = new Visitors(scenario.platform);
    as = (username) => visitors.as(username);
  }, 180_000);
  afterAll(() => scenario?.end(), 60_000);

  const file = (name: string): unknown => JSON.parse(readFileSync(`packs/demo/${name}`, 'utf8')) as unknown;
  const linesOf = async (query: string): Promise<Line[]> => {
    const { body } = await as('erin').send('GET', `/api/audit/trail?${query}&limit=100`);
    return (body as { items: Line[] }).items;
  };

  it('runs from a referral to an offline proof', async () => {
    const steps: string[] = [];
    told = await tell(scenario.platform, file('referral.example.json'), (step) => steps.push(step));
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

  it('runs twice at once, and the two do not meet', async () => {
    const both = await Promise.all(
      [1, 2].map(() => tell(scenario.platform, file('referral.example.json'), () => undefined)),
    );
    expect(new Set(both.map((t) => t.caseId)).size).toBe(2);
  }, 120_000);

  it('says what is wrong with a referral, field by field, and takes none of it', async () => {
    const refused = await tell(scenario.platform, file('referral.invalid.json'), () => undefined).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Refusal);
    const { errors } = refused as Refusal;
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.every((e) => e.field !== '' && /^[a-z.-]+$/.test(e.code) && e.message !== '')).toBe(true);
  }, 60_000);
});
