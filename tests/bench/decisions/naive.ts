/**
 * The decision point a second time, as the rules are written and as slowly as that is: it reads the agreements' JSON anew for
 * each request, multiplies every flow with every line of every party, and shares no code with the library, only its types.
 * What the library decides is right when this says the same.
 */
import type { Agreement, BasisLine, Decision, DecisionRequest, LawTable, MeetingDeclaration } from '@concordat/sharing';

export interface World {
  readonly agreements: readonly Agreement[];
  readonly declarations: readonly MeetingDeclaration[];
  readonly law: LawTable;
}
export type Answer = Omit<Decision, 'engineVersion' | 'inputHash'>;
type Party = Agreement['parties'][number];
type Flow = Agreement['flows'][number];

/** The table of rules, R8 on, row by row: the order of reasons. */
export const TABLE = [
  'ITEM_NOT_IN_SCOPE RESTRICTED USE_NOT_PERMITTED NO_BASIS_SENDER NO_BASIS_RECIPIENT',
  'RLI_PUBLIC_AUTHORITY REQUEST_STATEMENT_MISSING REGIME_MISMATCH NO_SPECIAL_CONDITION NO_CRIMINAL_CONDITION',
  'GATEWAY_NOT_APPLICABLE GATEWAY_MISSING METHOD_NOT_ALLOWED CLASSIFICATION_TOO_HIGH TOO_MANY_RECIPIENTS',
  'OUTSIDE_MEETING_NOT_ALLOWED DECLARATION_MISSING ONWARD_PROHIBITED ONWARD_NOT_LISTED ORIGINATOR_CONSENT_NEEDED',
  'PROVENANCE_UNKNOWN CONSENT_REQUIRED PUBLIC_INTEREST_NOT_RECORDED REFUSAL_NOT_ADDRESSED CONSENT_REASON_MISSING',
  'ITEM_CONDITION_NOT_MET ITEM_CONDITION_UNKNOWN SUBJECT_AMBIGUOUS SUBJECT_NOT_FOUND REVIEW_OVERDUE',
].flatMap((row) => row.split(' '));
const REVIEWS = new Set(
  (
    'ORIGINATOR_CONSENT_NEEDED PROVENANCE_UNKNOWN PUBLIC_INTEREST_NOT_RECORDED REFUSAL_NOT_ADDRESSED ' +
    'CONSENT_REASON_MISSING ITEM_CONDITION_UNKNOWN SUBJECT_AMBIGUOUS'
  ).split(' '),
);

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const ms = (at: string): number => Date.parse(at);
export const names = (list: readonly string[], party: Party): boolean =>
  list.some((name) => name === party.orgId || name === party.agencyType);
const partyOf = (agreement: Agreement, orgId: string): Party | undefined =>
  agreement.parties.find((party) => party.orgId === orgId);

export function live({ joinedAt, signedAt, withdrawnAt }: Party, at: number): boolean {
  return Boolean(
    joinedAt && signedAt && ms(joinedAt) <= at && ms(signedAt) <= at && (!withdrawnAt || at < ms(withdrawnAt)),
  );
}
/** There was a moment up to now at which it was live: the first at which it could be. */
function onceLive(party: Party, at: number): boolean {
  const { joinedAt, signedAt } = party;
  if (!joinedAt || !signedAt) return false;
  const first = Math.max(ms(joinedAt), ms(signedAt));
  return first <= at && live(party, first);
}

const stop = (reason: string, agreement?: Agreement): Answer =>
  ({
    outcome: 'DENY',
    reasons: [reason],
    isa: agreement ? `${agreement.id}@${agreement.version}` : null,
    flowId: null,
    lineIds: [],
    permittedItems: [],
    obligations: [],
    mode: 'NORMAL',
  }) as Answer;

