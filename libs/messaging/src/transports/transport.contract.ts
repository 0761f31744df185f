import { newEventId, newId, NoteAdded, typeOf } from '@concordat/contracts';
import { Unavailable } from '@concordat/platform';
import { eventually } from '@concordat/testing';
import { actsOf, caller, header, Rig, type RigOptions } from '../rig.contract';
import { partitionOf } from '../tx';

export interface TransportUnderTest {
  readonly open: RigOptions['open'];
  /** Ends what `make` began. */
  close(): Promise<void>;
}

/**
 * What the path from one context's commit to another's effect must do over every transport (events.md W, R, C). The ids of
 * the rules stand in the names of the tests.
 */
export function transportContract(make: () => Promise<TransportUnderTest>): void {
  describe('as every transport', () => {
    let subject: TransportUnderTest;
    let rig: Rig;

    beforeAll(async () => {
      subject = await make();
      rig = await Rig.build({ open: subject.open });
    }, 120_000);
    beforeEach(async () => {
      rig.faults.beforeSend = undefined;
      rig.faults.afterSend = undefined;
      rig.interfere = () => undefined;
      await rig.assemble();
      await rig.start();
    });
    afterEach(() => rig.stop());
    afterAll(async () => {
      await rig?.destroy();
      await subject?.close();
    });

    const ofStream = (id: string, version: number) => (row: { streamId: string; version: bigint }) =>
      row.streamId === id && row.version === BigInt(version);
    const unpublished = () => rig.referrals.query('SELECT 1 FROM outbox WHERE published_at IS NULL');

    it('carries an event from commit to effect, and what its handler publishes further (W1, C4)', async () => {
      const id = await rig.submit();
      const caseId = await rig.accept(id);
      await rig.shows(id, ['1 submitted', '2 accepted']);
      await eventually(async () => {
        const [row] = await rig.records.query(
          'SELECT stream_version::int AS v, published_at IS NOT NULL AS sent FROM outbox WHERE stream_id = $1',
          [caseId],
        );
        expect(row).toEqual({ v: 1, sent: true });
      });
    });

    it('keeps the order of each stream while many are written at once (W2, R3, C4)', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, () => rig.submit()));
      const colours = Array.from({ length: 8 }, (_, i) => `c${i}`);
      await Promise.all(
        ids.map(async (id) => {
          for (const colour of colours) await rig.rate(id, colour);
          await rig.accept(id);
          await rig.rate(id);
        }),
      );
      const expected = ['1 submitted', ...colours.map((_, i) => `${i + 2} rated`), '10 accepted', '11 rated'];
      for (const id of ids) await rig.shows(id, expected);
    });

    it('delivers what was committed before the relay could send it (R1)', async () => {
      await rig.referrals.relay.stop();
      const id = await rig.submit();
      await rig.rate(id);
      await rig.restart();
      await rig.shows(id, ['1 submitted', '2 rated']);
      await eventually(async () => expect(await unpublished()).toEqual([]));
    });

    it('applies once what was sent twice, because the sender died before marking it (R2, C1)', async () => {
      let sends = 0;
      rig.faults.afterSend = ({ source }) => {
        if (source === 'referrals' && ++sends <= 2) throw new Error('killed before the mark');
      };
      const id = await rig.submit();
      await rig.rate(id);
      await eventually(async () => expect(await unpublished()).toEqual([]), { timeoutMs: 15_000 });
      expect(sends).toBeGreaterThan(2);
      const marker = await rig.submit();
      await rig.shows(marker, ['1 submitted']);
      expect(await rig.effects(id)).toEqual(['1 submitted', '2 rated']);
    });

    it('applies once what was received twice, because the receiver died before acknowledging it (C1)', async () => {
      const receive = rig.records.inbox.receive.bind(rig.records.inbox);
      let deaths = 0;
      rig.records.inbox.receive = async (...args) => {
        const count = await receive(...args);
        if (args[0].length > 0 && ++deaths <= 2) throw new Error('killed before the acknowledgement');
        return count;
      };
      const id = await rig.submit();
      await rig.rate(id);
      const caseId = await rig.accept(id);
      await rig.shows(id, ['1 submitted', '2 rated', '3 accepted']);
      await eventually(() => expect(deaths).toBeGreaterThan(2));
      expect(await rig.effects(id)).toHaveLength(3);
      expect(await rig.records.query('SELECT 1 FROM outbox WHERE stream_id = $1', [caseId])).toHaveLength(1);
    });

    it('applies once what was delivered again long after it was applied (C4)', async () => {
      const id = await rig.submit();
      await rig.rate(id);
      await rig.shows(id, ['1 submitted', '2 rated']);
      await rig.referrals.query('UPDATE outbox SET published_at = NULL WHERE stream_id = $1', [id]);
      rig.referrals.relay.hint();
      await eventually(async () => expect(await unpublished()).toEqual([]));
      await rig.rate(id);
      await rig.shows(id, ['1 submitted', '2 rated', '3 rated']);
      expect(await rig.records.query('SELECT 1 FROM inbox WHERE stream_id = $1', [id])).toEqual([]);
    });

    it('keeps order and applies once with two workers on one inbox (C4)', async () => {
      const twin = rig.newSite('records');
      await rig.begin(twin.worker);
      const ids = await Promise.all(Array.from({ length: 8 }, () => rig.submit()));
      await Promise.all(
        ids.map(async (id) => {
          await rig.rate(id);
          await rig.accept(id);
          await rig.rate(id);
          twin.worker.wake();
        }),
      );
      for (const id of ids) await rig.shows(id, ['1 submitted', '2 rated', '3 accepted', '4 rated']);
    });

    it('waits at a gap, then has the producer fill it, and counts that as a healing (C4, reconciler)', async () => {
      const id = await rig.submit();
      await rig.shows(id, ['1 submitted']);
      rig.faults.beforeSend = (s) => ({ ...s, rows: s.rows.filter((r) => !ofStream(id, 2)(r)) });
      await rig.rate(id);
      await eventually(async () => expect(await unpublished()).toEqual([]));
      await rig.rate(id, 'red');
      const other = await rig.submit();
      await rig.shows(other, ['1 submitted']);
      await eventually(async () =>
        expect(await rig.records.query('SELECT 1 FROM inbox WHERE stream_id = $1', [id])).toHaveLength(1),
      );
      expect(await rig.effects(id)).toEqual(['1 submitted']);
      await rig.begin(rig.records.reconciler);
      await rig.shows(id, ['1 submitted', '2 rated', '3 rated']);
      expect(rig.records.reconciler.healed).toBe(1);
      expect(rig.logged.find((l) => l.msg === 'healed a loss')).toMatchObject({ stream: id, count: 1 });
    });

    it('finds a loss that nothing followed (reconciler)', async () => {
      const id = await rig.submit();
      await rig.shows(id, ['1 submitted']);
      rig.faults.beforeSend = (s) => ({ ...s, rows: s.rows.filter((r) => r.streamId !== id) });
      await rig.rate(id);
      await rig.accept(id);
      await eventually(async () => expect(await unpublished()).toEqual([]));
      await rig.referrals.query(`UPDATE stream SET changed_at = now() - interval '61 seconds' WHERE id = $1`, [id]);
      await rig.begin(rig.records.reconciler);
      await rig.shows(id, ['1 submitted', '2 rated', '3 accepted']);
      expect(rig.records.reconciler.healed).toBe(2);
    });

    it('parks the stream whose event cannot be applied; others flow; release replays in order (C5)', async () => {
      let broken = true;
      const [id, other] = [await rig.submit(), await rig.submit()];
      rig.interfere = (event) => {
        if (broken && event.streamId === id && event.version === 2n) throw new TypeError('a fault in a handler');
      };
      await rig.accept(id);
      await rig.rate(id);
      await rig.accept(id);
      await eventually(async () => expect(await rig.cursor(id)).toEqual({ last: 1, parked: 'handler.failed' }));
      await rig.accept(other);
      await rig.shows(other, ['1 submitted', '2 accepted']);
      await eventually(async () => {
        const [parked] = await rig.records.parking.list();
        expect(parked).toMatchObject({ stream: id, lastVersion: '1', reason: 'handler.failed', waiting: 3 });
      });
      expect(await rig.effects(id)).toEqual(['1 submitted']);
      expect((await rig.acts(rig.records)).find((a) => a.data.action === 'stream.park')?.data).toMatchObject({
        objects: [{ t: 'stream', id, ver: '2' }],
        reasons: ['handler.failed'],
      });
      broken = false;
      await rig.records.unit.run({ action: 'stream.release', call: caller() }, (tx) =>
        rig.records.parking.release(tx, 'referrals', id),
      );
      await rig.shows(id, ['1 submitted', '2 accepted', '3 rated', '4 accepted']);
      expect(await rig.records.parking.list()).toEqual([]);
    });

    it('parks only the stream at fault when events are applied in a batch (C5)', async () => {
      const ids = await Promise.all(Array.from({ length: 5 }, () => rig.submit()));
      for (const id of ids) await rig.shows(id, ['1 submitted']);
      await rig.records.worker.stop();
      for (const id of ids) {
        await rig.rate(id);
        await rig.rate(id);
      }
      const culprit = ids[2]!;
      rig.interfere = (event) => {
        if (event.streamId === culprit && event.version === 3n) throw new TypeError('a fault in a batch handler');
      };
      await eventually(async () =>
        expect(await rig.records.query('SELECT 1 FROM inbox WHERE stream_id = ANY($1)', [ids])).toHaveLength(10),
      );
      rig.records.worker.start();
      for (const id of ids.filter((i) => i !== culprit)) await rig.shows(id, ['1 submitted', '2 rated', '3 rated']);
      await rig.shows(culprit, ['1 submitted', '2 rated']);
      await eventually(async () => expect(await rig.cursor(culprit)).toEqual({ last: 2, parked: 'handler.failed' }));
    });

    it('tries again what failed for a passing reason, and parks nothing (C5)', async () => {
      const id = await rig.submit();
      let tries = 0;
      rig.interfere = (event) => {
        if (event.streamId === id && event.version === 2n && ++tries <= 3)
          throw new Unavailable('peer.down', 'Another part of the system cannot be reached');
      };
      await rig.accept(id);
      await rig.shows(id, ['1 submitted', '2 accepted']);
      expect(tries).toBe(4);
      expect(await rig.cursor(id)).toEqual({ last: 2, parked: null });
    });

    it('parks after the tenth failure for a passing reason (C5)', async () => {
      const id = await rig.submit();
      await rig.shows(id, ['1 submitted']);
      await rig.records.worker.stop();
      await rig.accept(id);
      await eventually(async () =>
        expect(
          await rig.records.query('UPDATE inbox SET attempts = 9 WHERE stream_id = $1 RETURNING 1', [id]),
        ).toHaveLength(1),
      );
      rig.interfere = (event) => {
        if (event.streamId === id) throw new Unavailable('peer.down', 'Another part of the system cannot be reached');
      };
      rig.records.worker.start();
      await eventually(async () => expect(await rig.cursor(id)).toEqual({ last: 1, parked: 'peer.down' }));
    });

    it('applies once, and parks nothing, when the database connection dies under a handler (C4, C5)', async () => {
      const [single, batch] = [await rig.submit(), await rig.submit()];
      await rig.shows(batch, ['1 submitted']);
      const killed = new Set<string>();
      rig.interfere = async (event, tx) => {
        if (![single, batch].includes(event.streamId) || event.version !== 2n || killed.has(event.streamId)) return;
        killed.add(event.streamId);
        const [me] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await rig.asAdmin('SELECT pg_terminate_backend($1)', [me!.pid]);
        await eventually(async () =>
          expect(await rig.asAdmin('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [me!.pid])).toEqual([]),
        );
      };
      await rig.accept(single);
      await rig.rate(batch);
      await rig.shows(single, ['1 submitted', '2 accepted']);
      await rig.shows(batch, ['1 submitted', '2 rated']);
      expect(killed.size).toBe(2);
      expect([await rig.cursor(single), await rig.cursor(batch)]).toEqual(Array(2).fill({ last: 2, parked: null }));
    });

    const outboxRow = async (id: string, version: number, type: string, body?: Buffer): Promise<void> => {
      const event = {
        specversion: '1.0',
        id: newEventId(),
        source: 'referrals',
        subject: id,
        type,
        time: new Date().toISOString(),
        caseversion: String(version),
        correlationid: newId(),
        data: header(id),
      };
      await rig.referrals.query(
        `INSERT INTO outbox (event_id, stream_id, stream_version, topic, partition, headers, body) VALUES ($1, $2, $3, 'referrals.events', $4, '{}', $5)`,
        [event.id, id, version, partitionOf(id), body ?? Buffer.from(JSON.stringify(event))],
      );
      rig.referrals.relay.hint();
    };

    it('parks a type that nobody knows, and one that nobody handles (C6)', async () => {
      const [unknown, unhandled] = [newId(), newId()];
      await outboxRow(unknown, 1, 'referrals.referral-teleported.v9');
      await outboxRow(unhandled, 1, typeOf(NoteAdded));
      await eventually(async () =>
        expect([await rig.cursor(unknown), await rig.cursor(unhandled)]).toEqual([
          { last: 0, parked: 'event.unknown-type' },
          { last: 0, parked: 'event.unhandled-type' },
        ]),
      );
    });

    it('parks an event whose data are not what its class says (K4)', async () => {
      const id = newId();
      await outboxRow(id, 1, 'referrals.referral-submitted.v1');
      await eventually(async () => expect(await rig.cursor(id)).toEqual({ last: 0, parked: 'event.invalid' }));
    });

    it('keeps a record that cannot be read, and goes on with those behind it (C3)', async () => {
      const broken = Buffer.from(`{"not json": ${newId()}`);
      const id = newId();
      const kept = async () => [
        ...(await rig.records.query('SELECT raw FROM malformed WHERE raw = $1', [broken])),
        ...(await rig.records.query('SELECT body FROM inbox WHERE body = $1', [broken])),
      ];
      const good = await rig.submit();
      await outboxRow(id, 1, '', broken);
      await rig.rate(good);
      await rig.shows(good, ['1 submitted', '2 rated']);
      await eventually(async () => expect(await kept()).toHaveLength(1));
      expect(await rig.effects(id)).toEqual([]);
    });

    it('stops only when nothing is under way, and loses nothing by it (C13)', async () => {
      const id = await rig.submit();
      await rig.shows(id, ['1 submitted']);
      let release: () => void = () => undefined;
      let busy = false;
      rig.interfere = (event) => {
        if (event.streamId !== id || event.version !== 2n) return;
        busy = true;
        return new Promise((resolve) => (release = resolve));
      };
      await rig.accept(id);
      await eventually(() => busy);
      let stopped = false;
      const stopping = rig.stop().then(() => (stopped = true));
      await rig.rate(id);
      expect(stopped).toBe(false);
      release();
      await stopping;
      expect((await rig.effects(id)).slice(0, 2)).toEqual(['1 submitted', '2 accepted']);
      await rig.assemble();
      await rig.start();
      await rig.shows(id, ['1 submitted', '2 accepted', '3 rated']);
    });

    it('loses and doubles nothing when everything stops and starts under load (C13)', async () => {
      const ids: string[] = [];
      let going = true;
      const client = async (): Promise<void> => {
        while (going) {
          const id = await rig.submit();
          await rig.rate(id);
          await rig.accept(id);
          ids.push(id);
        }
      };
      const clients = Array.from({ length: 4 }, client);
      for (const enough of [20, 40]) {
        await eventually(() => ids.length >= enough, { timeoutMs: 20_000 });
        await rig.restart();
      }
      await eventually(() => ids.length >= 60, { timeoutMs: 20_000 });
      going = false;
      await Promise.all(clients);
      for (const id of ids) await rig.shows(id, ['1 submitted', '2 rated', '3 accepted'], 30_000);
      await eventually(async () => expect(await unpublished()).toEqual([]));
    });

    it('lets a leader that was paused mark nothing once another leads (R2)', async () => {
      const id = newId();
      let awake: () => void = () => undefined;
      let paused = false;
      rig.faults.afterSend = ({ rows }) => {
        if (paused || !rows.some(ofStream(id, 1))) return;
        paused = true;
        return new Promise((resolve) => (awake = resolve));
      };
      const first = rig.referrals.relay;
      await rig.submit(caller(), id);
      await eventually(() => paused);
      const epoch = async () => (await rig.referrals.query<{ e: string }>('SELECT epoch AS e FROM relay_lease'))[0]!.e;
      const before = await epoch();
      // Its connection is cut, as by a network that believes it gone, and with it goes the advisory lock.
      await rig.asAdmin(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND objid = hashtext('referrals')::oid`,
      );
      const second = rig.newSite('referrals');
      await rig.begin(second.relay);
      await eventually(async () => expect(Number(await epoch())).toBeGreaterThan(Number(before)));
      await eventually(async () => expect(await unpublished()).toEqual([]));
      await rig.referrals.query('UPDATE outbox SET published_at = NULL WHERE stream_id = $1', [id]);
      awake();
      await eventually(() => expect(rig.logged.some((l) => l.msg === 'fenced: another process leads')).toBe(true));
      await first.stop();
      await rig.shows(id, ['1 submitted']);
      await eventually(async () => expect(await unpublished()).toEqual([]));
    });

    it('brings every act to the ledger, numbered without a gap (W1, ledger)', async () => {
      const id = await rig.submit();
      await rig.referrals.unit.read({ action: 'referral.view', call: caller() }, async (tx) => {
        tx.about({ objects: [{ t: 'referral', id }] });
      });
      await rig.shows(id, ['1 submitted']);
      const acts = (await rig.acts(rig.referrals)).length;
      await eventually(
        async () => {
          const rows = await rig.audit.query<{ version: string }>(
            'SELECT version FROM effect WHERE stream_id = $1 ORDER BY seq',
            [actsOf('referrals')],
          );
          expect(rows.map((r) => Number(r.version))).toEqual(Array.from({ length: acts }, (_, i) => i + 1));
        },
        { timeoutMs: 15_000 },
      );
      await eventually(async () =>
        expect(await rig.referrals.query('SELECT 1 FROM act WHERE published_at IS NULL')).toEqual([]),
      );
    });

    it('leaves nothing open behind: no row unsent, no transaction, no stream behind its producer', async () => {
      await eventually(async () => expect(await unpublished()).toEqual([]));
      expect(
        await rig.asAdmin(
          `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
        ),
      ).toEqual([]);
    });
  });
}
