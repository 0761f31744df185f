/**
 * The same agreements as policies of Cedar, and the same requests as its requests: what a general policy engine would be given. Only
 * whether it is permitted is compared. Time is compiled into instants beforehand, as it is for the evaluator of ours; which version is in
 * force when, the naive evaluator says. Not expressed: break-glass, onward sharing (R16) and content hashes, because what they look at
 * lies in other agreements or in a hash; and everything that Cedar has no notion of: REVIEW, which candidate answers, in which order
 * reasons stand.
 */
import type { Context } from '@cedar-policy/cedar-wasm/nodejs';
import type { Agreement, BasisLine, DecisionRequest } from '@concordat/sharing';
import { basisFaults, inForceAt, names, type World } from './naive';

type Party = Agreement['parties'][number];
type Flow = Agreement['flows'][number];

const text = JSON.stringify;
const set = (codes: readonly string[]): string => `[${codes.map((each) => text(each)).join(', ')}]`;
const all = (...terms: string[]): string => {
  const needed = [...new Set(terms.filter((term) => term !== 'true'))];
  if (needed.includes('false')) return 'false';
  return needed.length === 0 ? 'true' : needed.map((term) => `(${term})`).join(' && ');
};
const any = (...terms: string[]): string => {
  if (terms.includes('true')) return 'true';
  const some = [...new Set(terms.filter((term) => term !== 'false'))];
  return some.length === 0 ? 'false' : some.map((term) => `(${term})`).join(' || ');
};
const none = (codes: readonly string[]): string =>
  codes.length === 0 ? 'true' : `!context.items.containsAny(${set(codes)})`;
/** Some recipient or other: what must be true where it is among those of the request. */
const wherever = (orgId: string, term: string): string =>
  term === 'true' ? 'true' : any(`!context.recipients.contains(${text(orgId)})`, term);
const between = (from: number, until: number): string =>
  from >= until
    ? 'false'
    : all(from === -Infinity ? 'true' : `context.at >= ${from}`, until === Infinity ? 'true' : `context.at < ${until}`);

const BODIES = ['POLICE', 'COUNCIL', 'PROBATION', 'NHS', 'ICB'];
const DAY_MS = 86_400_000;

/** When a party is live. */
function live({ joinedAt, signedAt, withdrawnAt }: Party): string {
  if (!joinedAt || !signedAt) return 'false';
  const from = Math.max(Date.parse(joinedAt), Date.parse(signedAt));
  return between(from, withdrawnAt ? Date.parse(withdrawnAt) : Infinity);
}

const known = new WeakMap<Agreement, string>();
/** The same for every sender of a version. */
function inForceOnce(agreement: Agreement, world: World): string {
  const found = known.get(agreement) ?? inForce(agreement, world);
  known.set(agreement, found);
  return found;
}

/** An agreement with those above it. */
function lineage(id: string, { agreements }: World, sofar: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  if (sofar.has(id)) return sofar;
  let found: ReadonlySet<string> = new Set([...sofar, id]);
  for (const one of agreements)
    if (one.id === id && one.parentId) found = lineage(one.parentId, { agreements } as World, found);
  return found;
}

/** When a version is in force, as intervals: asked of the naive evaluator between every two moments at which that can change. */
function inForce(agreement: Agreement, world: World): string {
  const days = (day: string): number[] => [-1, 0, 1, 2].flatMap((n) => midnights(Date.parse(day) + n * DAY_MS));
  const ids = lineage(agreement.id, world);
  const above = { ...world, agreements: world.agreements.filter(({ id }) => ids.has(id)) };
  const moments = above.agreements.flatMap((one) => [
    ...days(one.effectiveFrom),
    ...days(one.expiresOn),
    ...one.events.map(({ at }) => Date.parse(at)),
  ]);
  const edges = [...new Set(moments)].sort((a, b) => a - b);
  const found: string[] = [];
  let since: number | undefined;
  for (const edge of [-Infinity, ...edges]) {
    const at = edge === -Infinity ? edges[0]! - 1 : edge;
    const holds = inForceAt(agreement.id, at, above)?.version === agreement.version;
    if (holds) since ??= edge;
    else if (since !== undefined) {
      found.push(between(since, edge));
      since = undefined;
    }
  }
  if (since !== undefined) found.push(between(since, Infinity));
  return any(...found);
}

/** The midnights that London may have on a day: in winter and in summer. */
const midnights = (utc: number): number[] => [utc, utc - 3_600_000];

