import { eventually, startApp, type Caller, type TestApp } from '@concordat/testing';
import { actsAbout, AMINA, EASTVALE, example, referred, type Content } from '../referred.testing';
import { ReferralsModule } from '../referrals.module';

interface Line {
  id: string;
  reference: string;
  status: string;
  colour: string | null;
  dueAt: string | null;
  overdue: boolean;
  assignedTo: string | null;
  subjectName: string | null;
  side: string;
}
interface List {
  items: Line[];
  next: string | null;
  previous: string | null;
  count: { value: number; more: boolean };
  match?: string;
}

/** The example about somebody else. */
const about = (given: string, family: string, more: Partial<Content> = {}): Content => {
  const content = { ...example(), ...more };
  content.people[0] = { ...content.people[0], name: { given, family }, aliases: [] };
  return content;
};

describe('the worklist', () => {
  let app: TestApp;
  let amina: Caller;
  let hana: Caller;
  /** r0 … r7, in the order of their making; by Hana to Amina's council, the last to Eastvale. */
  let made: { id: string; path: string; version: number }[];
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    amina = app.as('amina');
    hana = app.as('hana');
    made = [
      await referred(app, [], about('Mira', 'Castellan')),
      await referred(app, [[amina, 'ratings', { colour: 'red' }]], about('Siân', 'O’Neill')),
      await referred(
        app,
        [
          [amina, 'ratings', { colour: 'green' }],
          [amina, 'assignment', { assignedTo: AMINA }],
        ],
        about('Björn', 'Pemberwick'),
      ),
      await referred(
        app,
        [
          [amina, 'ratings', { colour: 'amber' }],
          [amina, 'information-requests', { question: 'Who?' }],
        ],
        about('Devin', 'Voss'),
      ),
      await referred(
        app,
        [
          [amina, 'ratings', { colour: 'red' }],
          [amina, 'decisions', { outcome: 'no-further-action', reason: 'duplicate' }],
        ],
        about('Mirabel', 'Castle'),
      ),
      await referred(app, [[hana, 'withdrawals', { reason: 'made-in-error' }]], about('Lio', 'Thorne')),
      await referred(app, [], about('Orla', 'Rooke', { urgency: 'routine' })),
      await referred(app, [], about('Eira', 'Faraway', { area: EASTVALE })),
    ];
    await eventually(async () => (await app.sql('SELECT 1 FROM referrals.referral_search')).length === made.length);
  });
  afterAll(() => app?.stop());

  const at = (...n: number[]) => n.map((i) => made[i]!.id);
  const list = async (who: Caller, query = '') => (await who.get<List>(`/api/referrals?${query}`)).body;
  const ids = async (who: Caller, query = '') => (await list(who, query)).items.map((i) => i.id);
  const lastAct = async () => (await app.acts('referrals')).filter((a) => a.action !== 'stream.read').at(-1)!;

  it('shows the triaging agency what it has received, the last first', async () => {
    const { items, count } = await list(amina);
    expect(items.map((i) => i.id)).toEqual(at(6, 5, 4, 3, 2, 1, 0));
    expect(count).toEqual({ value: 7, more: false });
    expect(items.find((i) => i.id === made[1]!.id)).toEqual({
      id: made[1]!.id,
      version: 2,
      reference: expect.any(String),
      pathway: 'domestic-abuse',
      status: 'rated',
      areaId: expect.any(String),
      referringOrg: expect.any(String),
      receivingOrg: expect.any(String),
      receivedAt: expect.any(String),
      subjectName: 'Siân O’Neill',
      caseId: null,
      side: 'triage',
      colour: 'red',
      assignedTo: null,
      dueAt: expect.any(String),
      overdue: false,
    });
  });

  it('names in the audit entry every referral shown, and everybody whose name is (AUD-9)', async () => {
    const page = await list(amina, 'limit=3');
    const act = await lastAct();
    expect(act).toMatchObject({ action: 'referral.list', outcome: 'done' });
    expect(act.objects.map((o) => o.id)).toEqual(page.items.map((i) => i.id));
    const subjects = await app.sql<{ id: string }>(
      'SELECT people[1] AS id FROM referrals.referral WHERE id = ANY ($1)',
      [at(6, 5, 4)],
    );
    expect([...act.subjects].sort()).toEqual(subjects.map((s) => s.id).sort());
  });

  it.each([
    ['status=rated', [2, 1]],
    ['status=rated,received', [6, 2, 1, 0]],
    ['colour=red', [4, 1]],
    ['pathway=domestic-abuse&status=withdrawn', [5]],
    ['pathway=prevent', []],
    [`area=${EASTVALE}`, []],
    ['assigned=me', [2]],
    [`assigned=${AMINA}`, [2]],
    ['assigned=none&status=rated', [1]],
    ['side=received&status=received', [6, 0]],
    ['side=made', []],
    ['overdue=true', []],
    ['sort=received', [0, 1, 2, 3, 4, 5, 6]],
    ['sort=due&status=rated,information-requested', [1, 3, 2]],
    ['sort=-due&status=rated,information-requested', [2, 3, 1]],
    ['sort=-colour&status=rated,information-requested', [2, 3, 1]],
  ])('filters and sorts: %s', async (query, expected) => {
    expect(await ids(amina, query)).toEqual(at(...expected));
    expect((await list(amina, query)).count.value).toBe(expected.length);
  });

  it('sorts what has no colour yet before all colours, for it may be any', async () => {
    const sorted = await ids(amina, 'sort=colour&status=rated,received');
    expect([sorted.slice(0, 2).sort(), sorted.slice(2)]).toEqual([at(0, 6).sort(), at(1, 2)]);
  });

  it('sorts by reference', async () => {
    const { items } = await list(amina, 'sort=reference');
    expect(items.map((i) => i.reference)).toEqual([...items.map((i) => i.reference)].sort());
  });

  it('tells what is overdue', async () => {
    await app.sql("UPDATE referrals.referral SET due_at = now() - interval '1 day' WHERE id = ANY ($1)", [at(0, 4)]);
    expect(await ids(amina, 'overdue=true')).toEqual(at(0)); // the other is decided
    expect((await list(amina, 'overdue=true')).items[0]).toMatchObject({ overdue: true });
    expect((await amina.get('/api/referrals/counts')).body).toMatchObject({ overdue: 1 });
    await app.sql("UPDATE referrals.referral SET due_at = now() + interval '1 day' WHERE id = ANY ($1)", [at(0, 4)]);
  });

  it.each(['received', '-received', 'due', '-due', 'colour', '-colour', 'reference', '-reference'])(
    'pages both ways without a gap: %s',
    async (sort) => {
      const whole = await ids(amina, `sort=${sort}`);
      const pages: List[] = [await list(amina, `sort=${sort}&limit=3`)];
      while (pages.at(-1)!.next) pages.push(await list(amina, `sort=${sort}&limit=3&cursor=${pages.at(-1)!.next}`));
      expect(pages.map((p) => p.items.length)).toEqual([3, 3, 1]);
      expect(pages.flatMap((p) => p.items.map((i) => i.id))).toEqual(whole);
      const back: List[] = [pages.at(-1)!];
      while (back[0]!.previous) back.unshift(await list(amina, `sort=${sort}&limit=3&cursor=${back[0]!.previous}`));
      expect(back.map((p) => p.items)).toEqual(pages.map((p) => p.items));
      expect(back[0]!.previous).toBeNull();
    },
  );

  it('does not shift under the reader when something new comes in', async () => {
    const first = await list(amina, 'limit=2');
    const fresh = await referred(app, [], about('Neve', 'Newcomer'));
    made.push(fresh);
    const second = await list(amina, `limit=2&cursor=${first.next}`);
    expect(second.items.map((i) => i.id)).toEqual(at(4, 3));
  });

  it('shows the referrer what they made, without colours, times or who works on it', async () => {
    const { items } = await list(hana, 'side=made&limit=100');
    expect(items).toHaveLength(made.length);
    for (const item of items)
      expect(item).toMatchObject({ side: 'referrer', colour: null, dueAt: null, overdue: false, assignedTo: null });
    for (const query of ['colour=red', 'overdue=true', 'assigned=none', `assigned=${AMINA}`]) {
      expect(await list(hana, query)).toEqual({
        items: [],
        next: null,
        previous: null,
        count: { value: 0, more: false },
      });
    }
    const byColour = (await ids(hana, 'sort=colour&limit=100')).sort();
    expect(byColour).toEqual((await ids(hana, 'limit=100')).sort());
    expect(await ids(hana, 'sort=due&limit=100')).toEqual([...(await ids(hana, 'sort=colour&limit=100'))]);
  });

  it('says how many there are of what matters today', async () => {
    expect((await amina.get('/api/referrals/counts')).body).toEqual({
      awaitingTriage: 3,
      mine: 1,
      unassigned: 5,
      overdue: 0,
      informationRequested: 1,
      drafts: 0,
      made: 0,
      more: [],
    });
    await hana.post('/api/referrals/drafts', { content: {} });
    expect((await hana.get('/api/referrals/counts')).body).toMatchObject({
      awaitingTriage: 0,
      drafts: 1,
      made: made.length,
      informationRequested: 1,
    });
    expect(await lastAct()).toMatchObject({ action: 'referral.list', items: ['counts'], objects: [] });
  });

  it.each([
    'status=asleep',
    'status=draft',
    'sort=mood',
    'limit=101',
    'limit=0',
    'limit=x',
    'cursor=x',
    'area=x',
    'assigned=x',
    'overdue=maybe',
    'q=Mira',
    'status=rated&status=received',
    'colour=%00',
  ])('refuses %s', async (query) => {
    expect((await amina.get(`/api/referrals?${query}`)).status).toBe(422);
  });

  it('is not for those whose work it is not', async () => {
    expect((await app.asNobody().get('/api/referrals')).status).toBe(401);
    for (const path of ['/api/referrals', '/api/referrals/counts']) {
      expect(await app.as('erin').get(path)).toMatchObject({ status: 403, body: { reasons: ['role.not-entitled'] } });
    }
    expect(await lastAct()).toMatchObject({ action: 'referral.list', outcome: 'denied' });
    expect((await app.asService('records').get('/api/referrals')).status).toBe(403);
  });

  describe('search', () => {
    const search = async (who: Caller, q: string, more: object = {}) => {
      const asked = await who.post<{ searchId: string }>('/api/referrals/searches', { q, ...more });
      if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
      return (await who.get<List>(`/api/referrals/searches/${asked.body.searchId}`)).body;
    };
    const found = async (who: Caller, q: string, more: object = {}) =>
      (await search(who, q, more)).items.map((i) => i.id);

    it.each([
      ['a name', 'Castellan', [0]],
      ['the beginning of a name', 'cast', [4, 0]],
      ['two beginnings in any order', 'castel mir', [0]],
      ['a name without its accents', 'sian oneill', [1]],
      ['a name with them', 'Siân O’Neill', [1]],
      ['a name in capitals', 'BJÖRN', [2]],
      ['a name misspelt', 'Pemberwik', [2]],
      ['a name badly misspelt', 'Castelen', [4, 0]],
      ['two names misspelt', 'Deven Vos', [3]],
      ['what nobody has', 'Zebedee', []],
      ['somebody else’s', 'Faraway', []],
    ])('finds by %s', async (_, q, expected) => {
      expect(await found(amina, q)).toEqual(at(...expected));
    });

    it('finds by reference, however it is typed', async () => {
      const [{ reference } = { reference: '' }] = (await list(amina, 'sort=received&limit=1')).items;
      for (const typed of [reference, reference.toLowerCase(), reference.replaceAll('-', ' '), reference.slice(-4)]) {
        expect(await found(amina, typed)).toEqual(at(0));
      }
      expect((await search(amina, reference)).match).toBe('reference');
    });

    it('finds by a number, however it is grouped, and by what was told', async () => {
      const everyone = (await ids(amina, 'limit=100')).length;
      for (const q of ['9998198178', '999 819 8178', 'burn the flat', '07700900456'])
        expect(await search(amina, q)).toMatchObject({ count: { value: everyone } });
    });

    it('keeps to the filters, and pages', async () => {
      expect(await found(amina, 'cast', { status: 'received' })).toEqual(at(0));
      const asked = await amina.post<{ searchId: string }>('/api/referrals/searches', {
        q: 'Halloway',
        sort: 'received',
      });
      const path = `/api/referrals/searches/${asked.body.searchId}`;
      const first = (await amina.get<List>(`${path}?limit=2`)).body;
      const second = (await amina.get<List>(`${path}?limit=2&cursor=${first.next}`)).body;
      expect([...first.items, ...second.items].map((i) => i.id)).toEqual(at(0, 1, 2, 3));
    });

    it('finds for the referrer what they made, and for a stranger nothing', async () => {
      expect(await found(hana, 'Faraway')).toEqual(at(7));
      expect(await found(app.as('farid'), 'Faraway')).toEqual(at(7));
      for (const who of ['dov', 'carys', 'gwen']) expect(await found(app.as(who), 'Castellan')).toEqual([]);
    });

    it('keeps the words out of the address, for their asker alone, and sealed in the ledger (AUD-10)', async () => {
      const asked = await amina.post<{ searchId: string }>('/api/referrals/searches', { q: 'Castellan' });
      const path = `/api/referrals/searches/${asked.body.searchId}`;
      await amina.get(path);
      const act = await lastAct();
      expect(act).toMatchObject({
        action: 'referral.search',
        detail: { terms: 'Castellan', count: { value: 1 }, path },
      });
      expect(act.objects.map((o) => o.id)).toEqual(at(0));
      for (const who of [hana, app.as('idris')]) expect((await who.get(path)).status).toBe(404);
      const [kept] = await app.sql("SELECT string_agg(convert_from(body, 'utf8'), ' ') AS text FROM referrals.act");
      expect(kept!['text']).not.toContain('Castellan');
      await app.sql("UPDATE referrals.search SET expires_at = now() - interval '1 second' WHERE id = $1", [
        asked.body.searchId,
      ]);
      expect((await amina.get(path)).status).toBe(404);
    });

    it.each([
      [{}],
      [{ q: '' }],
      [{ q: 'a' }],
      [{ q: '?!' }],
      [{ q: 5 }],
      [{ q: 'x'.repeat(201) }],
      [{ q: 'Mi\0ra' }],
      [{ q: 'Mira', status: 'asleep' }],
      [{ q: 'Mira', cursor: 'x' }],
    ])('refuses %j', async (body) => {
      expect((await amina.post('/api/referrals/searches', body)).status).toBe(422);
    });

    it('cannot be led astray by what is typed', async () => {
      for (const q of [
        "' | 'a",
        'a:* & !b',
        "\\' OR true --",
        'org:d22cacf3-000b-4ccb-b1fc-23e09b777df1',
        '%_%_',
        '()',
        '<->ab',
      ]) {
        const answer = await app.as('dov').post('/api/referrals/searches', { q });
        expect([201, 422]).toContain(answer.status);
        if (answer.status === 201)
          expect((await app.as('dov').get(`/api/referrals/searches/${answer.body.searchId}`)).body.items).toEqual([]);
      }
    });
  });

  it('leaves one act for each list, count and search', async () => {
    const before = (await app.acts('referrals')).length;
    await list(amina);
    await amina.get('/api/referrals/counts');
    const { body } = await amina.post('/api/referrals/searches', { q: 'Mira' });
    await amina.get(`/api/referrals/searches/${body.searchId}`);
    const acts = (await app.acts('referrals')).slice(before).filter((a) => a.actorRole !== 'service');
    expect(acts.map((a) => a.action)).toEqual(['referral.list', 'referral.list', 'referral.search', 'referral.search']);
    expect((await actsAbout(app, made[0]!.id)).length).toBeGreaterThan(0);
  });
});
