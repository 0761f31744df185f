import type { Flag, ReferralsOfCase } from '../apis/forums';
import { nameOf } from '../design/referral-sections';

type Running = ReferralsOfCase['flags'][number];
type Named = Parameters<typeof nameOf>[0] & { readonly id: string };

/** Flags while which further abuse is a repeat, whether or not the file is marked yet. Pure. */
export const flagsRunning = (flags: readonly Running[]): readonly Running[] =>
  flags.filter(({ state }) => RUNNING.has(state));
const RUNNING: ReadonlySet<Flag['state']> = new Set(['requested', 'confirmed']);

/** Who of a case is flagged, by which forum and until when. Pure. */
export const flaggedIn = (
  flags: readonly Running[],
  people: readonly Named[],
  forums: readonly { readonly id: string; readonly title: string }[],
) =>
  flags.map(({ id, forumId, subjectId, expiresOn }) => {
    const person = people.find((each) => each.id === subjectId);
    const forum = forums.find((each) => each.id === forumId)?.title ?? 'a forum';
    return { id, forumId, forum, expiresOn, subject: person ? nameOf(person) : 'Somebody of this case' };
  });
