import type { ForumDocument } from '../apis/forums';
import type { Diverted } from '../apis/meetings';
import type { Submitted } from '../design/submitted';

/** What other kind of forum a case is for, and why it was referred here nevertheless; nothing of what does not apply. Pure. */
export const divertedShown = (diverts: readonly Diverted[], document: Pick<ForumDocument, 'diverts'>) =>
  diverts
    .filter(({ applies }) => applies)
    .map(({ code, reason }) => ({
      words: document.diverts?.find((each) => each.code === code)?.words ?? 'Such a case goes to another forum',
      reason,
    }));

type Asked = NonNullable<ForumDocument['diverts']>;

/** What a form asks of such cases, with the forums that they go to. Pure. */
export const divertsAsked = (
  asked: Asked,
  forums: readonly { readonly id: string; readonly title: string; readonly kind: string }[],
) =>
  asked.map((divert) => ({
    ...divert,
    forums: forums.filter(({ kind }) => kind === divert.to).map(({ id, title }) => ({ id, title })),
  }));

/** What was answered, as the API takes it: nothing of what was not. */
export const divertsFrom = (sent: Submitted, asked: readonly { readonly code: string }[]): Diverted[] =>
  asked.flatMap(({ code }) => {
    const said = sent.text(`diverts.${code}`);
    return said ? [{ code, applies: said === 'yes', reason: sent.text(`diverts.${code}.reason`) ?? '' }] : [];
  });

/** What stands in a form of what was answered before. */
export const divertValues = (diverts: readonly Diverted[]): Record<string, string> =>
  Object.fromEntries(
    diverts.flatMap(({ code, applies, reason }) => [
      [`diverts.${code}`, applies ? 'yes' : 'no'],
      [`diverts.${code}.reason`, reason],
    ]),
  );