/** R11 and R12 for a line: nothing of them is asked of the dead. */
function basis(line: BasisLine, party: Party, { dataItems }: Agreement): string {
  const coded = (category: string) => dataItems.filter((item) => item.category === category).map(({ code }) => code);
  const faults = (categories: readonly string[]): readonly string[] => basisFaults(line, party, categories);
  const ever = faults([]);
  return any(
    'context.allDeceased',
    all(
      ever.length > 0 ? 'false' : 'true',
      faults(['SPECIAL']).includes('NO_SPECIAL_CONDITION') ? none(coded('SPECIAL')) : 'true',
      faults(['CRIMINAL']).includes('NO_CRIMINAL_CONDITION') ? none(coded('CRIMINAL')) : 'true',
    ),
  );
}

/** R13: some gateway of the line carries it. */
function gateway(line: BasisLine, sender: Party, agreement: Agreement): string {
  if (line.gateways.length === 0) return sender.publicAuthority ? 'false' : 'true';
  const personal = agreement.dataItems.filter(({ category }) => category !== 'DEPERSONALISED').map(({ code }) => code);
  const patients = agreement.dataItems.filter(({ patientInfo }) => patientInfo).map(({ code }) => code);
  const carries = (code: string): string => {
    if (code === 'CDA98.s115')
      return all(
        ...agreement.parties.map((party) => {
          if (BODIES.includes(party.agencyType)) return 'true';
          const principal = agreement.parties.find(({ orgId }) => orgId === party.actingFor);
          return wherever(party.orgId, principal && BODIES.includes(principal.agencyType) ? live(principal) : 'false');
        }),
      );
    if (code === 'CDA98.s17A') return none(personal);
    if (code === 'PCSCA22.s16') return all(none(patients), sender.healthOrSocialCare ? none(personal) : 'true');
    if (code === 'DVCVA04.s9')
      return String(agreement.purposes.find((purpose) => purpose.code === line.purpose)?.deathReview ?? false);
    return String(code !== 'CA04.s16LA' && code !== 'CA04.s16LB');
  };
  return any(...line.gateways.map(carries));
}

/** R17: how the sender's duty of confidence is met. */
function confidence(line: BasisLine, { dataItems }: Agreement): string {
  const given = 'context.consent == "GIVEN"';
  const sensitive = dataItems.filter(({ category }) => category === 'SPECIAL' || category === 'CRIMINAL');
  const reasonNeeded = line.sch1?.includes('S1.18') || line.sch8?.includes('S8.4');
  return all(
    line.confidenceRoute === 'CONSENT' ? given : 'true',
    line.confidenceRoute === 'PUBLIC_INTEREST' ? 'context.inPublicInterest' : 'true',
    line.confidenceRoute === 'CONSENT'
      ? 'true'
      : any('context.consent != "REFUSED" && context.consent != "WITHDRAWN"', 'context.refusalAddressed'),
    reasonNeeded
      ? any('context.allDeceased', given, 'context.withoutReason', none(sensitive.map(({ code }) => code)))
      : 'true',
  );
}

const linesOf = ({ basisLines }: Agreement, purpose: string, direction: string, party: Party): readonly BasisLine[] => {
  const fitting = basisLines.filter((line) => line.purpose === purpose && line.direction === direction);
  const own = fitting.filter((line) => line.party === party.orgId);
  return own.length > 0 ? own : fitting.filter((line) => line.party === party.agencyType);
};

/** R10 to R12 at the recipients' end: each has a line that holds. */
const received = (agreement: Agreement, flow: Flow): string =>
  all(
    ...agreement.parties
      .filter((party) => names(flow.to, party))
      .map((party) => {
        const lines = linesOf(agreement, flow.purpose, 'RECEIVE', party).map((line) => basis(line, party, agreement));
        return wherever(party.orgId, any(...lines));
      }),
  );

/** What of an agreement is the same for every flow: R3 to R5, R9, R18 to R20. */
function common(agreement: Agreement, world: World): string {
  const { dataItems, parties, restrictions } = agreement;
  const personal = dataItems.filter(({ category }) => category !== 'DEPERSONALISED').map(({ code }) => code);
  const overdue = londonDayAfter(agreement.reviewBy);
  return all(
    inForceOnce(agreement, world),
    `!(context has version) || context.version == ${text(agreement.version)}`,
    ...parties.map((party) => wherever(party.orgId, live(party))),
    `(context.kind == "DISCLOSE" && context.actorOrg == context.sender) || (context.kind != "DISCLOSE" && context.recipients.contains(context.actorOrg))`,
    `${set(agreement.permittedUses)}.contains(context.use)`,
    ...restrictions.map(({ action, items, to }) => {
      const hit = all(
        `context.use == ${text(action)}`,
        items ? `context.items.containsAny(${set(items)})` : 'true',
        to
          ? `context.recipients.containsAny(${set(parties.filter((party) => names(to, party)).map(({ orgId }) => orgId))})`
          : 'true',
      );
      return `!(${hit})`;
    }),
    ...dataItems.flatMap(({ code, condition }) =>
      condition ? [any(`!context.items.contains(${text(code)})`, `context.facts.contains(${text(condition)})`)] : [],
    ),
    '!context.matches.contains("POSSIBLE")',
    any('context.kind == "ASK_KNOWN"', '!context.matches.contains("NONE")'),
    any('!context.matches.isEmpty()', none(personal)),
    agreement.reviewOverduePolicy === 'BLOCK' ? between(-Infinity, overdue) : 'true',
  );
}