/** original answers a well-formed request as if there were no emergency. `hashOf` gives the content hash of an agreement. */
export function original(
  request: DecisionRequest,
  world: World,
  hashOf: (one: Agreement) => string,
): { answer: Answer; agreement: Agreement | undefined; obligations: Answer['obligations'] } {
  const at = ms(request.at);
  const day = london.format(at);
  const [agreement, why] = inForce(request.agreementId, at, day, world, []);
  const early = why ?? early4to7(request, agreement!, at, hashOf);
  if (early) return { answer: stop(early, agreement), agreement, obligations: [] };
  const obligations = obligationsOf(request, agreement!, day);
  const { reasons, flow, lines } = best(request, agreement!, at, day, world, request.items);
  const outcome = outcomeOf(reasons);
  const alone = (item: string): boolean => best(request, agreement!, at, day, world, [item]).reasons.length === 0;
  const answer = {
    outcome,
    reasons: ordered(reasons),
    isa: `${agreement!.id}@${agreement!.version}`,
    flowId: flow.id,
    lineIds: lines.map(({ id }) => id),
    permittedItems: request.items.filter(alone),
    obligations: outcome === 'DENY' ? [] : obligations,
    mode: 'NORMAL',
  } as Answer;
  return { answer, agreement, obligations };
}

function obligationsOf({ kind, subjects }: DecisionRequest, agreement: Agreement, day: string): Answer['obligations'] {
  const found: string[] = [];
  if (agreement.reviewBy < day && agreement.reviewOverduePolicy === 'WARN') found.push('REVIEW_OVERDUE');
  if (kind === 'ASK_KNOWN' && subjects.some(({ match }) => match === 'NONE')) found.push('ANSWER_MATCH_FALSE_ONLY');
  return found as unknown as Answer['obligations'];
}

/** R2, R3: the version that is judged by, and why it is not in force. */
function inForce(
  id: string,
  at: number,
  day: string,
  world: World,
  children: string[],
): [Agreement | undefined, string | null] {
  const versions = world.agreements
    .filter((one) => one.id === id)
    .sort((a, b) =>
      a.effectiveFrom === b.effectiveFrom ? byVersion(a, b) : a.effectiveFrom < b.effectiveFrom ? -1 : 1,
    );
  if (versions.length === 0) return [undefined, 'AGREEMENT_UNKNOWN'];
  const activated = versions.filter(({ events }) => events.some((e) => e.type === 'ACTIVATED' && ms(e.at) <= at));
  const begun = activated.filter(({ effectiveFrom }) => effectiveFrom <= day);
  const judged = begun.at(-1) ?? activated[0] ?? versions.at(-1)!;
  if (children.length === 0 && ['ACCORD', 'OVERARCHING'].includes(judged.tier)) return [judged, 'TIER_NOT_OPERATIVE'];
  if (activated.length === 0) return [judged, 'AGREEMENT_NOT_ACTIVE'];
  if (begun.length === 0) return [judged, 'AGREEMENT_NOT_STARTED'];
  const state = judged.events
    .filter((e) => ms(e.at) <= at && ['ACTIVATED', 'SUSPENDED', 'RESUMED', 'WITHDRAWN', 'SUPERSEDED'].includes(e.type))
    .at(-1)?.type;
  if (state === 'SUSPENDED') return [judged, 'AGREEMENT_SUSPENDED'];
  if (state === 'WITHDRAWN') return [judged, 'AGREEMENT_WITHDRAWN'];
  if (day > judged.expiresOn) return [judged, 'AGREEMENT_EXPIRED'];
  if (state === 'SUPERSEDED') return [judged, 'AGREEMENT_NOT_ACTIVE'];
  const { parentId } = judged;
  if (!parentId) return [judged, null];
  const circle = parentId === id || children.includes(parentId);
  if (circle || inForce(parentId, at, day, world, [...children, id])[1] !== null)
    return [judged, 'PARENT_NOT_IN_FORCE'];
  return [judged, null];
}

function byVersion(a: Agreement, b: Agreement): number {
  const [x, y] = [a, b].map(({ version }) =>
    version
      .split('.')
      .map((part) => part.padStart(6, '0'))
      .join(),
  );
  return x! < y! ? -1 : 1;
}

/** inForceAt gives the version in force at an instant, if there is one. */
export function inForceAt(id: string, at: number, world: World): Agreement | undefined {
  const [agreement, why] = inForce(id, at, london.format(at), world, []);
  return why === null ? agreement : undefined;
}

