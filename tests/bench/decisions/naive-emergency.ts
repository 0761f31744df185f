import type { Agreement, BasisLine, DecisionRequest } from '@concordat/sharing';
import { basisFaults, belongs, names, ordered, subjectFaults, type Answer, type World } from './naive';

const REASONS = ['LIFE_AT_RISK', 'SERIOUS_HARM_IMMINENT', 'CHILD_AT_IMMEDIATE_RISK', 'MISSING_AT_HIGH_RISK'];
const ARTICLE_6 = ['6.1.a', '6.1.b', '6.1.c', '6.1.d', '6.1.e', '6.1.ea', '6.1.f'];

/** Break-glass, as the rules tell it: first what is never overridden, then what must all hold. */
export function naiveEmergency(
  request: DecisionRequest,
  world: World,
  agreement: Agreement | undefined,
  answer: Answer,
  obligations: Answer['obligations'],
): Answer {
  const first = (reason: string): Answer['reasons'] =>
    [reason, ...answer.reasons.filter((other) => other !== reason)] as Answer['reasons'];
  const never = neverOverridden(request, agreement, answer.reasons);
  if (never) return { ...answer, reasons: first(never) };
  if (!complete(request, world, agreement)) {
    return { ...answer, outcome: 'DENY', reasons: first('BREAK_GLASS_INCOMPLETE'), obligations: [] };
  }
  return {
    ...answer,
    outcome: 'PERMIT',
    reasons: [],
    permittedItems: request.items,
    obligations: [...obligations, 'NOTIFY_DPO', 'NOTIFY_ORIGINATOR', 'RETROSPECTIVE_REVIEW'],
    overridden: answer.reasons,
    mode: 'BREAK_GLASS',
  };
}

function neverOverridden(
  request: DecisionRequest,
  agreement: Agreement | undefined,
  reasons: readonly string[],
): string | null {
  if (reasons.includes('CONTENT_MISMATCH')) return 'CONTENT_MISMATCH';
  if (!belongs(request)) return 'ACTOR_NOT_OF_PARTY';
  const party = (orgId: string) => agreement?.parties.find((each) => each.orgId === orgId);
  const absolute = agreement?.restrictions.some(
    (r) =>
      r.absolute &&
      r.action === (request.action ?? 'READ') &&
      (!r.items || r.items.some((item) => request.items.includes(item))) &&
      (!r.to ||
        request.recipients.some((orgId) => {
          const known = party(orgId);
          return known ? names(r.to!, known) : r.to!.includes(orgId);
        })),
  );
  if (absolute) return 'RESTRICTED';
  const depersonalised = request.items.every((code) =>
    agreement?.dataItems.some((item) => item.code === code && item.category === 'DEPERSONALISED'),
  );
  return ordered(subjectFaults(request, depersonalised))[0] ?? null;
}

function complete(request: DecisionRequest, { law }: World, agreement: Agreement | undefined): boolean {
  const { reason, basis, authoriser, expiresAt } = request.breakGlass!;
  if (!reason || !REASONS.includes(reason)) return false;
  if (!request.actor.permissions.includes('BREAK_GLASS')) return false;
  if (!authoriser || authoriser.orgId !== request.actor.orgId || authoriser.userId === request.actor.userId)
    return false;
  const at = Date.parse(request.at);
  const until = expiresAt ? Date.parse(expiresAt) : Number.NaN;
  if (!(until > at && until <= at + law.breakGlass.hours * 3_600_000)) return false;
  if (!basis?.regime) return false;
  if (basis.regime === 'UKGDPR' && !ARTICLE_6.includes(basis.art6 ?? '')) return false;
  if (request.subjects.length > 0 && request.subjects.every(({ deceased }) => deceased)) return true;
  const sender = agreement?.parties.find(({ orgId }) => orgId === request.sender);
  const flags = sender ?? { publicAuthority: true, competentAuthority: false };
  const categories = request.items.flatMap(
    (code) => agreement?.dataItems.filter((item) => item.code === code).map(({ category }) => category) ?? [],
  );
  if (basis.rliCondition === 'PUBLIC_TASK_RESPONSE' && !request.statement) return false;
  return basisFaults(basis as unknown as BasisLine, flags, categories).length === 0;
}
