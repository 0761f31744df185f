import { newId, ReferralSubmitted } from '@concordat/contracts';
import { Conflict, Databases, Forbidden, NotFound, RuleBroken, type Call } from '@concordat/platform';
import { eventually } from '@concordat/testing';
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { EmbeddedTransport } from './transports/embedded';
import { caller, header, Rig } from './rig.contract';
import type { Tx } from './tx';

describe('UnitOfWork', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.build({ open: () => new EmbeddedTransport(), poolSize: 5 });
  });
  afterAll(() => rig?.destroy());
  afterEach(() => jest.restoreAllMocks());

  const submit = (call: Call, work: (tx: Tx, id: string) => unknown = () => undefined, id = newId()) =>
    rig.referrals.unit.run({ action: 'referral.submit', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      await tx.execute('INSERT INTO note (id) VALUES ($1)', [id]);
      tx.open(id).publish(ReferralSubmitted, { ...header(id), receivedAt: tx.now.toISOString(), pack: 'test@1' });
      await work(tx, id);
      return { id };
    });
  const traces = async (id: string) => ({
    notes: (await rig.referrals.query('SELECT 1 FROM note WHERE id = $1', [id])).length,
    streams: (await rig.referrals.query('SELECT 1 FROM stream WHERE id = $1', [id])).length,
    events: (await rig.referrals.query('SELECT 1 FROM outbox WHERE stream_id = $1', [id])).length,
  });
  const actsBy = async (actor: string) => (await rig.acts(rig.referrals)).filter((a) => a.data.actor === actor);

  describe('run', () => {
    it('leaves rows, event, act and receipt together, and the receipt names the exact bytes (W1, W4, W7)', async () => {
      const call = caller();
      const { value, receipt, replayed } = await submit(call);
      expect(await traces(value.id)).toEqual({ notes: 1, streams: 1, events: 1 });
      const [event] = await rig.referrals.query<{ body: Buffer }>('SELECT body FROM outbox WHERE stream_id = $1', [
        value.id,
      ]);
      expect(receipt).toMatchObject({
        streamId: value.id,
        version: 1,
        digest: createHash('sha256').update(event!.body).digest('hex'),
      });
      expect(replayed).toBe(false);
      const [act] = await actsBy(call.actor.id);
      expect(act).toMatchObject({
        id: receipt.auditId,
        data: {
          action: 'referral.submit',
          outcome: 'done',
          actorRole: 'safeguarding-lead',
          objects: [{ t: 'referral', id: value.id }],
        },
      });
    });

    it('forgets what was kept in memory when others can see the change, and not when there was none', async () => {
      const seen: Promise<unknown[]>[] = [];
      const id = newId();
      const look = () => void seen.push(rig.referrals.query('SELECT 1 FROM note WHERE id = $1', [id]));
      await expect(
        submit(caller(), (tx) => {
          tx.forgetAfter(look);
          throw new Forbidden('no', 'No');
        }),
      ).rejects.toThrow(Forbidden);
      expect(seen).toEqual([]);
      await submit(caller(), (tx) => tx.forgetAfter(look), id);
      expect(await Promise.all(seen)).toEqual([[expect.anything()]]);
    });

    it('leaves nothing of what was rolled back, at whatever step it failed', async () => {
      const ids = [newId(), newId(), newId()];
      const failures: ((tx: Tx) => unknown)[] = [
        () => {
          throw new Error('in the work');
        },
        (tx) => tx.query('SELECT 1/0'),
        (tx) => tx.enqueue({ name: 'x', key: 'x', runAt: new Date(), payload: { id: newId(), version: 1 } }), // no queue here
      ];
      for (const [i, failure] of failures.entries()) {
        const call = caller({ idempotencyKey: newId() });
        await expect(submit(call, failure, ids[i])).rejects.toThrow();
        expect(await traces(ids[i]!)).toEqual({ notes: 0, streams: 0, events: 0 });
        expect(await rig.referrals.query('SELECT 1 FROM idempotency WHERE key = $1', [call.idempotencyKey])).toEqual(
          [],
        );
        expect(await actsBy(call.actor.id)).toEqual([]);
      }
    });

    it('puts a refusal on record: denied what may not be, failed what does not go (house §4)', async () => {
      const refusals = [
        [new NotFound('referral'), 'denied', ['referral.not-found']],
        [
          new Forbidden('referral.forbidden', 'You may not do this', ['role.not-entitled']),
          'denied',
          ['referral.forbidden', 'role.not-entitled'],
        ],
        [new RuleBroken('referral.too-late', 'It is too late'), 'failed', ['referral.too-late']],
      ] as const;
      for (const [problem, outcome, reasons] of refusals) {
        const answered: string[] = [];
        const call = caller({ answered: (id) => void answered.push(id) });
        const refused = submit(call, () => {
          throw problem;
        });
        await expect(refused).rejects.toBe(problem);
        expect(await actsBy(call.actor.id)).toMatchObject([{ id: answered[0], data: { outcome, reasons } }]);
      }
    });

    it('puts on record what the database refused as taken already', async () => {
      const { value } = await submit(caller());
      const call = caller();
      await expect(submit(call, undefined, value.id)).rejects.toThrow(Conflict);
      expect(await actsBy(call.actor.id)).toMatchObject([{ data: { outcome: 'failed', reasons: ['record.exists'] } }]);
    });

    it('tries again after a deadlock, from the beginning', async () => {
      const [a, b] = [newId(), newId()];
      await rig.referrals.query('INSERT INTO note (id) VALUES ($1), ($2)', [a, b]);
      let waiting: (() => void)[] = [];
      const meet = () =>
        new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) waiting.forEach((go) => go());
        });
      let runs = 0;
      const both: Promise<unknown>[] = [[a, b] as const, [b, a] as const].map(([first, second], n) =>
        rig.referrals.unit.run({ action: 'referral.note', call: caller() }, async (tx) => {
          if (++runs === 3) await both[1 - n]; // or on a busy machine it may meet the other again
          await tx.execute('UPDATE note SET text = text || $2 WHERE id = $1', [first, String(n)]);
          if (waiting.length < 2) await meet();
          await tx.execute('UPDATE note SET text = text || $2 WHERE id = $1', [second, String(n)]);
        }),
      );
      await Promise.all(both);
      expect(runs).toBe(3);
      const rows = await rig.referrals.query<{ text: string }>('SELECT text FROM note WHERE id IN ($1, $2)', [a, b]);
      expect(rows.map((r) => [...r.text].toSorted().join(''))).toEqual(['01', '01']);
      waiting = [];
    });
  });

  describe('idempotency (W3)', () => {
    it('gives the same reply to the same key, and does it once', async () => {
      const answered: string[] = [];
      const call = caller({ idempotencyKey: newId(), body: { a: 1 }, answered: (id) => void answered.push(id) });
      const first = await submit(call);
      const again = await submit(call);
      expect(again).toEqual({ ...first, replayed: true });
      expect(answered).toEqual([first.receipt.auditId, first.receipt.auditId]);
      expect(await actsBy(call.actor.id)).toHaveLength(1);
    });

    it('refuses the key for another body, action or version', async () => {
      const call = caller({ idempotencyKey: newId(), body: { a: 1 } });
      await submit(call);
      for (const other of [
        { ...call, body: { a: 2 } },
        { ...call, expectedVersion: 4 },
        { ...call, path: '/api/other' },
      ])
        await expect(submit(other)).rejects.toMatchObject({ code: 'idempotency-key.reused' });
    });

    it('keeps the keys of different people apart', async () => {
      const idempotencyKey = newId();
      const [one, two] = [await submit(caller({ idempotencyKey })), await submit(caller({ idempotencyKey }))];
      expect(one.value.id).not.toBe(two.value.id);
    });

    it('lets one of several twins at once take effect, and answers all of them alike', async () => {
      const call = caller({ idempotencyKey: newId(), body: {} });
      const replies = await Promise.all(Array.from({ length: 8 }, () => submit(call)));
      expect(new Set(replies.map((r) => r.receipt.auditId)).size).toBe(1);
      expect(replies.filter((r) => !r.replayed)).toHaveLength(1);
      const ids = new Set(replies.map((r) => r.value.id));
      expect(ids.size).toBe(1);
      expect(await traces([...ids][0]!)).toEqual({ notes: 1, streams: 1, events: 1 });
    });

    it('does not remember a refusal: the same key may succeed later', async () => {
      const call = caller({ idempotencyKey: newId() });
      await expect(
        submit(call, () => {
          throw new RuleBroken('referral.too-late', 'It is too late');
        }),
      ).rejects.toThrow(RuleBroken);
      expect((await submit(call)).replayed).toBe(false);
    });

    /** Lets the COMMIT of the next unit reach the server, or not, and cuts the connection before its answer comes. */
    const cutAtCommit = (reaches: boolean): void => {
      const { pool } = rig.referrals;
      const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
      jest.spyOn(pool, 'connect').mockImplementationOnce((async () => {
        const client = await connect();
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
        const cut = async (...args: unknown[]): Promise<unknown> => {
          if (args[0] !== 'COMMIT') return query(...args);
          if (!reaches) stream.destroy();
          await query(...args).finally(() => stream.destroy());
          throw new Error('Connection terminated unexpectedly');
        };
        // It is thrown away afterwards, because it is broken.
        Object.assign(client, { query: cut });
        return client;
      }) as never);
    };

    it('says that the outcome is unknown when the connection dies during COMMIT, and nothing took effect', async () => {
      const call = caller({ idempotencyKey: newId() });
      const id = newId();
      cutAtCommit(false);
      await expect(submit(call, undefined, id)).rejects.toMatchObject({ code: 'outcome.unknown' });
      await eventually(async () => expect(await traces(id)).toEqual({ notes: 0, streams: 0, events: 0 }));
      expect(await submit(call, undefined, id)).toMatchObject({ replayed: false, value: { id } });
      expect(await traces(id)).toEqual({ notes: 1, streams: 1, events: 1 });
    });

    it('settles it by the key when the COMMIT had been done', async () => {
      const call = caller({ idempotencyKey: newId() });
      cutAtCommit(true);
      expect(await submit(call)).toMatchObject({ replayed: true });
      expect(await actsBy(call.actor.id)).toHaveLength(1);
    });

    it('says unknown without a key, though it was done', async () => {
      const id = newId();
      cutAtCommit(true);
      await expect(submit(caller(), undefined, id)).rejects.toMatchObject({ code: 'outcome.unknown' });
      expect(await traces(id)).toEqual({ notes: 1, streams: 1, events: 1 });
    });
  });

  describe('read', () => {
    it('puts on record what was shown', async () => {
      const call = caller();
      const [id, person] = [newId(), newId()];
      const shown = await rig.referrals.unit.read({ action: 'referral.view', call }, async (tx) => {
        tx.about({ objects: [{ t: 'referral', id }], subjects: [person], detail: { search: 'Rosalind' } });
        return 'data';
      });
      expect(shown).toBe('data');
      const [act] = await actsBy(call.actor.id);
      expect(act!.data).toMatchObject({ outcome: 'done', objects: [{ t: 'referral', id }], subjects: [person] });
      expect(JSON.stringify(act)).not.toContain('Rosalind');
    });

    it('shows nothing, and does nothing, when the act cannot be written (AUD-14)', async () => {
      await rig.asAdmin('REVOKE INSERT ON referrals.act FROM concordat_referrals');
      try {
        const read = rig.referrals.unit.read({ action: 'referral.view', call: caller() }, () =>
          Promise.resolve('data'),
        );
        await expect(read).rejects.toThrow();
        const id = newId();
        await expect(submit(caller(), undefined, id)).rejects.toThrow();
        expect(await traces(id)).toEqual({ notes: 0, streams: 0, events: 0 });
        // Nor is anything refused in silence.
        const refused = submit(caller(), () => {
          throw new NotFound('referral');
        });
        await expect(refused).rejects.toMatchObject({ code: 'audit.unavailable' });
      } finally {
        await rig.asAdmin('GRANT INSERT ON referrals.act TO concordat_referrals');
      }
    });

    it('writes an entry for a refused look', async () => {
      const call = caller();
      const read = rig.referrals.unit.read({ action: 'referral.view', call }, () => {
        throw new NotFound('referral');
      });
      await expect(read).rejects.toThrow(NotFound);
      expect(await actsBy(call.actor.id)).toMatchObject([{ data: { outcome: 'denied' } }]);
    });
  });

  describe('who asks (row-level security)', () => {
    it('never shows one caller’s rows to another, over few connections and many requests at once', async () => {
      const orgs = Array.from({ length: 6 }, () => newId());
      const mine = new Map<string, string[]>();
      for (const org of orgs) mine.set(org, [newId(), newId()]);
      for (const [org, ids] of mine)
        await rig.asAdmin('INSERT INTO referrals.private_note (id, owner_org) SELECT unnest($1::uuid[]), $2', [
          ids,
          org,
        ]);
      const look = async (n: number): Promise<void> => {
        const org = orgs[n % orgs.length]!;
        const call = caller();
        const who: Call = { ...call, actor: { ...call.actor, orgId: org } };
        if (n % 7 === 0) {
          const failing = rig.referrals.unit.read({ action: 'referral.list', call: who }, (tx) =>
            tx.query('SELECT 1/0'),
          );
          await expect(failing).rejects.toThrow();
        }
        const rows = await rig.referrals.unit.read({ action: 'referral.list', call: who }, (tx) =>
          tx.query<{ id: string }>('SELECT id FROM private_note ORDER BY id'),
        );
        expect(rows.map((r) => r.id)).toEqual(mine.get(org)!.toSorted());
      };
      await Promise.all(Array.from({ length: 60 }, (_, n) => look(n)));
      expect(await rig.referrals.query('SELECT id FROM private_note')).toEqual([]);
      const machine = { ...caller(), actor: { ...caller().actor, kind: 'system' as const, orgId: null } };
      expect(
        await rig.referrals.unit.read({ action: 'referral.list', call: machine }, (tx) =>
          tx.query('SELECT id FROM private_note'),
        ),
      ).toEqual([]);
    });

    it('has no scope outside a unit of work', async () => {
      const scopes = await Promise.all(
        Array.from({ length: 10 }, () =>
          rig.referrals.query<{ s: string }>(`SELECT current_setting('concordat.scope') AS s`),
        ),
      );
      expect(new Set(scopes.flat().map((r) => r.s))).toEqual(new Set(['none']));
    });

    it('lets a context’s role neither see another schema nor own anything', async () => {
      await expect(rig.referrals.query('SELECT * FROM records.effect')).rejects.toThrow('permission denied');
      await expect(rig.referrals.query('ALTER TABLE note ADD COLUMN x int')).rejects.toThrow('must be owner');
      await expect(rig.referrals.query('TRUNCATE act')).rejects.toThrow('permission denied');
    });
  });

  it('lets a projection publish nothing', async () => {
    const project = rig.referrals.unit.project(caller(), async (tx) => {
      const id = newId();
      tx.open(id).publish(ReferralSubmitted, { ...header(id), receivedAt: tx.now.toISOString(), pack: 'test@1' });
    });
    await expect(project).rejects.toThrow('publishes nothing');
  });

  it('counts for a caller without an act, and lets nothing be written by that', async () => {
    const acts = async () => (await rig.referrals.query<{ n: number }>('SELECT count(*)::int AS n FROM act'))[0]!.n;
    const before = await acts();
    expect(await rig.referrals.unit.tally(caller(), async (tx) => (await tx.query('SELECT 1')).length)).toBe(1);
    const writing = rig.referrals.unit.tally(caller(), (tx) =>
      tx.execute('INSERT INTO stream (id, version, changed_at) VALUES ($1, 1, clock_timestamp())', [newId()]),
    );
    await expect(writing).rejects.toThrow('read-only transaction');
    expect(await acts()).toBe(before);
  });

  it('refuses a database that would lose what it acknowledges (W5)', async () => {
    const url = (): string => rig.databases.url('referrals');
    const strict = new Databases(url, 2, { warn: () => undefined } as never);
    // The server of tests may lose everything, and is told apart by a flag that no production process sets.
    await expect(strict.openAll(['referrals'])).rejects.toThrow(/off: what it acknowledges could be lost/);
    await strict.onApplicationShutdown();
    const lenient = new Databases(url, 2, { warn: () => undefined } as never);
    await lenient.openAll(['referrals'], true);
    await lenient.onApplicationShutdown();
  });
});
