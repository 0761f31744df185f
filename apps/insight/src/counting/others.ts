import { count, latest, monthAt, type Counting } from '../count';

/** A statutory review counts in the month in which it was registered, by its kind, its area and the agency that coordinates it, in its state. Pure. */
export const ofReview: Counting = (told) => {
  const [first] = told;
  if (!first) return [];
  const kind = latest(told, 'kind') ?? '';
  const place = {
    ...{ day: monthAt(first.at), agency: latest(told, 'ownerOrg') ?? '', code: latest(told, 'state') ?? '' },
    // Of what was registered before it was asked, or by whoever did not say it, none is known.
    area: latest(told, 'areaId') ?? '',
  };
  // A local kind of them is called after it.
  const asb = kind.endsWith('asb-case-review') ? [count('asb-review', place)] : [];
  return [count('review', { ...place, kind }), ...asb];
};

/** An application for an ASB case review counts in the month in which it came, by the body that is asked, what became of it and, once it is registered, its area. Pure. */
export const ofAsbApplication: Counting = (told) => {
  const [first] = told;
  if (!first) return [];
  const code = latest(told, 'what') ?? 'received';
  const [agency, area] = [latest(told, 'ownerOrg') ?? '', latest(told, 'areaId') ?? ''];
  return [count('asb-application', { day: monthAt(first.at), agency, area, code })];
};

/**
 * A version of an agreement counts by its status. One in force counts also by what of it falls due, on the day of that, as it was last
 * told: that its review is overdue takes the place of the review. Pure.
 */
export const ofAgreement: Counting = (told) => {
  const status = latest(told, 'status');
  if (!status) return [];
  const agency = latest(told, 'ownerOrg') ?? '';
  if (status !== 'ACTIVE') return [count('agreement', { agency, code: status })];
  const due = new Map(told.flatMap(({ data }) => (data['what'] && data['on'] ? [[data['what'], data['on']]] : [])));
  if (due.has('review-overdue')) due.delete('review');
  return [
    count('agreement', { agency, code: status }),
    ...[...due].map(([code, day]) => count('agreement.due', { agency, code, day })),
  ];
};
