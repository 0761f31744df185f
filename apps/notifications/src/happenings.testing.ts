import { newEventId, newId, type ContextName } from '@concordat/contracts';
import { eventually, type TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Partnership {
  organisations: { id: string; code: string }[];
  people: { id: string; username: string }[];
}
const partnership = parse(readFileSync('packs/demo/partnership.yaml', 'utf8')) as Partnership;
export const org = (code: string): string => partnership.organisations.find((o) => o.code === code)!.id;
export const staff = (username: string): string => partnership.people.find((p) => p.username === username)!.id;

/** The other contexts, as far as they tell this one anything: events in the order of each stream, as a transport brings them. */
export class Happenings {
  private readonly versions = new Map<string, number>();

  constructor(private readonly app: TestApp) {}

  /** Brings an event, such as `records.case-opened`. */
  async send(stream: string, type: string, data: object): Promise<void> {
    const source = type.split('.')[0] as ContextName;
    const version = (this.versions.get(`${source}/${stream}`) ?? 0) + 1;
    this.versions.set(`${source}/${stream}`, version);
    const id = newEventId();
    const event = {
      ...{ specversion: '1.0', id, source, subject: stream, type: `${type}.v1`, time: new Date().toISOString() },
      ...{ datacontenttype: 'application/json', dataschema: `urn:concordat:schema:${type}.v1`, partitionkey: stream },
      ...{ caseversion: String(version), correlationid: newEventId(), data },
    };
    await this.app.sql(
      'INSERT INTO notifications.inbox (source, stream_id, stream_version, event_id, body) VALUES ($1, $2, $3, $4, $5)',
      [source, stream, version, id, Buffer.from(JSON.stringify(event))],
    );
  }

  /** Waits until all that was brought has been applied. */
  async heard(): Promise<void> {
    const open = 'SELECT (SELECT count(*) FROM notifications.inbox)::int AS n';
    await eventually(async () => (await this.app.sql<{ n: number }>(open))[0]!.n === 0, { timeoutMs: 20_000 });
  }

  /** A referral that an agency has rated, with the time by which it is to be decided. */
  async rated(code: string, dueAt: Date, referralId = newId()): Promise<string> {
    await this.send(referralId, 'referrals.referral-rated', {
      ...{ referralId, pathway: 'adult-safeguarding', areaId: newId(), referringOrg: org('harbour-housing') },
      ...{ receivingOrg: org(code), colour: 'red', dueAt: dueAt.toISOString(), pack: 'test@1.0.0' },
    });
    return referralId;
  }

  /** What an agency is to do after a meeting about a case in which it and others take part. */
  async action(code: string, dueOn: string, more: { caseId?: string; with?: string[]; state?: string } = {}) {
    const caseId = more.caseId ?? newId();
    if (!more.caseId) for (const each of [code, ...(more.with ?? [])]) await this.part(caseId, each, 'contributor');
    const actionId = newId();
    await this.send(caseId, 'risk.conference-action-changed', {
      ...{ caseId, actionId, meetingId: newId(), orgId: org(code), state: more.state ?? 'accepted', dueOn },
    });
    return { caseId, actionId };
  }

  part(caseId: string, code: string, level: string, more: object = {}): Promise<void> {
    return this.send(caseId, 'records.case-access-changed', {
      ...{ caseId, orgId: org(code), level, restricted: false, from: new Date().toISOString() },
      ...more,
    });
  }

  async restrict(caseId: string, usernames: readonly string[]): Promise<void> {
    const restrictionId = newId();
    await this.send(restrictionId, 'records.restriction-changed', {
      ...{ restrictionId, version: 1, records: [caseId], staff: usernames.map(staff), trace: 'nothing', live: true },
    });
  }
}
