import { Invalid } from '@concordat/platform';
import { eventually, loadDemoPartnership, startApp, type TestApp } from '@concordat/testing';
import { createHash } from 'node:crypto';
import { PartnershipLoader } from './partnership-loader';
import { readPartnership, type Partnership, type PartnershipFile } from './partnership';

const FILE = `${__dirname}/../../../../packs/demo/partnership.yaml`;

describe('loading a partnership', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([], { CONCORDAT_DEMO: 'no' })));
  afterAll(() => app?.stop());

  const loader = () => app.running.app.get(PartnershipLoader, { strict: false });
  const demo = readPartnership(FILE);
  /** The demonstration file with something else in it. */
  const altered = (alter: (file: PartnershipFile) => void): Partnership => {
    const file = demo.parse();
    alter(file);
    return { digest: createHash('sha256').update(JSON.stringify(file)).digest('hex'), parse: () => file };
  };
  const loads = async () => (await app.acts('identity')).filter((a) => a.action === 'partnership.load');

  it('fills the registers and tells every context, in one audited act', async () => {
    await loadDemoPartnership(app);
    const { organisations, areas, people, systems } = demo.parse();
    const events = await app.sql<{ type: string; n: number }>(
      `SELECT convert_from(body, 'UTF8')::jsonb ->> 'type' AS type, count(*)::int AS n FROM identity.outbox GROUP BY 1 ORDER BY 1`,
    );
    expect(events).toEqual([
      { type: 'identity.area-changed.v1', n: areas.length },
      { type: 'identity.membership-changed.v1', n: people.length + systems.length },
      { type: 'identity.organisation-changed.v1', n: organisations.length },
    ]);
    expect(await loads()).toMatchObject([{ outcome: 'done', actorRole: 'system', purpose: 'partnership-load' }]);
    expect((await loads())[0]?.objects).toHaveLength(organisations.length);
  });

  it('keeps manager, team and the system account that may receive nothing', async () => {
    const [bevan] = await app.sql(`SELECT team, manager FROM identity.membership WHERE job_title = 'Community nurse'`);
    const [carys] = await app.sql(`SELECT user_id FROM identity.staff WHERE username = 'carys'`);
    expect(bevan).toEqual({ team: 'Community Nursing', manager: carys!['user_id'] });
    const [robot] = await app.sql(
      `SELECT may_receive FROM identity.member JOIN identity.staff USING (user_id) WHERE kind = 'system'`,
    );
    expect(robot).toEqual({ may_receive: false });
  });

  it('does nothing at all the second time', async () => {
    expect(await loader().load(readPartnership(FILE))).toBeNull();
    expect(await loads()).toHaveLength(1);
  });

  it('publishes only what differs when the file has changed', async () => {
    const renamed = altered((file) => (file.organisations[0]!.name = 'Northbank City Council'));
    expect(await loader().load(renamed)).toMatchObject({ changed: 0 });
    const promoted = altered((file) => file.people.find((p) => p.username === 'dov')!.roles.push('auditor'));
    expect(await loader().load(promoted)).toMatchObject({ changed: 1 });
    const [dov] = await app.sql(
      `SELECT m.version, m.roles FROM identity.membership m JOIN identity.staff USING (user_id) WHERE username = 'dov'`,
    );
    expect(dov).toEqual({ version: 2, roles: ['practitioner', 'auditor'] });
    expect(await loader().load(demo)).toMatchObject({ changed: 1 });
  });

  it('tells what the identity provider calls somebody, for each organisation that they belong to', async () => {
    const [council] = await app.sql(`SELECT id FROM identity.organisation_detail WHERE code = 'northbank-council'`);
    await app.as('lena').post('/api/identity/members', {
      ...{ userId: '2c87cb01-d4dd-4f22-acdf-71ddd6b9d22e', orgId: council!['id'], roles: ['auditor'], areas: [] },
    });
    const renamed = altered((file) => (file.people.find((p) => p.username === 'hana')!.subject = 'directory/hana'));
    expect(await loader().load(renamed)).toMatchObject({ changed: 2 });
    await eventually(async () => {
      const known = await app.sql(`SELECT 1 FROM identity.member WHERE subject = 'directory/hana' AND active`);
      expect(known).toHaveLength(2);
    });
    expect(await loader().load(demo)).toMatchObject({ changed: 0 }); // a file without a subject changes none
  });

  it('undoes nothing that an administrator has decided', async () => {
    const [council] = await app.sql(`SELECT id FROM identity.organisation_detail WHERE code = 'northbank-council'`);
    const tomas = `feedd8c0-6ff9-401d-84f4-4b5a7b574549/${String(council!['id'])}`;
    const revoked = await app.as('lena').post(`/api/identity/members/${tomas}/revocation`, undefined, { version: 1 });
    expect(revoked.status).toBe(200);
    const promoted = altered((file) => file.people.find((p) => p.username === 'tomas')!.roles.push('auditor'));
    expect(await loader().load(promoted)).toMatchObject({ changed: 0 });
    const [kept] = await app.sql(
      `SELECT active, roles FROM identity.membership JOIN identity.staff USING (user_id) WHERE username = 'tomas'`,
    );
    expect(kept).toEqual({ active: false, roles: ['practitioner'] });
  });

  it('loads nothing of a file that is wrong', async () => {
    const before = await app.sql(`SELECT count(*) AS n FROM identity.outbox`);
    const dangling = altered((file) => (file.people[0]!.organisation = 'no-such-agency'));
    await expect(loader().load(dangling)).rejects.toThrow('no-such-agency');
    const misshapen: Partnership = {
      digest: 'x',
      parse: () => readPartnership(`${__dirname}/../../../../tsconfig.json`).parse(),
    };
    await expect(loader().load(misshapen)).rejects.toThrow(Invalid);
    expect(await app.sql(`SELECT count(*) AS n FROM identity.outbox`)).toEqual(before);
  });
});
