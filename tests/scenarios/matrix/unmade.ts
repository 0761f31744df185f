/** Why nobody is shown to be let in to an operation here, and the test that shows it. */
interface Elsewhere {
  readonly why: string;
  readonly shownBy: string;
}

const OF_SERVICES = 'Only another service of the installation is let in, and the matrix asks as people.';

/**
 * Operations about a record that let in none of those who ask here. Whoever may not is tried all the same. The test keeps the
 * list honest: what is not in it lets somebody in, and what is in it lets in nobody.
 */
export const UNMADE: Readonly<Record<string, Elsewhere>> = {
  'get /api/audit/held-about/{id}': {
    why: OF_SERVICES,
    shownBy: 'apps/audit/src/subject-access/held-about.int.spec.ts',
  },
  'get /api/audit/accesses/{id}': {
    why: OF_SERVICES,
    shownBy: 'apps/records/src/cases/access-log/access-log.int.spec.ts',
  },
  'get /api/referrals/held-about/{id}': {
    why: OF_SERVICES,
    shownBy: 'apps/referrals/src/subject-access/held-about.int.spec.ts',
  },
  'get /api/risk/held-about/{id}': {
    why: OF_SERVICES,
    shownBy: 'apps/risk/src/assessments/assessments.int.spec.ts',
  },
  'get /api/referrals/{id}/case-file': {
    why: OF_SERVICES,
    shownBy: 'apps/referrals/src/triage/triage.int.spec.ts',
  },
  'post /api/sharing/questions/{id}/authorisation': {
    why: 'Only who is named as the authoriser of an emergency says whether they were; this question is of none.',
    shownBy: 'apps/sharing/src/decisions/emergencies.int.spec.ts',
  },
  'post /api/records/onward-referrals/{id}/people/{personId}/corrections': {
    why: 'Only a referral whose view lets its recipient change what is known of people does; this one shows a whole case.',
    shownBy: 'apps/records/src/cases/onward-referrals/onward-referrals.int.spec.ts',
  },
  'get /api/records/cases/{id}/ages': {
    why: OF_SERVICES,
    shownBy: 'apps/records/src/cases/cases.int.spec.ts',
  },
  'get /api/records/cases/{id}/names': {
    why: OF_SERVICES,
    shownBy: 'apps/records/src/cases/cases.int.spec.ts',
  },
  'get /api/records/access-requests/{id}/items/{itemId}/file': {
    why: 'What is gathered of a case without documents has no file.',
    shownBy: 'apps/records/src/access-requests/access-requests.int.spec.ts',
  },
};
