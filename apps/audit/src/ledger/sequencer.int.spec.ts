import { newEventId, newId, type ContextName } from '@concordat/contracts';
import { hashLeaf, parseEntry, TiledTree } from '@concordat/ledger';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Databases, LOGGER, PROCESS, systemCall } from '@concordat/platform';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import fc from 'fast-check';
import { allSealed, deliver, makeAct, type Made, type MadeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';
import { Details } from '../details';
import { Log } from '../log';
import { Checkpoints } from './checkpoints';
import { Sequencer } from './sequencer';

/** Everything in the log, looked at from behind. */
interface Row extends Record<string, unknown> {
  idx: string;
  bytes: Buffer;
  event_id: string;
}

describe('the sequencer', () => {
  let app: TestApp;
  let unit: UnitOfWork;
  let key: Buffer;
  const next = new Map<ContextName, bigint>();

  beforeAll(async () => {
    app = await startApp([AuditModule]);
    const nest = app.running.app;
    key = nest.get<{ detailKey: Buffer }>(PROCESS).detailKey;
    const pool = nest.get(Databases).pool('audit');
    unit = new UnitOfWork({ context: 'audit', pool, detailKey: key, jobs: null, hint: () => undefined });
    await allSealed(app);
  });
  afterAll(() => app.stop());

  /** The next act of a producer that nobody else uses here. */
  function act(source: ContextName, change: Parameters<typeof makeAct>[2] = {}, made: Made = {}): MadeAct {
    const version = (next.get(source) ?? 0n) + 1n;
    next.set(source, version);
    return makeAct(key, version, change, { source, ...made });
  }
  const inTx = (fn: (tx: Tx) => Promise<void>): Promise<void> => unit.project(systemCall(newId(), 'operation'), fn);
  const append = (acts: readonly MadeAct[], sequencer = app.running.app.get(Sequencer, { strict: false })) =>
    inTx((tx) => sequencer.append(acts, tx));
  /** A sequencer that knows nothing by heart, as after a kill. */
  function reborn(): Sequencer {
    const get = <T>(token: new (...args: never[]) => T): T => app.running.app.get(token, { strict: false });
    const nest = app.running.app;
    return new Sequencer(get(Log), get(Details), get(Checkpoints), nest.get(PROCESS), nest.get(LOGGER));
  }
  const entries = () => app.sql<Row>('SELECT idx, event_id, bytes FROM audit.entry ORDER BY idx');
  /** Everything that was sealed, in short: equal only when no byte is another. */
  const digest = async () =>
    (
      await app.sql<{ digest: string }>(
        `SELECT count(*) || encode(sha256(string_agg(bytes, '' ORDER BY idx)), 'hex') AS digest FROM audit.entry`,
      )
    )[0]!.digest;
  const state = async () =>
    (await app.sql<{ size: string; root: Buffer }>('SELECT size, root FROM audit.log_state'))[0]!;

  /** Holds everything that must be true of a log against what the database has. */
  async function assertWhole(): Promise<void> {
    const rows = await entries();
    expect(rows.map((r) => Number(r.idx))).toEqual(rows.map((_, i) => i));
    const tree = TiledTree.empty();
    tree.append(rows.map((r) => hashLeaf(r.bytes)));
    const { size, root } = await state();
    expect(size).toBe(String(rows.length));
    expect(root).toEqual(tree.root());
    const last = new Map<string, bigint>();
    for (const row of rows) {
      const { src, eventId } = parseEntry(row.bytes);
      expect(eventId).toBe(row.event_id);
      expect(src.seq).toBe(String((last.get(src.id) ?? 0n) + 1n));
      last.set(src.id, BigInt(src.seq));
    }
  }

  it('numbers entries and producers without a gap, whatever the batches, rollbacks and kills', async () => {
    const sources = ['referrals', 'records'] as const;
    const step = fc.record({
      sizes: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 2 }),
      fate: fc.constantFrom('commit', 'commit', 'roll back', 'kill'),
    });
    let sequencer = app.running.app.get(Sequencer, { strict: false });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        for (const { sizes, fate } of steps) {
          const before = new Map(next);
          const acts = sizes.flatMap((n, i) =>
            Array.from({ length: n }, () =>
              act(sources[i]!, { subjects: [newId()], objects: [{ t: 'case', id: newId() }] }),
            ),
          );
          if (fate === 'roll back') {
            const lost = inTx(async (tx) => {
              await sequencer.append(acts, tx);
              throw new Error('the worker died here');
            });
            await expect(lost).rejects.toThrow('died');
            for (const source of sources) next.set(source, before.get(source) ?? 0n);
          } else {
            await append(acts, sequencer);
          }
          if (fate === 'kill') sequencer = reborn();
        }
        await assertWhole();
      }),
      { numRuns: 12 },
    );
  });

  it('leaves an act that is sealed already as it is', async () => {
    const [a, b] = [act('records'), act('records')];
    await append([a, b]);
    const before = await digest();
    await append([a, b]);
    await append([b], reborn());
    expect(await digest()).toBe(before);
  });

  it('refuses another act under an id that is sealed, and says so', async () => {
    const a = act('records');
    await append([a]);
    const before = await digest();
    const altered = makeAct(key, a.version, { action: 'referral.decide' }, { source: 'records', id: a.id });
    await expect(append([altered])).rejects.toMatchObject({ code: 'ledger.event-id-conflict' });
    const renumbered = makeAct(key, a.version + 1n, a.data, { source: 'records', id: a.id });
    await expect(append([renumbered])).rejects.toMatchObject({ code: 'ledger.event-id-conflict' });
    const id = newEventId();
    const twins = [
      makeAct(key, a.version + 1n, {}, { source: 'records', id }),
      makeAct(key, a.version + 2n, {}, { source: 'records', id }),
    ];
    await expect(append(twins)).rejects.toMatchObject({ code: 'ledger.event-id-conflict' });
    expect(await digest()).toBe(before);
  });

  it('alarms at a gap in a producer’s numbers, and seals nothing beyond it', async () => {
    const due = act('records');
    const later = act('records');
    const before = await digest();
    await expect(append([later])).rejects.toMatchObject({ code: 'ledger.sequence-gap' });
    expect(await digest()).toBe(before);
    await append([due, later]);
    await assertWhole();
  });

  it('refuses an act whose sealed detail was changed on its way', async () => {
    const good = makeAct(key, (next.get('records') ?? 0n) + 1n, {}, { source: 'records' });
    const sealed = Buffer.from(good.data.sealed, 'base64');
    sealed[40]! ^= 1;
    const bad = { ...good, data: { ...good.data, sealed: sealed.toString('base64') } };
    await expect(append([bad])).rejects.toMatchObject({ code: 'ledger.unsealable' });
  });

  it('lets only one of two writers move the log', async () => {
    const [a, b] = [act('referrals'), act('records')];
    await Promise.all([append([a]), append([b], reborn())]);
    await assertWhole();
  });

  it('waits for an act that is still on its way: later ones are sealed after it', async () => {
    const acts = [act('referrals'), act('referrals'), act('referrals')];
    // What `append` sealed directly went past the worker's own cursor.
    await app.sql(
      `INSERT INTO audit.stream_cursor (source, stream_id, last_version) VALUES ('referrals.acts', $1, $2)
       ON CONFLICT (source, stream_id) DO UPDATE SET last_version = $2`,
      [acts[0]!.streamId, acts[0]!.version - 1n],
    );
    const before = (await entries()).length;
    await deliver(app, acts.slice(1));
    await deliver(
      app,
      [act('records')].map((a) => ({ ...a, version: 1_000_000n })),
    ); // and one far ahead harms nobody
    expect((await entries()).length).toBe(before);
    await deliver(app, acts.slice(0, 1));
    await eventually(async () => (await entries()).length === before + 3);
    await assertWhole();
    await app.sql(`DELETE FROM audit.inbox WHERE stream_version = 1000000`);
  });

  it('puts nothing that identifies into an entry: canary', async () => {
    const [person, staff, file] = [newId(), newId(), newId()];
    const canaries = [
      'Zephyrine Quillfeather',
      '9990000018',
      '07700 900123',
      'Quillfeather',
      '203.0.113.77',
      '/api/x/y',
    ];
    const given = act(
      'referrals',
      {
        subjects: [person],
        actor: staff,
        objects: [{ t: 'case', id: file }],
        corr: 'Quillfeather-1',
        reasons: ['9990000018'],
      },
      {
        detail: {
          terms: 'Zephyrine Quillfeather 9990000018',
          phone: '07700 900123',
          address: '203.0.113.77',
          path: '/api/x/y',
        },
      },
    );
    await append([given]);
    const text = (await entries()).map((r) => r.bytes.toString('utf8')).join('\n');
    for (const secret of [...canaries, person, staff, file]) expect(text).not.toContain(secret);
    // Nor is it in the clear anywhere beside it: what identifies is encrypted, and ids stand only where they are erased with.
    const tables = await app.sql<{ dump: string }>(
      `SELECT string_agg(encode(d.sealed, 'escape'), '') || (SELECT string_agg(encode(wrapped, 'escape'), '') FROM audit.data_key)
              || (SELECT string_agg(t::text, '') FROM audit.trail t) AS dump FROM audit.detail d`,
    );
    for (const secret of canaries) expect(tables[0]!.dump).not.toContain(secret);
  });

  it('uses a fresh key for every commitment, and one pseudonym for one person', async () => {
    const person = newId();
    const twice = { subjects: [person], occurredAt: new Date().toISOString(), corr: newEventId() };
    await append([act('referrals', twice), act('referrals', twice)]);
    const [a, b] = (await entries()).slice(-2).map((r) => parseEntry(r.bytes));
    expect(a!.commit).not.toBe(b!.commit);
    expect(a!.subjects).toEqual(b!.subjects);
    expect(a!.subjects![0]).not.toContain(person.replaceAll('-', '').slice(0, 8));
  });

  it('cannot change what is sealed, in the role of the service', async () => {
    const pool = app.running.app.get(Databases).pool('audit');
    for (const sql of [
      `UPDATE entry SET bytes = '' WHERE idx = 0`,
      'DELETE FROM entry WHERE idx = 0',
      'UPDATE checkpoint SET root = root',
      'DELETE FROM tile',
      'DELETE FROM log_state',
    ])
      await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
