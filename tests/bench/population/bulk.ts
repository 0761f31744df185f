import { contexts, newEventId, newId, type ContextName } from '@concordat/contracts';
import type { UnitOfWork } from '@concordat/messaging';
import {
  Problem,
  serviceActorId,
  type Actor,
  type Call,
  type Lifecycle,
  type News,
  type Peers,
} from '@concordat/platform';
import { CaseLinks } from '../../../apps/audit/src/case-links.handlers';
import { KeepingService } from '../../../apps/notifications/src/deadlines/keeping.service';
import type { Ladders } from '../../../apps/notifications/src/ladders';
import { Hearing } from '../../../apps/notifications/src/hearing';
import type { Practice as MessagePractice } from '../../../apps/notifications/src/message-practice';
import { Telling } from '../../../apps/notifications/src/messages/telling';
import { CaseHandlers } from '../../../apps/records/src/cases/case.handlers';
import { CasesService } from '../../../apps/records/src/cases/cases.service';
import { ParticipationService } from '../../../apps/records/src/cases/participation.service';
import { Disclosures } from '../../../apps/records/src/disclosures';
import { HandOverPractices } from '../../../apps/records/src/hand-over-practice';
import { Looks } from '../../../apps/records/src/looks';
import { SearchIndexHandlers } from '../../../apps/records/src/search/search-index.handlers';
import { WholeCases } from '../../../apps/records/src/whole-cases';
import { CaseFileService } from '../../../apps/referrals/src/hand-over/case-file.service';
import { Areas } from '../../../apps/referrals/src/intake/areas';
import { ReferenceSeries } from '../../../apps/referrals/src/intake/reference-series';
import { SubmissionsService } from '../../../apps/referrals/src/intake/submissions.service';
import type { Practice } from '../../../apps/referrals/src/practice';
import { Referrals } from '../../../apps/referrals/src/referrals.repository';
import { Assignees } from '../../../apps/referrals/src/triage/assignees.repository';
import { Changes } from '../../../apps/referrals/src/triage/changes';
import { DecisionsService } from '../../../apps/referrals/src/triage/decisions.service';
import { TriageClockService } from '../../../apps/referrals/src/triage/triage-clock.service';
import { TriageClocks } from '../../../apps/referrals/src/triage/triage-clocks.repository';
import { TriageService } from '../../../apps/referrals/src/triage/triage.service';
import { ViewingService } from '../../../apps/referrals/src/triage/viewing.service';
import { WorklistHandlers } from '../../../apps/referrals/src/worklist/worklist.handlers';
import { SearchIndex } from '../../../apps/referrals/src/worklist/search-index.service';
import { SearchesService } from '../../../apps/referrals/src/worklist/searches.service';
import { WorklistService } from '../../../apps/referrals/src/worklist/worklist.service';
import { CountsHandlers } from '../../../apps/insight/src/counts.handlers';
import { CasePeople } from '../../../apps/risk/src/case-people.handlers';
import { CaseAccessProjection, MemberProjection } from '../../../libs/access/src/projections';
import type { BulkUnit } from './bulk-unit';
import type { Clock } from './clock';
import type { Copying } from './copy';
import { Receivers } from './handlers';
import type { InsightMemory } from './insight-memory';
import type { RecordsMemory } from './records-memory';
import type { ReferralsMemory, Ref } from './referrals-memory';
import type { NotificationsMemory } from './notifications-memory';
import type { RiskMemory } from './risk-memory';
import { TRIAGE, type Step, type Subject, type Taker, type TriageStep } from './steps';

const LISTED = 25;
/** What the decision point answers, for which no agreements are made here: whoever joins a case is permitted to. */
const PERMITTED = { outcome: 'PERMIT', reasons: [], isa: 'stand-in@1.0.0', flowId: 'F1', lineIds: ['S1', 'R1'] };
const idle = { add: () => undefined } as unknown as Lifecycle;

const NOBODY_LOOKS = { changed: () => undefined } as unknown as News;

/** Takes steps by the product's own services, over units that write in bulk. */
export class Bulk implements Taker {
  private readonly services;
  private readonly streams;
  readonly receivers: Receivers;
  /** The newest referrals that each organisation has received: what its worklist shows. */
  private readonly newest = new Map<string, Ref[]>();

