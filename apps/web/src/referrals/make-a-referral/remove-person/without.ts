import type { ReferralContent } from '../../../apis/referral-content';
import { compact, orNothing } from '../../../design/submitted';

/** The content without a person, and without all that names them: nothing may be left that points to nobody. Pure. */
export function without(content: ReferralContent, ref: string): ReferralContent {
  const others = <T extends { person?: string }>(list: readonly T[] | undefined): T[] | undefined =>
    list?.filter((each) => each.person !== ref);
  const { safeContact, fears } = content;
  return compact({
    ...content,
    people: content.people?.filter((p) => p.ref !== ref),
    relationships: content.relationships?.filter((r) => r.from !== ref && r.to !== ref),
    safeContact:
      safeContact && orNothing({ ...safeContact, person: safeContact.person === ref ? undefined : safeContact.person }),
    fears:
      fears &&
      orNothing({
        feared: others(fears.feared),
        safeConfidants: others(fears.safeConfidants),
        unsafeConfidants: others(fears.unsafeConfidants),
      }),
  });
}
