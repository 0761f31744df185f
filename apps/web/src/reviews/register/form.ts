import type { ReviewKind } from '../../apis/reviews';
import { compact, type Submitted } from '../../design/submitted';

/** Dates that may be known when somebody notifies. The rest of a kind's dates come later, on the review's own page. */
const EARLY = new Set(['death', 'notice', 'aware', 'application', 'notification', 'form']);

interface Dated {
  readonly code: string;
  readonly date: string;
  readonly party?: string;
}

/** The dates that the form asks for: of the review, and of each partner. Pure. */
export function askedOf({ facts, transitions, guards, states }: ReviewKind) {
  const entry = transitions.find((t) => !states.some((s) => s.code === t.from));
  const needed = new Set(guards.filter((g) => entry?.guards.includes(g.code)).map((g) => g.fact));
  const asked = facts.filter(({ code }) => needed.has(code) || EARLY.has(code));
  return {
    own: asked.filter(({ perParty }) => !perParty).map((f) => ({ ...f, needed: needed.has(f.code) })),
    perParty: asked.filter(({ perParty }) => perParty).map((f) => ({ ...f, needed: needed.has(f.code) })),
  };
}

/** What is sent of a form: `dates.<code>` for the review's own dates, `parties.<id>.<code>` for those of partners. */
export function bodyOf(kind: ReviewKind, sent: Submitted) {
  const asked = askedOf(kind);
  const date = (name: string, what: string) => sent.date(name, { partial: true, what });
  const dates: Dated[] = asked.own.flatMap(({ code, title }) => {
    const value = date(`dates.${code}`, title);
    return value ? [{ code, date: value }] : [];
  });
  const parties = partnersIn(sent);
  for (const party of parties)
    for (const { code, title } of asked.perParty) {
      const value = date(`parties.${party}.${code}`, title);
      if (value) dates.push({ code, date: value, party });
    }
  return {
    ...compact({ about: sent.text('about') ?? '', notifier: sent.text('notifier') ?? '' }),
    ...{ kind: kind.code, dates },
    ...compact({ areaId: sent.text('areaId') || undefined }),
    ...(parties.length > 0 ? { parties } : {}),
  };
}

/** Partners that are ticked, and those for whom a date was entered: it must not be lost because a box was not ticked. */
function partnersIn(sent: Submitted): string[] {
  const dated = Object.entries(sent.values).flatMap(([name, value]) => {
    const id = /^parties\.([0-9a-f-]{36})\./.exec(name)?.[1];
    return id && typeof value === 'string' && value.trim() !== '' ? [id] : [];
  });
  return [...new Set([...sent.list('parties'), ...dated])];
}

/** The field that a place in the body stands for. */
export const fieldFor =
  ({ dates }: { readonly dates: readonly Dated[] }) =>
  (path: string): string => {
    const index = /^dates\.(\d+)\b/.exec(path)?.[1];
    const dated = index === undefined ? undefined : dates[Number(index)];
    if (dated) return dated.party ? `parties.${dated.party}.${dated.code}-day` : `dates.${dated.code}-day`;
    return path.startsWith('dates.') ? `${path}-day` : path;
  };
