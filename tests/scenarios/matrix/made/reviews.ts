import { publishedReview } from '../../../web/reviewed';
import {
  ago,
  appliedFor,
  letterTo,
  managedReview,
  recommended,
  reviewing,
  scannedFile,
  seen,
  setAsideApplication,
} from '../../../web/reviews';
import type { World } from '../../../web/world';
import type { Kind } from '../kinds';

interface Document {
  readonly panel: readonly { readonly id: string; readonly userId: string | null }[];
  readonly pauses: readonly { readonly id: string }[];
  readonly managementReviews?: readonly { readonly id: string }[];
  readonly plannedMeetings: readonly { readonly id: string }[];
}

/** What reviews keep, by Jo of the council who coordinates them. */
export async function reviewsMade(world: World): Promise<Kind[]> {
  const at = '/api/reviews';
  const id = await managedReview(world);
  await reviewing(world, id, 'release/people', {
    ...{ pseudonym: 'Alice', chosenBy: 'Her sister', why: 'A name that she liked' },
    identifiers: [{ kind: 'full-name', value: 'Mira Kestle' }],
  });
  const fileId = await scannedFile(world, id);
  await reviewing(world, id, 'pauses', {
    ...{ reason: 'criminal', askedBy: 'The police', agreedBy: 'The chair', from: ago(20), reviewOn: ago(-20) },
  });
  const { document, ...rest } = (await seen(world, id)) as unknown as {
    document: Document;
    scoping: { id: string }[];
    managementReviews?: { id: string }[];
  };
  const [, , letterOf, , letterId] = (await letterTo(world)).split('/');
  const { id: recommendation, actionId } = await recommended(world, true);
  const [applied, kept] = [await appliedFor(world), await setAsideApplication(world)];
  await publishedReview(world);
  const shown = (await world.app.as('jo').get('/api/reviews/published-reviews')).body as {
    publications: { id: string }[];
  };
  const published = shown.publications.at(-1)!.id;
  const imr =
    (rest.managementReviews ?? document.managementReviews ?? [])[0]?.id ??
    JSON.stringify(Object.keys(rest)) + JSON.stringify(Object.keys(document));
  const parts = {
    ...{ memberId: document.panel[0]!.id, userId: document.panel.find((m) => m.userId)!.userId! },
    ...{ pauseId: document.pauses[0]!.id, imrId: imr, requestId: rest.scoping[0]!.id, fileId },
    meetingId: document.plannedMeetings[0]!.id,
  };
  return [
    {
      name: 'review',
      path: `${at}/reviews/{id}`,
      id,
      parts,
      by: ['jo', 'gwen', 'carys'],
      within: ['review-coordinator'],
    },
    {
      name: 'review with a letter',
      path: `${at}/reviews/{id}/letters`,
      id: letterOf!.length === 36 ? letterOf! : '',
      parts: { letterId: letterId ?? '' },
      by: ['jo', 'gwen'],
      within: ['review-coordinator'],
    },
    { name: 'what is asked of a review', path: `${at}/checks/{id}`, id, parts: {}, by: ['erin'] },
    {
      name: 'recommendation',
      path: `${at}/recommendations/{id}`,
      id: recommendation,
      parts: { actionId },
      by: ['jo', 'carys', 'bevan'],
      within: ['review-coordinator'],
    },
    { name: 'application', path: `${at}/asb-applications/{id}`, id: applied, parts: {}, by: ['jo'] },
    {
      name: 'application to erase',
      path: `${at}/asb-applications/{id}/erasure`,
      id: await setAsideApplication(world),
      parts: {},
      by: ['jo'],
    },
    { name: 'application that is kept', path: `${at}/asb-applications/kept/{id}`, id: kept, parts: {}, by: ['jo'] },
    {
      name: 'published review',
      path: `${at}/published-reviews/{id}`,
      id: published,
      parts: { number: '1' },
      by: ['jo'],
      everywhere: 'anybody',
    },
    {
      name: 'kind of review',
      path: `${at}/kinds/{code}`,
      id: 'domestic-homicide-review',
      parts: {},
      by: ['jo'],
      everywhere: 'anybody',
    },
    {
      name: 'duty of the partnership',
      path: `${at}/partnership-duties/{code}`,
      id: 'partnership-plan',
      parts: {},
      by: ['jo'],
      everywhere: 'anybody',
    },
  ];
}
