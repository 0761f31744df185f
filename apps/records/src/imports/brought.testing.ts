import { newId } from '@concordat/contracts';
import { eventually, type TestApp } from '@concordat/testing';
import { problemsOf } from '../handed.testing';
import { org, type PeersStandIn } from '../opened.testing';

export const CASES = 'record,kind,opened,closed,lastInvolved,author,recordedOn,agencies,safeContact,staffRisk';
export const PEOPLE = 'record,case,role,given,family,born,sex,addresses,nhsNumber,aliases,author';

export interface Row {
  readonly number: number;
  readonly caseId: string | null;
  readonly entryId: string;
  readonly state: string;
  readonly code: string | null;
  readonly problems: { field: string; code: string }[];
  readonly undecided: boolean;
}
export interface Report {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly undecided: number;
  readonly counts: Record<string, number>;
  readonly items: Row[];
}
export interface Match {
  readonly number: number;
  readonly person: { name?: { family?: string } };
  readonly candidates: { id: string; band: string; reasons: { words: string }[] }[];
}

/** What tests of files of cases, people and relationships have in common: all of amina's. */
export function bringing(started: () => { app: TestApp; referrals: PeersStandIn }) {
  const app = () => started().app;
  const areaOf = async (): Promise<string> => {
    const [row] = await app().sql<{ area_id: string }>(
      'SELECT area_id FROM records.area WHERE lead_org = $1 AND active',
      [org('northbank-council')],
    );
    return row!.area_id;
  };
  const at = (id: string, more = ''): string => `/api/records/imports/${id}${more}`;
  /** A system of its own for each test, so that none knows another's records. */
  const system = () => `old ${newId().slice(0, 8)}`;
  const check = async (kind: string, source: string, content: string, more: object = {}, who = 'amina') =>
    app()
      .as(who)
      .post('/api/records/imports', { kind, source, areaId: await areaOf(), format: 'csv', content, ...more });
  const view = async (id: string) => (await app().as('amina').get<Report>(at(id))).body;
  const reached = (id: string, state: string) =>
    eventually(
      async () => {
        const report = await view(id);
        return report.state === state && report;
      },
      { timeoutMs: 20_000 },
    );
  const checked = async (kind: string, source: string, content: string) => {
    const { status, body } = await check(kind, source, content);
    expect([status, body.errors]).toEqual([201, undefined]);
    return reached(body.id as string, 'checked');
  };
  const start = ({ id, version }: Pick<Report, 'id' | 'version'>, body: object = {}) =>
    app().as('amina').post(at(id, '/start'), body, { version });
  const brought = async (kind: string, source: string, content: string, body: object = {}) => {
    const report = await checked(kind, source, content);
    expect((await start(report, body)).status).toBe(202);
    return reached(report.id, 'done');
  };
  const told = ({ items }: Report) => items.map((r) => [r.number, r.state, r.code, problemsOf({ errors: r.problems })]);
  const acts = async (id: string, action: string) =>
    (await app().acts('records')).filter((a) => a.action === action && a.objects.some((o) => o.id === id));
  const events = async () => (await app().sql('SELECT 1 FROM records.outbox')).length;
  const caseOf = async (id: string, who = 'amina') => app().as(who).get(`/api/records/cases/${id}`);
  const oneCase = async (source: string, record = 'CW-1', more = '2019-03,2020-11-30,,,,,,') => {
    const { items } = await brought('cases', source, `${CASES}\n${record},domestic-abuse,${more}`);
    return items[0]!.caseId!;
  };
  const matches = async (id: string) => (await app().as('amina').get(at(id, '/matches'))).body.items as Match[];
  const decide = (id: string, number: number, body: object) =>
    app()
      .as('amina')
      .post(at(id, `/matches/${number}/decision`), body);
  return {
    app,
    areaOf,
    at,
    system,
    check,
    view,
    reached,
    checked,
    start,
    brought,
    told,
    acts,
    events,
    caseOf,
    oneCase,
    matches,
    decide,
  };
}