function early4to7(
  request: DecisionRequest,
  agreement: Agreement,
  at: number,
  hashOf: (one: Agreement) => string,
): string | null {
  if (request.version && request.version !== agreement.version) return 'VERSION_MISMATCH';
  if (request.contentHash && request.contentHash !== hashOf(agreement)) return 'CONTENT_MISMATCH';
  const sender = partyOf(agreement, request.sender);
  const recipients = request.recipients.map((orgId) => partyOf(agreement, orgId));
  const ever = (party: Party | undefined): boolean => party !== undefined && (live(party, at) || onceLive(party, at));
  if (!ever(sender)) return 'SENDER_NOT_PARTY';
  if (!recipients.every(ever)) return 'RECIPIENT_NOT_PARTY';
  if (![sender, ...recipients].every((party) => live(party!, at))) return 'PARTY_WITHDRAWN';
  if (!belongs(request)) return 'ACTOR_NOT_OF_PARTY';
  if (!agreement.purposes.some(({ code }) => code === request.purpose)) return 'PURPOSE_NOT_LISTED';
  return flowsOf(request, agreement).length === 0 ? 'NO_FLOW' : null;
}

export const belongs = ({ kind, actor, sender, recipients }: DecisionRequest): boolean =>
  (kind === 'DISCLOSE' ? [sender] : recipients).includes(actor.orgId);

function flowsOf({ purpose, sender, recipients }: DecisionRequest, agreement: Agreement): Flow[] {
  return agreement.flows.filter(
    (flow) =>
      flow.purpose === purpose &&
      names(flow.from, partyOf(agreement, sender)!) &&
      recipients.every((orgId) => names(flow.to, partyOf(agreement, orgId)!)),
  );
}

function linesFor(agreement: Agreement, purpose: string, direction: string, orgId: string): (BasisLine | null)[] {
  const fitting = agreement.basisLines.filter((line) => line.purpose === purpose && line.direction === direction);
  const own = fitting.filter(({ party }) => party === orgId);
  const ofKind = fitting.filter(({ party }) => party === partyOf(agreement, orgId)!.agencyType);
  const lines = own.length > 0 ? own : ofKind;
  return lines.length > 0 ? lines : [null];
}

interface Candidate {
  readonly reasons: readonly string[];
  readonly flow: Flow;
  readonly lines: readonly BasisLine[];
}

/** Every flow × every line of the sender × one line of each recipient. */
function best(
  request: DecisionRequest,
  agreement: Agreement,
  at: number,
  day: string,
  world: World,
  items: readonly string[],
): Candidate {
  const ends = [
    linesFor(agreement, request.purpose, 'SEND', request.sender),
    ...request.recipients.map((orgId) => linesFor(agreement, request.purpose, 'RECEIVE', orgId)),
  ];
  let combinations: (BasisLine | null)[][] = [[]];
  for (const lines of ends) combinations = combinations.flatMap((sofar) => lines.map((line) => [...sofar, line]));
  let found: Candidate | undefined;
  for (const flow of flowsOf(request, agreement)) {
    for (const lines of combinations) {
      const reasons = rules8to20(request, agreement, at, day, world, items, flow, lines);
      const candidate = { reasons: [...reasons], flow, lines: lines.filter((line) => line !== null) };
      if (!found || better(candidate, found)) found = candidate;
    }
  }
  return found!;
}

function better(a: Candidate, b: Candidate): boolean {
  const rank = { PERMIT: 2, REVIEW: 1, DENY: 0 };
  const [x, y] = [a, b].map(({ reasons }) => rank[outcomeOf(reasons)]);
  if (x !== y) return x! > y!;
  const [p, q] = [a, b].map(({ reasons }) => TABLE.indexOf(ordered(reasons)[0] ?? ''));
  if (p !== q) return p! > q!;
  if (a.flow.id !== b.flow.id) return a.flow.id < b.flow.id;
  for (let i = 0; i < a.lines.length; i++) {
    if (a.lines[i]!.id !== b.lines[i]!.id) return a.lines[i]!.id < b.lines[i]!.id;
  }
  return false;
}

const outcomeOf = (reasons: readonly string[]): 'PERMIT' | 'DENY' | 'REVIEW' =>
  reasons.length === 0 ? 'PERMIT' : reasons.every((reason) => REVIEWS.has(reason)) ? 'REVIEW' : 'DENY';
