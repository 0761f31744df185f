import type { ReviewView } from '../apis/reviews';

type Missing = ReviewView['ways'][number]['missing'];

/** What is missing, each with where it is put right. Pure. */
export function mendsOf(
  { id, definition, dates, recommendations, managementReviews, may }: ReviewView,
  missing: Missing,
) {
  const at = (what: string, chosen?: string): string =>
    `/reviews/${id}/record/${what}${chosen ? `?for=${encodeURIComponent(chosen)}` : ''}`;
  const error = dates.find((d) => d.level === 'error' && d.allowed === undefined);
  return missing.map(({ code, text, check }) => {
    const { fact, topic, package: files = [] } = definition.guards.find((g) => g.code === code) ?? {};
    switch (check) {
      case 'fact':
        return { text, href: at('date', fact), link: 'Record the date' };
      case 'decision':
      case 'outcome':
        return { text, href: at('decision'), link: 'Record a decision' };
      case 'notices':
        return { text, href: at('notice'), link: 'Record a notice' };
      case 'no-pause':
        return { text, href: at('resume'), link: 'Resume the review' };
      case 'dates':
        return { text, href: at('allow', error && `${error.earlier}|${error.later}`), link: 'Say why both are right' };
      case 'chair':
      case 'panel':
        return { text, href: `/reviews/${id}#panel`, link: 'Look at the panel' };
      case 'terms':
        return { text, href: `/reviews/${id}#terms`, link: 'Look at the terms of reference' };
      case 'management-reviews':
        return managementReviews.length > 0
          ? { text, href: `/reviews/${id}#imrs`, link: 'Look at the reviews of agencies' }
          : { text, href: at('confirm', code), link: 'Confirm that none is made' };
      case 'meeting':
        return { text, href: at('meeting'), link: 'Record a meeting' };
      case 'release':
        return { text: worded(text, files), href: `/reviews/${id}/release`, link: 'Look at what leaves the review' };
      case 'joined':
        return { text, href: at('link'), link: 'Say which' };
      case 'kinds-tested':
        return { text, href: `/reviews/${id}/kinds-test`, link: 'Test every kind' };
      case 'family':
        return may.seeRelease
          ? { text, href: at('family-contact', topic), link: 'Record a contact' }
          : { text, href: `/reviews/${id}`, link: 'For those who draft it' };
      case 'chronology':
        return { text, href: `/reviews/${id}/chronology`, link: 'Look at the chronology' };
      case 'appeal-open':
        return { text, href: at('appeal'), link: 'Record an appeal' };
      case 'appeal-decided':
        return { text, href: `/reviews/${id}#answers`, link: 'Look at the appeal' };
      case 'letter-sent':
        return { text, href: `/reviews/${id}#answers`, link: 'Look at the letters' };
      case 'submitted':
        return { text, href: at('submission'), link: 'Record that it was sent' };
      case 'letter':
        return { text, href: at('letter'), link: 'Record a letter' };
      case 'quality':
        return { text, href: at('point'), link: 'Answer a point' };
      case 'publication':
        return { text, href: at('publication'), link: 'Decide on publication' };
      case 'copies':
        return { text, href: at('copy'), link: 'Record a copy' };
      case 'silence-told':
        return { text, href: at('confirm', code), link: 'Confirm that it does' };
      case 'scoping':
        return { text, href: `/reviews/${id}#scoping`, link: 'Look at what agencies answered' };
      case 'answered':
      case 'actions':
        return recommendations.length > 0
          ? { text, href: `/reviews/recommendations?review=${id}`, link: 'Follow them in the tracker' }
          : { text, href: at('confirm', code), link: 'Confirm that there is none' };
      default:
        if (code === 'tested') return { text, href: `/reviews/${id}/kinds-test`, link: 'Test every kind' };
        return { text, href: at('confirm', code), link: 'Confirm it' };
    }
  });
}

/** Files of the package by what they are called. */
const worded = (text: string, files: readonly string[]): string =>
  files.reduce((told, code) => told.replaceAll(code, code.replaceAll('-', ' ')), text);