/** R15: a declaration by the actor for this meeting and this version, by then. */
function declared(agreement: Agreement, { declarations }: World): string {
  const own = declarations.filter((one) => one.agreementId === agreement.id && one.version === agreement.version);
  return any(
    ...own.map(({ meetingId, userId, signedAt }) =>
      all(
        `context.user == ${text(userId)}`,
        `context.meeting == ${text(meetingId)}`,
        `context.at >= ${Date.parse(signedAt)}`,
      ),
    ),
  );
}

/**
 * policiesOf writes one version of an agreement for one sender: a policy for each flow from it and each of its lines, by ids that say
 * which; with a recipient, for the flows that reach it alone. Empty where there is none.
 */
export function policiesOf(
  agreement: Agreement,
  senderId: string,
  world: World,
  recipientId?: string,
): Readonly<Record<string, string>> {
  const sender = agreement.parties.find(({ orgId }) => orgId === senderId)!;
  if (['ACCORD', 'OVERARCHING'].includes(agreement.tier)) return {};
  const whole = all(common(agreement, world), live(sender));
  if (whole === 'false') return {};
  const at = declared(agreement, world);
  const policies: Record<string, string> = {};
  const recipient = agreement.parties.find(({ orgId }) => orgId === recipientId);
  const reaches = ({ from, to }: Flow): boolean => names(from, sender) && (!recipient || names(to, recipient));
  for (const flow of agreement.flows.filter(reaches)) {
    const to = agreement.parties.filter((party) => names(flow.to, party)).map(({ orgId }) => orgId);
    const fromFlow = all(
      `context.purpose == ${text(flow.purpose)}`,
      `${set(to)}.containsAll(context.recipients)`,
      `${set(flow.items)}.containsAll(context.items)`,
      `${set(flow.methods)}.contains(context.method)`,
      flow.classification === 'OFFICIAL' ? 'context.classification == "OFFICIAL"' : 'true',
      `context.recipientCount <= ${flow.maxRecipients}`,
      any(
        flow.outsideMeetingAllowed ? 'context.setting == "OUTSIDE"' : 'false',
        all('context.setting == "MEETING"', at),
      ),
      received(agreement, flow),
    );
    linesOf(agreement, flow.purpose, 'SEND', sender).forEach((line, i) => {
      const told = any('context.allDeceased', line.rliCondition === 'PUBLIC_TASK_RESPONSE' ? 'context.stated' : 'true');
      const holds = all(
        fromFlow,
        basis(line, sender, agreement),
        told,
        gateway(line, sender, agreement),
        confidence(line, agreement),
        whole,
      );
      if (holds !== 'false')
        policies[`${agreement.id}@${agreement.version}/${flow.id}/${line.id}/${i}`] =
          `permit(principal == Organisation::${text(senderId)}, action == Action::"share", resource == Agreement::${text(agreement.id)}) when { ${holds} };`;
    });
  }
  return policies;
}

/** The first instant of the day after a civil day, in London. */
function londonDayAfter(day: string): number {
  const next = Date.parse(day) + DAY_MS;
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: 'numeric', hourCycle: 'h23' });
  return hour.format(next) === '00' ? next : next - 3_600_000;
}

/** Whether a request can be put to Cedar as these policies are written. */
export const isExpressible = (request: DecisionRequest): boolean =>
  request.origin === undefined && request.breakGlass === undefined && request.contentHash === undefined;

/** A request as the context of Cedar's: what the policies look at. */
export function contextOf(request: DecisionRequest): Context {
  const { subjects, consent, conditions } = request;
  return {
    ...{ at: Date.parse(request.at), kind: request.kind, use: request.action ?? 'READ', sender: request.sender },
    ...{ recipients: [...request.recipients], recipientCount: request.recipients.length, items: [...request.items] },
    ...{ actorOrg: request.actor.orgId, user: request.actor.userId, purpose: request.purpose, method: request.method },
    ...{ classification: request.classification, setting: request.setting, meeting: request.meetingId ?? '' },
    ...(request.version ? { version: request.version } : {}),
    facts: Object.keys(conditions).filter((fact) => conditions[fact]),
    matches: subjects.map(({ match }) => match),
    allDeceased: subjects.length > 0 && subjects.every(({ deceased }) => deceased),
    ...{ consent: consent.state, withoutReason: consent.withoutReason !== undefined },
    refusalAddressed: consent.refusalNote !== undefined,
    ...{ stated: request.statement !== undefined, inPublicInterest: request.publicInterestRef !== undefined },
  };
}