export function ordered(reasons: readonly string[]): string[] {
  const rows = TABLE.filter((reason) => reasons.includes(reason));
  return [...rows.filter((reason) => !REVIEWS.has(reason)), ...rows.filter((reason) => REVIEWS.has(reason))];
}

/** R11 and R12 for one line of one party. */
export function basisFaults(
  line: BasisLine,
  party: Pick<Party, 'publicAuthority' | 'competentAuthority'>,
  categories: readonly string[],
): string[] {
  const faults: string[] = [];
  const sch1 = (line.sch1 ?? []).length > 0;
  if (line.art6 === '6.1.ea' && party.publicAuthority) faults.push('RLI_PUBLIC_AUTHORITY');
  if (line.regime === 'PART3' && !party.competentAuthority) faults.push('REGIME_MISMATCH');
  if (categories.includes('SPECIAL')) {
    const part3 = line.regime === 'PART3';
    const met = part3
      ? (line.sch8 ?? []).length > 0
      : line.art9 && (sch1 || ['9.2.a', '9.2.c', '9.2.f'].includes(line.art9));
    if (!met) faults.push('NO_SPECIAL_CONDITION');
  }
  if (categories.includes('CRIMINAL') && line.regime === 'UKGDPR' && !(line.art10 && sch1))
    faults.push('NO_CRIMINAL_CONDITION');
  return faults;
}

function rules8to20(
  request: DecisionRequest,
  agreement: Agreement,
  at: number,
  day: string,
  world: World,
  items: readonly string[],
  flow: Flow,
  lines: readonly (BasisLine | null)[],
): Set<string> {
  const out = new Set<string>();
  const known = items.map((code) => agreement.dataItems.find((item) => item.code === code));
  const categories = known.flatMap((item) => (item ? [item.category] : []));
  const allDepersonalised = known.every((item) => item?.category === 'DEPERSONALISED');
  const orgs = [request.sender, ...request.recipients].map((orgId) => partyOf(agreement, orgId)!);
  const recipients = orgs.slice(1);
  const dead = request.subjects.length > 0 && request.subjects.every(({ deceased }) => deceased);
  const action = request.action ?? 'READ';
  const { state, withoutReason, refusalNote } = request.consent;

  if (items.some((item) => !flow.items.includes(item))) out.add('ITEM_NOT_IN_SCOPE');
  for (const r of agreement.restrictions) {
    const hit =
      (!r.items || r.items.some((item) => items.includes(item))) && (!r.to || recipients.some((p) => names(r.to!, p)));
    if (r.action === action && hit) out.add('RESTRICTED');
  }
  if (!agreement.permittedUses.includes(action)) out.add('USE_NOT_PERMITTED');
  if (lines[0] === null) out.add('NO_BASIS_SENDER');
  if (lines.slice(1).includes(null)) out.add('NO_BASIS_RECIPIENT');
  if (!dead)
    lines.forEach((line, i) => line && basisFaults(line, orgs[i]!, categories).forEach((fault) => out.add(fault)));
  const sending = lines[0];
  if (sending) {
    if (!dead && sending.rliCondition === 'PUBLIC_TASK_RESPONSE' && !request.statement)
      out.add('REQUEST_STATEMENT_MISSING');
    const limitHolds = (gateway: string): boolean => {
      if (gateway === 'CDA98.s115')
        return recipients.every((p) => {
          const bodies = ['POLICE', 'COUNCIL', 'PROBATION', 'NHS', 'ICB'];
          const principal = p.actingFor ? partyOf(agreement, p.actingFor) : undefined;
          return (
            bodies.includes(p.agencyType) || (principal && bodies.includes(principal.agencyType) && live(principal, at))
          );
        });
      if (gateway === 'CDA98.s17A') return allDepersonalised;
      if (gateway === 'PCSCA22.s16')
        return !known.some((item) => item?.patientInfo) && (!orgs[0]!.healthOrSocialCare || allDepersonalised);
      if (gateway === 'DVCVA04.s9') return agreement.purposes.find(({ code }) => code === request.purpose)!.deathReview;
      return gateway !== 'CA04.s16LA' && gateway !== 'CA04.s16LB';
    };
    if (sending.gateways.length > 0 && !sending.gateways.some(limitHolds)) out.add('GATEWAY_NOT_APPLICABLE');
    if (sending.gateways.length === 0 && orgs[0]!.publicAuthority) out.add('GATEWAY_MISSING');
    if (sending.confidenceRoute === 'CONSENT' && state !== 'GIVEN') out.add('CONSENT_REQUIRED');
    if (sending.confidenceRoute === 'PUBLIC_INTEREST' && !request.publicInterestRef)
      out.add('PUBLIC_INTEREST_NOT_RECORDED');
    if (sending.confidenceRoute !== 'CONSENT' && (state === 'REFUSED' || state === 'WITHDRAWN') && !refusalNote) {
      out.add('REFUSAL_NOT_ADDRESSED');
    }
    const relies = [...(sending.sch1 ?? []), ...(sending.sch8 ?? [])].some(
      (code) => code === 'S1.18' || code === 'S8.4',
    );
    const sensitive = categories.includes('SPECIAL') || categories.includes('CRIMINAL');
    if (!dead && relies && sensitive && state !== 'GIVEN' && !withoutReason) out.add('CONSENT_REASON_MISSING');
  }
  if (!flow.methods.includes(request.method)) out.add('METHOD_NOT_ALLOWED');
  if (request.classification === 'OFFICIAL-SENSITIVE' && flow.classification === 'OFFICIAL')
    out.add('CLASSIFICATION_TOO_HIGH');
  if (recipients.length > flow.maxRecipients) out.add('TOO_MANY_RECIPIENTS');
  if (request.setting === 'OUTSIDE' && !flow.outsideMeetingAllowed) out.add('OUTSIDE_MEETING_NOT_ALLOWED');
  if (
    request.setting === 'MEETING' &&
    !world.declarations.some(
      (d) =>
        d.meetingId === request.meetingId &&
        d.userId === request.actor.userId &&
        d.agreementId === agreement.id &&
        d.version === agreement.version &&
        ms(d.signedAt) <= at,
    )
  ) {
    out.add('DECLARATION_MISSING');
  }
  if (request.origin && request.origin.orgId !== request.sender) out.add(onward(request, recipients, world, items));
  for (const item of known) {
    if (!item?.condition) continue;
    const fact = request.conditions[item.condition];
    if (fact === false) out.add('ITEM_CONDITION_NOT_MET');
    if (fact === undefined) out.add('ITEM_CONDITION_UNKNOWN');
  }
  subjectFaults(request, allDepersonalised).forEach((fault) => out.add(fault));
  if (agreement.reviewBy < day && agreement.reviewOverduePolicy === 'BLOCK') out.add('REVIEW_OVERDUE');
  out.delete('');
  return out;
}

