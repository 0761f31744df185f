import type { GlassPractice, GlassUse } from '../apis/access';
import type { Names } from '../apis/directory';

/** A notice of an emergency opening, with names and titles. */
export function told(use: GlassUse, names: Names, { grounds, outcomes }: Pick<GlassPractice, 'grounds' | 'outcomes'>) {
  const titleIn = (list: GlassPractice['grounds'], code: string | null): string | null =>
    code === null ? null : (list.find((each) => each.code === code)?.title ?? code);
  return {
    ...use,
    case: use.reference ?? 'Restricted case',
    who: `${names.person(use.userId)}, ${names.organisation(use.orgId)}`,
    lead: names.organisation(use.leadOrg),
    groundTitle: titleIn(grounds, use.ground),
    outcomeTitle: titleIn(outcomes, use.outcome),
    reviewer: use.reviewedBy ? names.person(use.reviewedBy) : null,
    state: use.refused ? 'Refused' : use.reviewedAt ? 'Reviewed' : 'To be reviewed',
    tag: use.refused ? 'grey' : use.reviewedAt ? 'green' : 'red',
  };
}
