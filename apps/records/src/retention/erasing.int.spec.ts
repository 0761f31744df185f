import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually, leftOf, startApp, type TestApp } from '@concordat/testing';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Removing } from '../documents/removing';
import { opened, org, PeersStandIn, staff } from '../opened.testing';
import { aged } from './aged.testing';
import { Erasing } from './erasing';

const WHY = { reason: 'Nobody needs it any more' };
const GONE = { given: 'Isolde', family: 'Quarrenby' };
const STAYS = { given: 'Osric', family: 'Quarrenbee' };
const SECRETS = ['Isolde', 'Quarrenby', 'Nightjar', 'plover'];

describe('erasing a case', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const post = async (who: string, path: string, body: object = {}, version?: number) => {
    const done = await app.as(who).post(`/api/records${path}`, body, version === undefined ? {} : { version });
    expect([path, done.status < 300, done.body.errors]).toEqual([path, true, undefined]);
    return done.body as { id: string; version: number };
  };
  const versionOf = async (caseId: string): Promise<number> =>
    ((await app.as('kit').get(`/api/records/retention/${caseId}`)).body as { version: number }).version;
  const isThere = async (caseId: string) =>
    (await app.sql('SELECT 1 FROM records.case_file WHERE id = $1', [caseId])).length === 1;
  const confirmed = async (caseId: string): Promise<void> => {
    await post('kit', `/retention/${caseId}/erasure`, WHY, await versionOf(caseId));
    await post('yusuf', `/retention/${caseId}/erasure/confirmation`, {}, await versionOf(caseId));
  };

  /** A case about somebody, with something of every kind in it, and somebody else who is in another case as well. */
  async function full() {
    const stays = newId();
    const people = [
      { roles: ['subject'], name: GONE, addresses: [{ kind: 'home', lines: ['4 Nightjar Yard'] }] },
      { id: stays, roles: ['witness'], name: STAYS },
    ];
    const one = await opened(app, referrals, { people, relationships: [{ from: 'p1', to: 'p2', kind: 'friend' }] });
    const other = await opened(app, referrals, { people: [{ id: stays, roles: ['subject'], name: STAYS }] });
    const at = `/cases/${one.caseId}`;
    await post('amina', `${at}/notes`, { text: 'Isolde rang about the plover', mentions: [staff('hana')] });
    const entry = { starts: '2019-02-03', category: 'incident', fact: 'Isolde was seen at Nightjar Yard' };
    const { id: entryId } = await post('amina', `${at}/chronology`, entry);
    await app
      .as('amina')
      .post(
        `/api/records${at}/chronology/${entryId}/corrections`,
        { ...entry, fact: 'A plover', reason: 'Isolde said so' },
        { version: 1 },
      );
    await app.as('amina').post(`/api/records${at}/chronology/searches`, { text: 'plover' });
    const { version } = (await app.as('amina').get(`/api/records/people/${one.subject}`)).body as { version: number };
    await post(
      'amina',
      `/people/${one.subject}/corrections`,
      { aliases: [{ given: 'Plover', family: 'Quarrenby' }] },
      version,
    );
    await keepDocument(one.caseId);
    return { ...one, other: other.caseId, stays };
  }

  async function keepDocument(caseId: string): Promise<void> {
    const response = await fetch(`${app.url}/api/records/cases/${caseId}/documents/uploads`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await app.tokenFor('amina')}`,
        'content-type': 'application/octet-stream',
        'idempotency-key': newId(),
      },
      body: new Uint8Array(Buffer.from('%PDF-1.7\nIsolde Quarrenby lives at Nightjar Yard')),
    });
    const { id } = (await response.json()) as { id: string };
    await post('amina', `/cases/${caseId}/documents`, { uploadId: id, title: 'Letter of Isolde' });
  }

  it('takes everything of it, and whoever is in no other case; a tombstone says by which rule and whose decision', async () => {
    const { caseId, referralId, subject, other, stays } = await full();
    expect((await leftOf((text, params) => app.sql(text, params), SECRETS)).length).toBeGreaterThan(4);
    const [file] = await app.sql<{ key: string }>('SELECT key FROM records.document_version WHERE case_id = $1', [
      caseId,
    ]);
    const path = join(app.running.settings.dataDir, 'documents', file!.key.slice(0, 2), file!.key);
    expect(existsSync(path)).toBe(true);
    await aged(app, caseId);
    const use = newId();
    await app.sql(
      `INSERT INTO records.break_glass (id, case_id, reference, lead_org, area_id, restricted, user_id, org_id, refused, ground, pack, since, until, reviewed_at)
       SELECT u.id, f.id, 'G', f.lead_org, f.area_id, false, $3, f.lead_org, false, 'life-at-risk', 'p', now(), now(), u.reviewed
         FROM records.case_file f, (VALUES ($2::uuid, NULL::timestamptz), (gen_random_uuid(), now())) AS u(id, reviewed) WHERE f.id = $1`,
      [caseId, use, staff('amina')],
    );
    await confirmed(caseId);
    await eventually(async () => !(await isThere(caseId)), { timeoutMs: 20_000 });

    expect(await leftOf((text, params) => app.sql(text, params), SECRETS)).toEqual([]);
    await app.running.app.get(Removing, { strict: false }).sweep();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(join(path, '..'))).toEqual([]);
    for (const at of [`cases/${caseId}`, `people/${subject}`])
      expect((await app.as('amina').get(`/api/records/${at}`)).status).toBe(404);
    // Whoever is in another case stays there, and is related to nobody who is gone.
    const kept = (await app.as('amina').get(`/api/records/people/${stays}`)).body;
    expect(kept).toMatchObject({ id: stays });
    expect(JSON.stringify(kept)).not.toContain(subject);
    expect((await app.as('amina').get(`/api/records/cases/${other}`)).status).toBe(200);

    const tombstone = (await app.as('yusuf').get(`/api/records/erasures/${caseId}`)).body;
    expect(tombstone).toMatchObject({
      ...{ caseId, rule: 'last-involvement', ruleVersion: 1, people: 1, documents: 1 },
      ...{ proposedBy: staff('kit'), confirmedBy: staff('yusuf'), reference: expect.stringMatching(/^C-/) },
    });
    const list = (await app.as('erin').get('/api/records/erasures')).body.items as { caseId: string }[];
    expect(list.map((e) => e.caseId)).toContain(caseId);
    expect((await app.as('amina').get('/api/records/erasures')).status).toBe(403);

    const act = (await app.acts('records')).findLast((a) => a.action === 'case.erase')!;
    expect(act).toMatchObject({ outcome: 'done', subjects: [], decision: tombstone.decisionId });
    expect(act.objects).toEqual(expect.arrayContaining([{ t: 'person', id: subject }]));
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      type: 'records.case-erased.v1',
      data: { caseId, referralId, people: [subject], rule: 'last-involvement', ruleVersion: 1, unreviewedUses: [use] },
    });
  });

  it('is stopped by a hold that was placed after it was confirmed', async () => {
    const { caseId } = await opened(app, referrals);
    await aged(app, caseId);
    await app.sql(
      `UPDATE records.retention SET state = 'confirmed', version = 3, decision_id = $2, proposed_by = $3, proposed_at = now(), confirmed_by = $4,
              confirmed_at = now() WHERE case_id = $1`,
      [caseId, newId(), staff('kit'), staff('yusuf')],
    );
    await app.sql(
      `INSERT INTO records.retention_hold (id, case_id, reason, since, by_id, org_id) VALUES ($1, $2, 'An inquest', now(), $3, $4)`,
      [newId(), caseId, staff('kit'), org('northbank-council')],
    );
    const erasing = app.running.app.get(Erasing, { strict: false });
    expect(await erasing.erase(caseId, 2)).toBe(false); // another version of the decision
    await erasing.sweep();
    expect(await isThere(caseId)).toBe(true);
    const view = (await app.as('kit').get(`/api/records/retention/${caseId}`)).body;
    expect(view).toMatchObject({ state: 'kept', keptBy: 'held', proposedBy: null });
    expect(view.steps[0].what).toBe('stopped');
    const act = (await app.acts('records')).findLast((a) => a.action === 'case.erase')!;
    expect(act.reasons).toEqual(['stopped.held']);
  });

  it('waits until whoever has asked what is held about them is answered, whatever else is decided', async () => {
    const { caseId, subject } = await opened(app, referrals);
    await aged(app, caseId);
    const asked = { personId: subject, requester: 'themselves', requesterName: 'Tamsin', receivedOn: '2026-11-01' };
    const { id } = await post('kit', '/access-requests', { ...asked, identityProven: true });
    const propose = async () =>
      app.as('kit').post(`/api/records/retention/${caseId}/erasure`, WHY, { version: await versionOf(caseId) });
    expect((await propose()).body).toMatchObject({ status: 409, code: 'retention.held' });
    expect((await app.as('kit').get(`/api/records/retention/${caseId}`)).body).toMatchObject({ openRequests: 1 });
    await expect(app.sql('DELETE FROM records.access_request WHERE id = $1', [id])).rejects.toThrow(/has asked/);
    await post('kit', `/access-requests/${id}/steps`, { step: 'close', reason: 'Taken back' }, 1);
    await confirmed(caseId);
    await eventually(async () => !(await isThere(caseId)), { timeoutMs: 20_000 });
    expect(await app.sql('SELECT 1 FROM records.access_request WHERE id = $1', [id])).toEqual([]);
  });

  it('is done once, however often it is told of', async () => {
    const { caseId } = await opened(app, referrals);
    await aged(app, caseId);
    await confirmed(caseId);
    const erasing = app.running.app.get(Erasing, { strict: false });
    await Promise.all([erasing.sweep(), erasing.erase(caseId, 3), erasing.erase(caseId, 3)]);
    await eventually(async () => !(await isThere(caseId)), { timeoutMs: 20_000 });
    const acts = (await app.acts('records')).filter(
      (a) => a.action === 'case.erase' && a.outcome === 'done' && a.objects.some((o) => o.id === caseId),
    );
    expect(acts).toHaveLength(1);
  });

  it('takes a record that stood aside for somebody who stays, and leaves them, and what protects them, as they are', async () => {
    const twin = (given: string) => ({ people: [{ roles: ['subject'], name: { given, family: 'Wolstane' } }] });
    const [one, two] = [await opened(app, referrals, twin('Perrin')), await opened(app, referrals, twin('Peregrin'))];
    const merge = { otherId: two.subject, otherVersion: 1, choices: { name: 'this' } };
    const { id: mergeId } = await post('amina', `/people/${one.subject}/merges`, merge, 1);
    const named = [staff('amina')];
    const terms = { kind: 'colleague', named, reviewOn: addDays(civilDate(new Date()), 20), reason: 'A colleague' };
    await post('amina', `/people/${one.subject}/restrictions`, terms, 2);
    await app.sql('UPDATE records.restriction SET person_id = $2 WHERE person_id = $1', [one.subject, two.subject]);
    await aged(app, two.caseId);
    await confirmed(two.caseId);
    await eventually(async () => !(await isThere(two.caseId)), { timeoutMs: 20_000 });
    expect(await app.sql('SELECT 1 FROM records.person WHERE id = $1', [two.subject])).toEqual([]);
    expect((await app.as('amina').get(`/api/records/people/${one.subject}`)).status).toBe(200);
    expect((await app.as('tomas').get(`/api/records/people/${one.subject}`)).status).toBe(404);
    const undoing = await app
      .as('amina')
      .post(`/api/records/people/${one.subject}/merges/${mergeId}/undoing`, { reason: 'Two' }, { version: 2 });
    expect(undoing.status).toBe(404);
  });
});