  constructor(
    private readonly units: Readonly<Record<ContextName, BulkUnit>>,
    private readonly clock: Clock,
    private readonly memory: {
      readonly referrals: ReferralsMemory;
      readonly records: RecordsMemory;
      readonly risk: RiskMemory;
      readonly notifications: NotificationsMemory;
      readonly insight: InsightMemory;
    },
    practice: Practice,
    ladders: Ladders,
    messages: MessagePractice,
    copying: Copying,
  ) {
    const unit = (c: ContextName) => units[c] as unknown as UnitOfWork;
    this.streams = new Map(contexts.map((c) => [c, copying.into(`${c}.stream`, 'id, version, changed_at')]));
    const referrals = new Referrals();
    const changes = new Changes(unit('referrals'), referrals);
    const worklist = this.worklist();
    const files = new CaseFileService(unit('referrals'), referrals);
    const searches = { keep: () => Promise.resolve(), find: () => Promise.resolve(this.sought) };
    const peers = {
      ask: () => Promise.resolve({ id: newId(), decision: PERMITTED }),
      get: async (_from: string, _to: string, path: string) => {
        const id = /^\/([0-9a-f-]{36})\/case-file$/.exec(path)![1]!;
        const call = { ...this.call(RECORDS, 'GET', `/api/referrals${path}`), purpose: 'case-opening' };
        this.clock.tick(8);
        return JSON.parse(JSON.stringify(await files.give(call, id))) as unknown;
      },
    } as unknown as Peers;
    const handOver = new HandOverPractices(practice);
    const whole = new WholeCases(handOver, new Disclosures(peers, handOver));
    this.services = {
      submissions: new SubmissionsService(unit('referrals'), practice, new Areas(), new ReferenceSeries(), referrals),
      triage: new TriageService(changes, practice, new Assignees()),
      decisions: new DecisionsService(changes, practice),
      viewing: new ViewingService(unit('referrals'), referrals),
      worklist: new WorklistService(unit('referrals'), worklist as never),
      searches: new SearchesService(unit('referrals'), searches as never, worklist as never, idle, undefined as never),
      clocks: new TriageClockService(unit('referrals'), new TriageClocks(), idle, undefined as never),
      cases: new CasesService(unit('records'), new Looks(whole)),
      participations: new ParticipationService(unit('records'), whole),
    };
    const members = new MemberProjection({ forget: () => undefined } as never);
    this.receivers = new Receivers(units, copying, {
      identity: [members],
      referrals: [members, new CaseAccessProjection(), new WorklistHandlers(new SearchIndex(), NOBODY_LOOKS)],
      records: [members, new CaseHandlers(peers), new SearchIndexHandlers()],
      sharing: [members],
      risk: [members, new CaseAccessProjection(), new CasePeople()],
      reviews: [members],
      insight: [members, new CountsHandlers(memory.insight.counts)],
      notifications: [
        members,
        new CaseAccessProjection(),
        new Hearing([new KeepingService(ladders), new Telling(messages)]),
      ],
      audit: [members, new CaseLinks()],
    });
  }

  async take(subject: Subject, step: Step): Promise<void> {
    this.clock.tick(5);
    await this.does(subject, step);
    await this.receivers.drain();
    const r = this.memory.referrals.live.get(subject.id);
    if (r) Object.assign(subject, { version: r.version, caseId: r.caseId });
    if (step.do === 'submit' && r) this.show(r);
  }

  /** As `take`, by somebody to whom it is refused. */
  async refused(subject: Subject, step: Step): Promise<void> {
    try {
      await this.does(subject, step);
    } catch (error) {
      if (error instanceof Problem) return;
      throw error;
    }
    throw new Error('a step that should be refused was not');
  }

  /** The clock of a referral is due, if it has not been stopped or set anew. */
  async pass({ id }: Subject): Promise<void> {
    const r = this.memory.referrals.live.get(id);
    if (r?.clock === 'pending') await this.services.clocks.pass(id, r.clockVersion);
    await this.receivers.drain();
  }

  /** Nothing more will happen to this referral, nor in its case. */
  settle(id: string): void {
    const kept = this.memory.records.caseOf(id);
    this.memory.referrals.settle(id);
    this.memory.records.settle(id);
    this.memory.insight.settle('referral', id);
    this.memory.notifications.settleRecord(id);
    this.stream('referrals', id);
    if (!kept) return;
    this.memory.risk.settle(kept.id);
    this.memory.notifications.settle(kept.id);
    this.memory.insight.settle('case', kept.id);
    this.stream('records', kept.id);
  }

  /** Writes where a stream, and those who receive it, have come to. */
  private stream(context: ContextName, id: string): void {
    const state = this.units[context].streams.get(id);
    if (!state) return;
    this.units[context].streams.delete(id);
    this.streams.get(context)!(id, state.version, state.at);
    this.receivers.settle(context, id);
  }

  /** The time is up: what is still open is written as it stands. */
  settleAll(): void {
    for (const id of [...this.memory.referrals.live.keys()]) this.settle(id);
    this.memory.insight.settleAll();
    for (const context of contexts) for (const id of [...this.units[context].streams.keys()]) this.stream(context, id);
  }

