import { newId } from '@concordat/contracts';
import { Connection, type Shot } from '../load';
import { drained, type Pressed } from '../platform';
import { shows, type Contender, type Operation } from './contender';
import { connected, COUNCIL } from './rows';

const ACTIONS: Readonly<Record<Operation, string>> = {
  create: 'referral.submit',
  read: 'referral.view',
  list: 'referral.list',
  search: 'referral.search',
};
interface Item {
  readonly id: string;
  readonly receivingOrg: string;
  readonly referringOrg: string;
}
const seen = (i: Item): boolean => i.receivingOrg === COUNCIL || i.referringOrg === COUNCIL;

/** Concordat itself: the all-in-one on a population. */
export async function ours(platform: Pressed): Promise<Contender> {
  const url = platform.urlOf('');
  let tokens = { refers: '', reads: '' };
  const refresh = async (): Promise<void> => {
    tokens = { refers: await platform.token('hana'), reads: await platform.token('amina') };
  };
  await refresh();
  const from = (await query<{ seq: string }>('SELECT act_seq AS seq FROM referrals.relay_lease'))[0]!.seq;

  function query<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
    return connected(platform.adminUrl, async (client) => (await client.query<R>(sql, values)).rows);
  }
  const get = (path: string): Shot => ({
    method: 'GET',
    path: `/api/referrals${path}`,
    headers: { authorization: `Bearer ${tokens.reads}` },
  });
  const post = (path: string, token: string, body: unknown): Shot => ({
    method: 'POST',
    path: `/api/referrals${path}`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId() },
    body: JSON.stringify(body),
  });
  /** Ours keeps what was searched for out of addresses: one request asks, another is given what was found. */
  const found = async (c: Connection, q: string): Promise<Item[] | string> => {
    const started = await c.send(post('/searches', tokens.reads, { q, sort: '-received' }));
    if (started.status !== 201) return `${started.status} ${started.body.slice(0, 200)}`;
    const { searchId } = JSON.parse(started.body) as { searchId: string };
    const answer = await c.send(get(`/searches/${searchId}?limit=25`));
    return answer.status === 200 ? (JSON.parse(answer.body) as { items: Item[] }).items : String(answer.status);
  };

  return {
    name: 'ours',
    url,
    entries: { create: 1, read: 1, list: 1, search: 2 },
    refresh,
    create: (content) => async (c) => {
      const { status, body } = await c.send(post('', tokens.refers, { content }));
      return status === 201 ? null : `${status} ${body.slice(0, 200)}`;
    },
    read: (row) => async (c) => {
      const { status, body } = await c.send(get(`/${row.id}`));
      return status === 200 && (JSON.parse(body) as Item).id === row.id ? null : `${status} ${body.slice(0, 200)}`;
    },
    list: (newest) => async (c) => {
      const { status, body } = await c.send(get('?side=received&sort=-received&limit=25'));
      if (status !== 200) return `${status} ${body.slice(0, 200)}`;
      return shows(
        (JSON.parse(body) as { items: Item[] }).items,
        25,
        (i) => i.receivingOrg === COUNCIL,
        (i) => i.id === newest,
      );
    },
    search:
      ({ term, least }) =>
      async (c) => {
        const items = await found(c, term);
        return typeof items === 'string' ? items : shows(items, least, () => true);
      },
    hides: async (row) => {
      const { hostname, port } = new URL(url);
      const c = new Connection(hostname, Number(port));
      try {
        const read = await c.send(get(`/${row.id}`));
        if (read.status !== 404) throw new Error(`ours shows a hidden row: ${read.status}`);
        const items = await found(c, row.reference);
        if (typeof items === 'string' || items.length > 0) throw new Error('ours finds a hidden row');
        const all = JSON.parse((await c.send(get('?limit=100&sort=-received&side=received'))).body) as {
          items: Item[];
        };
        if (!all.items.every(seen)) throw new Error('ours lists a hidden row');
      } finally {
        c.close();
      }
    },
    audited: async () => {
      const rows = await query<{ action: string; n: number }>(
        `SELECT convert_from(body, 'UTF8')::jsonb #>> '{data,action}' AS action, count(*)::int AS n
           FROM referrals.act WHERE seq > $1 AND convert_from(body, 'UTF8')::jsonb #>> '{data,outcome}' <> 'denied' GROUP BY 1`,
        [from],
      );
      const counted = new Map(rows.map((r) => [r.action, r.n]));
      return Object.fromEntries(Object.entries(ACTIONS).map(([k, a]) => [k, counted.get(a) ?? 0]));
    },
    atRest: () => connected(platform.adminUrl, drained),
    pid: () => platform.pid('all-in-one'),
    residentMb: () => platform.residentMb('all-in-one'),
    restart: async () => {
      await platform.kill('all-in-one', 'SIGTERM');
      const began = performance.now();
      await platform.start('all-in-one');
      return Math.round(performance.now() - began);
    },
    stop: async () => undefined, // the others' databases stand on it: it is stopped last, by whoever started it
  };
}
