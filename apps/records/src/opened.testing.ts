import { newEventId, newId } from '@concordat/contracts';
import { eventually, type TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'yaml';

interface Partnership {
  organisations: { id: string; code: string }[];
  areas: { id: string; code: string; lead: string }[];
  people: { id: string; username: string }[];
}
const partnership = parse(readFileSync('packs/demo/partnership.yaml', 'utf8')) as Partnership;
export const org = (code: string): string => partnership.organisations.find((o) => o.code === code)!.id;
export const staff = (username: string): string => partnership.people.find((p) => p.username === username)!.id;
const area = partnership.areas.find((a) => a.lead === 'northbank-council')!.id;

const AMBIGUOUS = { outcome: 'REVIEW' as const, reasons: ['SUBJECT_AMBIGUOUS'] };
/** Whom the agreement names at the agency that was asked whether somebody is known. */
export const CONTACT = { name: 'Safeguarding duty desk', email: 'duty@example.org' };

/**
 * Referrals and sharing, as far as records asks of them: case files by id, nothing on the event path; and decisions, which
 * permit unless `refuses` says otherwise.
 */
export class PeersStandIn {
  readonly files = new Map<string, object>();
  asked: string[] = [];
  /** The questions that the decision point was asked. */
  readonly questions: Record<string, unknown>[] = [];
  refuses: { outcome: 'DENY' | 'REVIEW'; reasons: string[] } | null = null;
  /** As the rules say it where it is not certain whom something is about (R19); null once a person has allowed it. */
  ambiguous: { outcome: 'DENY' | 'REVIEW'; reasons: string[] } | null = AMBIGUOUS;
  down = false;
  private server: Server | null = null;

  /** Answers where they are, as CONCORDAT_URLS says it. */
  async start(): Promise<string> {
    this.server = createServer((request, reply) => {
      const url = request.url ?? '';
      if (url === '/api/sharing/decisions') return void this.decide(request, reply);
      const id = /^\/api\/referrals\/([0-9a-f-]{36})\/case-file$/.exec(url)?.[1];
      const answer = id ? this.files.get(id) : { heads: [], next: null, items: [] };
      if (id) this.asked.push(String(request.headers['concordat-purpose']));
      reply.writeHead(this.down ? 503 : answer ? 200 : 404, { 'content-type': 'application/json' });
      reply.end(JSON.stringify(answer ?? {}));
    });
    await new Promise<void>((r) => this.server!.listen(0, '127.0.0.1', r));
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return `referrals=${url},sharing=${url}`;
  }

  private async decide(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    this.questions.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>);
    const permitted = { outcome: 'PERMIT', reasons: [], isa: 'stand-in@1.0.0', flowId: 'F1', lineIds: ['S1', 'R1'] };
    const { kind, subjects } = this.questions.at(-1) as { kind: string; subjects: { match: string }[] };
    const refused = this.refuses ?? (subjects.some(({ match }) => match === 'POSSIBLE') ? this.ambiguous : null);
    const decision = refused ? { ...permitted, flowId: null, lineIds: [], ...refused } : permitted;
    const contact = kind === 'ASK_KNOWN' && !refused ? { contact: CONTACT } : {};
    reply.writeHead(this.down ? 503 : 200, { 'content-type': 'application/json' });
    reply.end(JSON.stringify({ id: newId(), decision, ...contact }));
  }

  stop(): Promise<void> {
    return new Promise((r) => this.server!.close(() => r()));
  }
}

/** A person as a referral tells of them; `id` and `ref` are given when they are not. */
export type Told = Readonly<Record<string, unknown>>;

export interface Opening {
  /** Agencies that take part, the lead among them. Northbank Council and Harbour Housing unless said. */
  readonly participants?: readonly string[];
  readonly leadOrg?: string;
  /** The subject first; somebody called Tamsin Ashgrove and the alleged perpetrator unless said. */
  readonly people?: readonly Told[];
  readonly relationships?: readonly { from: string; to: string; kind: string }[];
}

/** Lets records receive that a referral was accepted, exactly as a transport would. The case opens a moment later. */
export async function accept(app: TestApp, referrals: PeersStandIn, opening: Opening = {}) {
  const [referralId, caseId] = [newId(), newId()];
  const council = opening.leadOrg ?? org('northbank-council');
  const people = (opening.people ?? TAMSIN).map((told, i) => ({ id: newId(), ref: `p${i + 1}`, ...told }));
  referrals.files.set(referralId, {
    referralId,
    caseId,
    pathway: 'domestic-abuse',
    areaId: area,
    leadOrg: council,
    referringOrg: org('harbour-housing'),
    referredBy: staff('hana'),
    receivedAt: '2026-11-20T10:00:00.000Z',
    acceptedAt: '2026-11-20T12:00:00.000Z',
    decidedBy: staff('amina'),
    people,
    relationships: opening.relationships ?? [],
    safeContact: { person: 'p1', methods: [{ channel: 'phone', safe: 'no' }] },
    staffRisk: { level: 'known' },
  });
  const id = newEventId();
  const event = {
    specversion: '1.0',
    id,
    source: 'referrals',
    subject: referralId,
    type: 'referrals.referral-accepted.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'urn:concordat:schema:referrals.referral-accepted.v1',
    partitionkey: referralId,
    caseversion: '1',
    correlationid: newEventId(),
    data: {
      referralId,
      pathway: 'domestic-abuse',
      areaId: area,
      referringOrg: org('harbour-housing'),
      receivingOrg: council,
      caseId,
      leadOrg: council,
      decidedBy: staff('amina'),
      participants: opening.participants ?? [council, org('harbour-housing')],
    },
  };
  await app.sql(
    'INSERT INTO records.inbox (source, stream_id, stream_version, event_id, body) VALUES ($1, $2, 1, $3, $4)',
    ['referrals', referralId, id, Buffer.from(JSON.stringify(event))],
  );
  return { caseId, referralId, people: people.map((p) => p.id), subject: people[0]!.id };
}

/** As `accept`, and waits until the case is there. */
export async function opened(app: TestApp, referrals: PeersStandIn, opening: Opening = {}) {
  const made = await accept(app, referrals, opening);
  await eventually(
    async () => (await app.sql('SELECT 1 FROM records.case_file WHERE id = $1', [made.caseId])).length === 1,
    { timeoutMs: 10_000 },
  );
  return made;
}

const TAMSIN: readonly Told[] = [
  { roles: ['subject'], name: { given: 'Tamsin', family: 'Ashgrove' } },
  { roles: ['alleged-perpetrator'], name: { given: 'Corin', family: 'Ashgrove' } },
];
