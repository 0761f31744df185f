import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { ReferralsModule } from '../referrals.module';

const content = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;

describe('what referrals say of somebody who asks', () => {
  let app: TestApp;
  let person: string;
  let reference: string;
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    const made = await app.as('hana').post('/api/referrals', { content });
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    await app.as('hana').post('/api/referrals/drafts', { content });
    reference = made.body.reference as string;
    const [row] = await app.sql<{ id: string }>('SELECT people[1] AS id FROM referrals.referral WHERE id = $1', [
      made.body.id,
    ]);
    person = row!.id;
  });
  afterAll(() => app.stop());

  it('is each referral that was received and names them, whole, though it opened no case', async () => {
    const { status, body } = await app.asService('records').get(`/api/referrals/held-about/${person}`);
    expect(status).toBe(200);
    expect(body.items).toEqual([
      expect.objectContaining({ kind: 'referral', title: `Referral ${reference}`, others: true }),
    ]);
    expect(body.items[0].text).toContain('Halloway');
    expect((await app.asService('records').get(`/api/referrals/held-about/${newId()}`)).body.items).toEqual([]);
  });

  it('is for the records service alone', async () => {
    expect((await app.asService('audit').get(`/api/referrals/held-about/${person}`)).status).toBe(404);
    for (const who of ['hana', 'amina', 'kit'])
      expect([who, (await app.as(who).get(`/api/referrals/held-about/${person}`)).status]).toEqual([who, 404]);
  });
});
