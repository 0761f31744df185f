import { newEventId, newId } from '@concordat/contracts';
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

/** Records, as far as it tells risk anything: events in the order of each case, exactly as a transport brings them. */
export class RecordsTells {
  private readonly versions = new Map<string, number>();

  constructor(private readonly app: TestApp) {}

  /** Waits until risk has applied it. */
  async tell(stream: string, type: string, data: object): Promise<void> {
    const version = await this.send(stream, type, data);
    await eventually(
      async () =>
        (
          await this.app.sql(
            `SELECT 1 FROM risk.stream_cursor WHERE source = 'records' AND stream_id = $1 AND last_version >= $2`,
            [stream, version],
          )
        ).length === 1,
    );
  }

  private async send(stream: string, type: string, data: object): Promise<number> {
    const version = (this.versions.get(stream) ?? 0) + 1;
    this.versions.set(stream, version);
    const id = newEventId();
    const event = {
      ...{ specversion: '1.0', id, source: 'records', subject: stream, type: `records.${type}.v1` },
      ...{ time: new Date().toISOString(), datacontenttype: 'application/json', partitionkey: stream },
      ...{
        dataschema: `urn:concordat:schema:records.${type}.v1`,
        caseversion: String(version),
        correlationid: newEventId(),
      },
      data,
    };
    await this.app.sql(
      'INSERT INTO risk.inbox (source, stream_id, stream_version, event_id, body) VALUES ($1, $2, $3, $4, $5)',
      ['records', stream, version, id, Buffer.from(JSON.stringify(event))],
    );
    return version;
  }

  /** A case that Northbank Council leads, Harbour Housing works on and the police read; the fire service knows that it exists. */
  async opened(): Promise<{ caseId: string; subject: string; other: string }> {
    const [caseId, subject, other] = [newId(), newId(), newId()];
    const council = org('northbank-council');
    await this.send(caseId, 'case-opened', {
      ...{ caseId, referralId: newId(), leadOrg: council, areaId: newId(), people: [subject, other] },
    });
    const levels = { 'northbank-council': 'lead', 'harbour-housing': 'contributor', 'northbank-police': 'reader' };
    for (const [code, level] of Object.entries(levels))
      await this.send(caseId, 'case-access-changed', partOf(caseId, code, { level }));
    await this.part(caseId, 'northbank-fire', { level: 'preview' });
    return { caseId, subject, other };
  }

  part(caseId: string, code: string, more: { level: string; restricted?: boolean; to?: string }): Promise<void> {
    return this.tell(caseId, 'case-access-changed', partOf(caseId, code, more));
  }
}

const partOf = (caseId: string, code: string, more: object): object => ({
  ...{ caseId, orgId: org(code), restricted: false, from: new Date().toISOString() },
  ...more,
});
