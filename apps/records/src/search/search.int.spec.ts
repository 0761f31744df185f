import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, type Told } from '../opened.testing';
import { Searching, type FoundBody } from './searched.testing';

const TAMSIN: Told = {
  roles: ['subject'],
  name: { given: 'Tamsin', family: 'Ashgrove' },
  aliases: [{ given: 'Tamsin', family: 'Fernlow', kind: 'maiden' }],
  datesOfBirth: [{ value: '1987-05-09' }],
  addresses: [
    { kind: 'home', lines: ['8 Kestrel Court'], postcode: 'ZZ7 2BS' },
    { kind: 'previous', lines: ['1 Elsewhere Lane'], postcode: 'ZZ9 1AA' },
  ],
  phones: ['07700 900456'],
  nhsNumber: '999 819 8178',
  policeReference: 'NP/2025/88120',
};
const INCIDENT = { starts: '2026-09-14', category: 'incident' };

describe('a search over people, cases and what was written in them', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  let searching: Searching;

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    searching = new Searching(app);
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const why = (who: string, q: string, id: string) => searching.why(who, q, id);
  const post = async (who: string, path: string, body: object, version = 1) => {
    const done = await app.as(who).post(`/api/records${path}`, body, { version });
    expect([path, done.status < 300, done.body.errors]).toEqual([path, true, undefined]);
    return done.body as { id: string; version: number };
  };
  const lastSearch = async () => (await app.acts('records')).findLast((a) => a.action === 'record.search')!;

  it('finds a person by any name, number, date or place that is known of them, and says why', async () => {
    const { subject, caseId } = await opened(app, referrals, { people: [TAMSIN] });
    await searching.indexed();
    const expected: [string, string[]][] = [
      ['Tamsin Ashgrove', ['name.same']],
      ['ashgrove', ['name.same']],
      ['Ashgrove, Tamsin', ['name.same']],
      ['Ashgrove Tamsin', ['name.same', 'name.turned']],
      ['T Ashgrove', ['name.initial']],
      ['Tamsni Ashgrove', ['name.close']],
      ['Tamsin Ashgrve', ['name.close']],
      ['Tamzen Ashgrove', ['name.sounds']],
      ['Ashgr', ['name.begins']],
      ['Tamsin Jane Ashgrove', ['name.part']],
      ['Tamsin Fernlow', ['name.same', 'name.maiden']],
      ['Tamsin Ashgrove 9/5/1987', ['name.same', 'birth.same']],
      ['Tamsin Ashgrove 05/09/1987', ['name.same', 'birth.swapped']],
      ['Tamsin Ashgrove 1/1/1990', ['name.same', 'birth.different']],
      ['zz72bs', ['postcode.same']],
      ['ZZ7', ['postcode.near']],
      ['ZZ9 1AA', ['postcode.former']],
      ['+44 7700 900 456', ['phone.same']],
      ['9998198178', ['nhs-number.same']],
      ['np 2025 88120', ['number.same']],
    ];
    for (const [q, codes] of expected) expect([q, await why('hana', q, subject)]).toEqual([q, codes]);
    for (const q of ['Corin Fernlow', '07700 900457', 'ZZ71', '9998198186'])
      expect([q, await why('hana', q, subject)]).toEqual([q, null]);
    const [hit] = await searching.found('hana', 'Tamsin Ashgrove');
    expect(hit).toMatchObject({
      kind: 'person',
      name: { given: 'Tamsin', family: 'Ashgrove' },
      cases: [{ id: caseId }],
    });
    expect(JSON.stringify(hit)).not.toContain('9998198178'); // a hit shows what tells people apart, and no more
  });

  it('AUD-10: puts the term sealed, the count and every id that is shown on record, in one act each', async () => {
    const { subject, caseId } = await opened(app, referrals, { people: [{ ...TAMSIN, name: { family: 'Quillam' } }] });
    await searching.indexed();
    await searching.found('amina', 'Quillam');
    const act = await lastSearch();
    expect(act.subjects).toEqual([subject]);
    expect(act.objects).toEqual(
      expect.arrayContaining([
        { t: 'person', id: subject, ver: '1' },
        { t: 'case', id: caseId },
      ]),
    );
    expect(act.detail).toMatchObject({ terms: 'Quillam', count: { people: { value: 1, more: false } } });
    const { sealed: _sealed, detail: _detail, ...open } = act as unknown as Record<string, unknown>;
    expect(JSON.stringify(open)).not.toContain('Quillam');
    const [kept] = await app.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM records.outbox WHERE convert_from(body, 'UTF8') ILIKE '%quillam%'`,
    );
    expect(kept!.n).toBe(0);
  });

  it('finds a case by its reference, however it is written', async () => {
    const { caseId } = await opened(app, referrals);
    const { reference } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body as { reference: string };
    for (const q of [reference, reference.toLowerCase().replaceAll('-', ' ')])
      expect(await searching.found('amina', q)).toEqual([
        expect.objectContaining({ kind: 'case', id: caseId, reference, subjectName: 'Tamsin Ashgrove' }),
      ]);
    expect(await why('amina', reference, caseId)).toEqual(['reference.same']);
    expect(await searching.found('carys', reference)).toEqual([]); // her agency takes no part
  });

  it('finds what was written as it stands: an entry that was corrected by its new words, a withdrawn one not at all', async () => {
    const { caseId, subject } = await opened(app, referrals);
    const at = `/cases/${caseId}/chronology`;
    const { id } = await post('hana', at, {
      ...INCIDENT,
      fact: 'He shouted at the greenhouse.',
      comment: 'Frightening.',
    });
    const note = await post('hana', `/cases/${caseId}/notes`, { text: 'Her sister keeps the lighthouse keys.' });
    await searching.indexed();
    expect(await why('amina', 'shouting greenhouse', id)).toEqual(['words.entry']);
    expect(await why('amina', '"lighthouse keys"', note.id)).toEqual(['words.note']);
    const [hit] = await searching.found('amina', 'greenhouses');
    expect(hit).toMatchObject({ kind: 'entry', caseId, starts: '2026-09-14', subjectName: 'Tamsin Ashgrove' });
    expect(hit!.excerpt).toContainEqual({ text: 'greenhouse', hit: true });
    expect(hit!.excerpt!.map((s) => s.text).join('')).toContain('shouted at the greenhouse');
    const act = await lastSearch();
    expect(act.objects).toEqual(expect.arrayContaining([{ t: 'chronology-entry', id, ver: '1' }]));
    expect(act.subjects).toContain(subject);

    await post('hana', `${at}/${id}/corrections`, {
      ...INCIDENT,
      fact: 'He shouted at the orangery.',
      reason: 'Misheard',
    });
    await searching.indexed();
    expect(await why('amina', 'greenhouse', id)).toBeNull();
    expect(await why('amina', 'orangery', id)).toEqual(['words.entry']);
    await post('hana', `${at}/${id}/withdrawal`, { reason: 'Another case' }, 2);
    expect(await why('amina', 'orangery', id)).toBeNull(); // also before the index knows
    await searching.indexed();
    expect(await why('amina', 'orangery', id)).toBeNull();
    const left = await app.sql('SELECT 1 FROM records.search_text WHERE id = $1', [id]);
    expect(left).toEqual([]);
  });

  it('finds a document by its title and its note', async () => {
    const { caseId } = await opened(app, referrals);
    const bytes = new Uint8Array(Buffer.from('%PDF-1.7\nThe landlord writes.'));
    const response = await fetch(`${app.url}/api/records/cases/${caseId}/documents/uploads`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${await app.tokenFor('hana')}`, 'idempotency-key': newId() },
        'content-type': 'application/octet-stream',
      },
      body: bytes,
    });
    const { id: uploadId } = (await response.json()) as { id: string };
    const body = { uploadId, title: 'Letter about the boiler', note: 'Unsigned', sensitive: true };
    const { id } = await post('hana', `/cases/${caseId}/documents`, body);
    await searching.indexed();
    expect(await why('amina', 'boilers unsigned', id)).toEqual(['words.document']);
    const [hit] = await searching.found('amina', 'boiler');
    expect(hit).toMatchObject({ kind: 'document', title: 'Letter about the boiler', sensitive: true });
  });

  it('leads from a record that was merged away to the one that stands for it, and back when that is undone', async () => {
    const told = (family: string, phone: string): Told => ({
      ...{ roles: ['subject'], name: { given: 'Odile', family }, phones: [phone] },
    });
    const [kept, other] = [
      await opened(app, referrals, { people: [told('Marlstead', '07700 900111')] }),
      await opened(app, referrals, { people: [told('Thornwick', '07700 900222')] }),
    ];
    const body = { otherId: other.subject, otherVersion: 1, choices: { name: 'this', phones: 'this' } };
    const merge = await post('amina', `/people/${kept.subject}/merges`, body);
    await searching.indexed();
    expect(await why('amina', 'Odile Thornwick', kept.subject)).toEqual(['name.same', 'name.alias']); // kept as one
    expect(await why('amina', '07700 900222', kept.subject)).toEqual(['phone.same', 'record.merged']); // discarded
    expect(await why('amina', 'Odile Thornwick', other.subject)).toBeNull();
    await post('amina', `/people/${kept.subject}/merges/${merge.id}/undoing`, { reason: 'Cousins' }, 2);
    await searching.indexed();
    expect(await why('amina', 'Odile Thornwick', other.subject)).toEqual(['name.same']);
    expect(await why('amina', 'Odile Thornwick', kept.subject)).toBeNull();
  });

  it('finds what an agency learns of when it joins, and no longer when its part ends; and what is corrected', async () => {
    const { caseId, subject } = await opened(app, referrals, {
      people: [{ roles: ['subject'], name: { given: 'Perrin', family: 'Brackenbury' } }],
    });
    const note = await post('amina', `/cases/${caseId}/notes`, { text: 'A trampoline in the yard.' });
    await searching.indexed();
    expect(await searching.found('carys', 'Brackenbury')).toEqual([]);
    const versionNow = async () => (await app.as('amina').get(`/api/records/cases/${caseId}`)).body.version as number;
    await post(
      'amina',
      `/cases/${caseId}/participations`,
      { orgId: org('eastvale-nhs'), level: 'reader' },
      await versionNow(),
    );
    await searching.indexed();
    expect(await why('carys', 'Brackenbury', subject)).toEqual(['name.same']);
    expect(await why('carys', 'trampoline', note.id)).toEqual(['words.note']);
    await post('amina', `/people/${subject}/corrections`, { name: { given: 'Perrin', family: 'Halloway' } });
    await searching.indexed();
    expect(await why('carys', 'Brackenbury', subject)).toBeNull();
    expect(await why('carys', 'Perrin Halloway', subject)).toEqual(['name.same']);
    await post('amina', `/cases/${caseId}/participations/${org('eastvale-nhs')}/ending`, {}, await versionNow());
    expect(await searching.found('carys', 'Perrin Halloway')).toEqual([]); // at once: the index is not who decides
    expect(await searching.found('carys', 'trampoline')).toEqual([]);
  });

  it('is read page by page, people first, without gaps or repetitions', async () => {
    const people = Array.from({ length: 7 }, (_, i): Told => ({
      roles: [i === 0 ? 'subject' : 'child'],
      name: { given: `Ann${'aeiou'[i % 5]}`, family: 'Wimbrell' },
    }));
    const { caseId } = await opened(app, referrals, { people });
    for (let i = 0; i < 6; i++) await post('hana', `/cases/${caseId}/notes`, { text: `Wimbrell rang, call ${i}.` });
    await searching.indexed();
    const whole = await searching.found('amina', 'Wimbrell');
    expect(whole.map((h) => h.kind)).toEqual([...Array<string>(7).fill('person'), ...Array<string>(6).fill('note')]);
    const started = (await searching.start('amina', 'Wimbrell')).body as { searchId: string };
    const ids: string[] = [];
    let pages = 0;
    for (let next: string | null = ''; next !== null; pages++) {
      const cursor: string = next ? `&cursor=${next}` : '';
      const { body } = await app
        .as('amina')
        .get<FoundBody>(`/api/records/searches/${started.searchId}?limit=3${cursor}`);
      expect(body.count).toEqual({ people: { value: 7, more: false }, texts: { value: 6, more: false } });
      ids.push(...body.items.map((h) => h.id));
      next = body.next;
    }
    expect([ids, pages]).toEqual([whole.map((h) => h.id), 5]);
    const forged = await app.as('amina').get(`/api/records/searches/${started.searchId}?cursor=WzFd`);
    expect([forged.status, forged.body.errors[0].field]).toEqual([422, 'cursor']);
  });

  it('helps whoever types too little or too much, and tells nobody else what was asked', async () => {
    for (const [q, code] of [
      ['a', 'too-short'],
      ["' | !", 'too-short'],
      ['T A', 'too-broad'],
      ['x'.repeat(201), 'too-long'],
    ] as const) {
      const { status, body } = await searching.start('amina', q);
      expect([q, status, body.errors[0]]).toEqual([q, 422, expect.objectContaining({ field: 'q', code })]);
    }
    expect((await searching.start('amina', 7)).status).toBe(422);
    expect((await searching.answer('amina', 'the and')).body).toMatchObject({ items: [], tooCommon: true });
    expect((await searching.start('erin', 'Ashgrove')).status).toBe(403);
    expect((await app.asNobody().post('/api/records/searches', { q: 'Ashgrove' })).status).toBe(401);
    const { searchId } = (await searching.start('amina', 'Ashgrove')).body as { searchId: string };
    for (const other of ['hana', 'tomas', 'erin'])
      expect((await app.as(other).get(`/api/records/searches/${searchId}`)).status).toBe(404);
    await app.sql(`UPDATE records.record_search SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      searchId,
    ]);
    expect((await app.as('amina').get(`/api/records/searches/${searchId}`)).status).toBe(404);
    const denied = (await app.acts('records')).filter((a) => a.action === 'record.search' && a.outcome === 'denied');
    expect(denied.length).toBeGreaterThanOrEqual(4);
  });
});
