import { readFileSync } from 'node:fs';
import { tell, Refusal } from '../../tools/demo/story';
import type { Platform } from '../../tools/services/platform';
import { mode, platformForScenario } from './platform';

describe(`the story (${mode})`, () => {
  let platform: Platform;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ platform, end } = await platformForScenario());
  }, 180_000);
  afterAll(() => end(), 60_000);

  const file = (name: string): unknown => JSON.parse(readFileSync(`packs/demo/${name}`, 'utf8')) as unknown;

  it('runs from a referral to an offline proof', async () => {
    const steps: string[] = [];
    const told = await tell(platform, file('referral.example.json'), (step) => steps.push(step));
    expect(steps).toHaveLength(12);
    expect(told.subjects.length).toBeGreaterThan(0);
  }, 120_000);

  it('runs again beside itself, and again offline', async () => {
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
