import type { ImportKind } from '@concordat/contracts';
import type { ImportRow } from '../apis/imports';

/** The kinds of files, as a page calls them. */
export const KINDS: Readonly<Record<ImportKind, { readonly text: string; readonly hint: string }>> = {
  chronology: { text: 'Entries of chronologies', hint: 'Of cases that are here already' },
  cases: { text: 'Cases', hint: 'Your agency will lead them. People and chronologies follow in files of their own' },
  people: { text: 'People', hint: 'Of cases that are here already, with what they are in them' },
  relationships: { text: 'Relationships', hint: 'Between people whom your agency has brought in' },
};

/** Records that name no case of ours. */
export const OF_ONE_CASE = {
  text: 'Records of one case, in JSON-LD',
  hint: 'Episodes and life events in the vocabulary of Social Care Data (MAIS)',
};

const WHY: Readonly<Record<string, string>> = {
  'import.there-already': 'It is here already',
  'import.already-otherwise': 'It was brought in before and said something else then',
  'import.corrected': 'It was corrected as the file says. What it said before is kept',
  'import.changed-here': 'It says something else than before, and was changed here since. Correct it here',
  'import.correct-here': 'It says something else than before, of a kind that a file does not change. Correct it here',
  'import.erased': 'It was brought in before, and has been erased since',
  'import.not-matched':
    'They were added. What you decided about who they are could not be done: look at possible duplicates',
  'import.no-entry': 'It says who an organisation, a service or a professional is, and is no entry of a chronology',
  'member.unknown': 'You are not a member of this agency any more',
};

/** Why a row was left out, or what is to be expected of it; empty where there is nothing to say. Pure. */
export function whyOf({ code, undecided }: Pick<ImportRow, 'code' | 'undecided'>): string {
  if (undecided) return 'Somebody on record may be the same person';
  return code === null ? '' : (WHY[code] ?? 'It could not be added, or not by you');
}