/** R16; '' when nothing is wrong. */
function onward(
  request: DecisionRequest,
  recipients: readonly Party[],
  world: World,
  items: readonly string[],
): string {
  const { orgId, agreementId, version, flowId, consentRef } = request.origin!;
  const source = world.agreements.find((one) => one.id === agreementId && one.version === version);
  const flow = source?.flows.find(({ id }) => id === flowId);
  const [from, to] = source ? [partyOf(source, orgId), partyOf(source, request.sender)] : [];
  if (!flow || !from || !to || !names(flow.from, from) || !names(flow.to, to)) return 'PROVENANCE_UNKNOWN';
  if (items.some((item) => !flow.items.includes(item))) return 'PROVENANCE_UNKNOWN';
  if (flow.onward === 'PROHIBITED') return 'ONWARD_PROHIBITED';
  if (flow.onward === 'LISTED')
    return recipients.every((p) => names(flow.onwardTo ?? [], p)) ? '' : 'ONWARD_NOT_LISTED';
  return consentRef ? '' : 'ORIGINATOR_CONSENT_NEEDED';
}

/** R19. */
export function subjectFaults({ subjects, kind }: DecisionRequest, allDepersonalised: boolean): string[] {
  if (subjects.length === 0) return allDepersonalised ? [] : ['SUBJECT_NOT_FOUND'];
  return subjects.flatMap(({ match }) => {
    if (match === 'POSSIBLE') return ['SUBJECT_AMBIGUOUS'];
    return match === 'NONE' && kind !== 'ASK_KNOWN' ? ['SUBJECT_NOT_FOUND'] : [];
  });
}
