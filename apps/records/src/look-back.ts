/** From when to when something held; null is still. The end is not part of it. */
interface Span {
  readonly since: Date;
  readonly until: Date | null;
}
export interface MemberThen {
  readonly userId: string;
  readonly orgId: string;
  readonly since: Date;
  readonly roles: readonly string[];
  readonly active: boolean;
}
export interface RestrictionThen extends Span {
  readonly named: readonly (Span & { readonly userId: string })[];
}

/** Everything that decides who may see one case, over time. */
export interface AccessHistory {
  readonly caseId: string;
  readonly parts: readonly (Span & { readonly orgId: string; readonly level: string })[];
  readonly restrictions: readonly RestrictionThen[];
  readonly glass: readonly (Span & { readonly id: string; readonly userId: string; readonly orgId: string })[];
}

/**
 * By what somebody could see a case: their agency's part in it; being named, when it was restricted; the qualification to read
 * restricted records; an emergency. `preview` is its header only.
 */
export type CouldGround = 'part' | 'named' | 'qualified' | 'glass' | 'preview';

export interface Could {
  readonly caseId: string;
  readonly userId: string;
  readonly orgId: string;
  readonly spans: readonly { readonly from: Date; readonly to: Date; readonly ground: CouldGround }[];
}

/**
 * couldSee says who could have seen a case between two instants, by what, and when exactly. It decides what the queries of
 * this context decide, from what was in force at each instant (domain/information-sharing.md §9, 1). `mayView` says whether
 * roles open a case. Staff come by agency, then by id, so that the same question gets the same answer. Pure.
 */
export function couldSee(
  history: AccessHistory,
  members: readonly MemberThen[],
  between: { readonly from: Date; readonly to: Date },
  mayView: (roles: readonly string[]) => boolean,
): Could[] {
  const moments = momentsOf(history, members, between);
  const memberships = new Map<string, MemberThen[]>();
  for (const m of [...members].sort((a, b) => a.since.getTime() - b.since.getTime())) {
    const key = `${m.orgId}/${m.userId}`;
    memberships.set(key, [...(memberships.get(key) ?? []), m]);
  }
  return [...memberships]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, states]) => {
      const { userId, orgId } = states[0]!;
      const spans: { from: Date; to: Date; ground: CouldGround }[] = [];
      moments.forEach((from, i) => {
        const to = moments[i + 1] ?? between.to;
        const then = states.findLast((m) => m.since <= from);
        const ground = then?.active ? groundAt(history, then, from, mayView) : null;
        const last = spans.at(-1);
        if (ground === null) return;
        if (last?.ground === ground && last.to.getTime() === from.getTime()) last.to = to;
        else spans.push({ from, to, ground });
      });
      return spans.length > 0 ? [{ caseId: history.caseId, userId, orgId, spans }] : [];
    });
}

function groundAt(
  { parts, restrictions, glass }: AccessHistory,
  member: MemberThen,
  at: Date,
  mayView: (roles: readonly string[]) => boolean,
): CouldGround | null {
  if (!mayView(member.roles)) return null;
  const part = parts.find((p) => p.orgId === member.orgId && holds(p, at));
  const closing = restrictions.filter((r) => holds(r, at));
  const named = closing.every((r) => r.named.some((n) => n.userId === member.userId && holds(n, at)));
  const open = part && (named || member.roles.includes('restricted-records'));
  if (open && part.level !== 'preview') return closing.length === 0 ? 'part' : named ? 'named' : 'qualified';
  if (glass.some((g) => g.userId === member.userId && g.orgId === member.orgId && holds(g, at))) return 'glass';
  return open ? 'preview' : null;
}

const holds = ({ since, until }: Span, at: Date): boolean => since <= at && (until === null || at < until);

/** The instants from which something else may hold, the first of them the beginning. Between two of them nothing changes. */
function momentsOf(
  { parts, restrictions, glass }: AccessHistory,
  members: readonly MemberThen[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Date[] {
  const spans = [...parts, ...restrictions, ...restrictions.flatMap((r) => r.named), ...glass];
  const times = [
    ...spans.flatMap(({ since, until }) => [since, ...(until ? [until] : [])]),
    ...members.map((m) => m.since),
  ];
  const inside = times.map((t) => t.getTime()).filter((t) => t > from.getTime() && t < to.getTime());
  return [from.getTime(), ...new Set(inside.sort((a, b) => a - b))].map((t) => new Date(t));
}
