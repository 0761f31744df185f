import { IllegalTransition, RuleBroken } from '@concordat/contracts';
import { membersSitting } from './panel';
import type { ReleaseBrief, ReleaseFile } from './release';
import type { Hit } from './release-scan';
import type { ReviewDocument } from './review';

/** Files that are still to leave the review. */
export const packageOf = ({ releases = [] }: ReviewDocument): ReleaseBrief[] =>
  releases.filter(({ state }) => state !== 'withdrawn');

/** Whether a file was scanned for everybody who is protected now. */
const isCurrent = (file: ReleaseBrief, { mapped = 0 }: ReviewDocument): boolean => file.mapped === mapped;
const isReleased = (file: ReleaseBrief, document: ReviewDocument): boolean =>
  file.state === 'released' && isCurrent(file, document);

/** Released, and scanned for everybody who is protected now: these may leave. Pure. */
export const releasedFiles = (document: ReviewDocument): ReleaseBrief[] =>
  packageOf(document).filter((file) => isReleased(file, document));

/**
 * packageLacks says what keeps the whole package from leaving the review (domain/statutory-reviews.md §8): that somebody is
 * protected, that each artefact is in it, and that a second person released every file for the map in force. Pure.
 */
export function packageLacks(artefacts: readonly string[], document: ReviewDocument): string[] {
  const files = packageOf(document);
  const lacks = (document.mapped ?? 0) === 0 ? ['nobody is in the map of who is protected'] : [];
  lacks.push(...artefacts.filter((a) => !files.some((f) => f.artefact === a)).map((a) => `${a} is not in it`));
  for (const file of files) {
    if (!isCurrent(file, document)) lacks.push(`${file.artefact} was scanned before the map was changed`);
    else if (file.state !== 'released') lacks.push(`nobody has released ${file.artefact}`);
  }
  if (files.length === 0 && artefacts.length === 0) lacks.push('there is no file in it');
  return lacks;
}

/**
 * draftsReview is whether somebody sees who is protected and the files of a review: its chair, a deputy or its author (§6).
 * Coordinators are asked apart. Pure.
 */
export const draftsReview = (document: ReviewDocument, who: string): boolean =>
  membersSitting(document).some(({ userId, role }) => userId === who && role !== 'member');

/**
 * demandSecondReader lets through who may judge a file: neither whoever brought it nor the author of the report. Pure.
 * @throws RuleBroken `release-file.own` or `release-file.author`
 */
export function demandSecondReader({ by }: Pick<ReleaseBrief, 'by'>, document: ReviewDocument, who: string): void {
  if (by === who) throw new RuleBroken('release-file.own', 'Somebody else must look at a file that you have brought');
  if (membersSitting(document).some(({ userId, role }) => userId === who && role === 'author'))
    throw new RuleBroken('release-file.author', 'Somebody who does not draft the report must look at it');
}

/** What was found in a file and nobody has said to be nothing. Pure. */
export const openHits = ({ scan, clearings }: Pick<ReleaseFile, 'scan' | 'clearings'>): Hit[] =>
  scan.hits.filter(({ key }) => !clearings.some((c) => c.key === key));

/**
 * demandReleasable lets a file through in which nothing is open, scanned for the map in force. Pure.
 * @throws IllegalTransition `release-file.not-scanned` if it was released or withdrawn
 * @throws RuleBroken `release-file.stale`, `release-file.held` or `release-file.nobody-protected`
 */
export function demandReleasable(
  file: Pick<ReleaseFile, 'scan' | 'clearings'>,
  brief: ReleaseBrief,
  document: ReviewDocument,
): void {
  if (brief.state !== 'scanned' && isCurrent(brief, document))
    throw new IllegalTransition('release-file.not-scanned', 'It is released or withdrawn already', brief.state);
  if ((document.mapped ?? 0) === 0)
    throw new RuleBroken('release-file.nobody-protected', 'First enter who must not be recognised in it');
  if (!isCurrent(brief, document))
    throw new RuleBroken('release-file.stale', 'Who is protected has changed since: scan it again');
  if (openHits(file).length > 0)
    throw new RuleBroken(
      'release-file.held',
      'Something in it identifies somebody: remove it, or say why it is nothing',
    );
}