  private does(subject: Subject, step: Step): Promise<unknown> {
    const { services: s } = this;
    const at = `/api/referrals/${subject.id}`;
    const version = { expectedVersion: subject.version };
    const caseId = subject.caseId ?? '';
    const caseAt = `/api/records/cases/${caseId}`;
    const caseVersion = { expectedVersion: this.memory.records.caseOf(subject.id)?.version ?? 1 };
    switch (step.do) {
      case 'submit':
        return s.submissions
          .submit(this.call(step.by, 'POST', '/api/referrals', { body: { content: step.content } }))
          .then((made) => void Object.assign(subject, { id: made.id, version: made.version }));
      case 'view':
        return s.viewing.view(this.call(step.by, 'GET', at), subject.id);
      case 'list':
        return s.worklist.list(this.call(step.by, 'GET', '/api/referrals'));
      case 'search':
        return this.search(step.by, step.q);
      case 'view-case':
        return s.cases.view(this.call(step.by, 'GET', caseAt), caseId);
      case 'list-cases':
        return s.cases.list(this.call(step.by, 'GET', '/api/records/cases'));
      case 'join':
        return s.participations.change(
          this.call(step.by, 'POST', `${caseAt}/participations`, {
            ...caseVersion,
            body: { orgId: step.org, level: step.level },
          }),
          caseId,
        );
      case 'leave':
        return s.participations.end(
          this.call(step.by, 'POST', `${caseAt}/participations/${step.org}/ending`, caseVersion),
          caseId,
          step.org,
        );
      default:
        return TAKEN[step.do](
          s,
          this.call(step.by, 'POST', `${at}/${TRIAGE[step.do]}`, { ...version, body: step.body }),
          subject.id,
        );
    }
  }

  private sought: unknown;

  private async search(by: Actor, q: string): Promise<unknown> {
    this.sought = { asked: { q }, match: 'words' };
    const call = this.call(by, 'POST', '/api/referrals/searches', { body: { q } });
    const { searchId } = await this.services.searches.start(call);
    this.clock.tick(20);
    return this.services.searches.results(this.call(by, 'GET', `/api/referrals/searches/${searchId}`), searchId);
  }

  private call(actor: Actor, method: string, path: string, more: Partial<Call> = {}): Call {
    return {
      ...{ actor, method, path, correlationId: newEventId(this.clock.now().getTime()), purpose: 'safeguarding' },
      ...{ address: '127.0.0.1', idempotencyKey: method === 'POST' ? newId() : null, expectedVersion: null },
      ...{ body: undefined, query: {}, ...more },
    };
  }

  private show(r: Ref): void {
    const list = this.newest.get(r.receivingOrg!) ?? [];
    this.newest.set(r.receivingOrg!, [r, ...list].slice(0, LISTED));
  }

  /** A worklist of what was received last, for the acts that its showing leaves. */
  private worklist() {
    const items = (tx: { actor: Actor }) =>
      (this.newest.get(tx.actor.orgId ?? '') ?? []).map((r) => ({
        ...{ id: r.id, version: r.version, status: r.status, dueAt: r.dueAt },
        subjectId: r.subjectName === null ? null : r.people[0],
      }));
    return {
      list: (tx: { actor: Actor }) =>
        Promise.resolve({
          page: { items: items(tx), next: null, previous: null },
          count: { value: items(tx).length, more: false },
        }),
      look: (_: unknown, { match }: { match: string }) => Promise.resolve({ match, ids: [] }),
      finds: (_: unknown, { match }: { match: string }) => Promise.resolve(match === 'words'),
    };
  }
}

const RECORDS: Actor = { kind: 'service', id: serviceActorId('records'), orgId: null, roles: ['service'], areas: [] };

interface Deciding {
  readonly triage: TriageService;
  readonly decisions: DecisionsService;
}
const TAKEN: Readonly<Record<TriageStep, (s: Deciding, call: Call, id: string) => Promise<unknown>>> = {
  rate: (s, call, id) => s.triage.rate(call, id),
  assign: (s, call, id) => s.triage.assign(call, id),
  note: (s, call, id) => s.triage.note(call, id),
  request: (s, call, id) => s.triage.requestInformation(call, id),
  answer: (s, call, id) => s.triage.returnInformation(call, id),
  decide: (s, call, id) => s.decisions.decide(call, id),
  feedback: (s, call, id) => s.decisions.giveFeedback(call, id),
  reopen: (s, call, id) => s.decisions.reopen(call, id),
  withdraw: (s, call, id) => s.decisions.withdraw(call, id),
};
