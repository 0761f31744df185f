import { accessLevels } from '@concordat/contracts';
import type { FieldProblem } from '@concordat/platform';
import type { Organisation } from '../../apis/identity';
import type { CaseView } from '../../apis/records';
import type { Submitted } from '../../design/submitted';
import { sharingIn } from '../../hand-over/sharing';
import { LEVELS } from '../opened';

const HINTS: Readonly<Record<string, string>> = {
  contributor: 'Sees everything and adds to it',
  reader: 'Sees everything and adds nothing',
  preview: 'Sees the reference and the lead agency, and nothing of what is in the case',
};

/** The parts that an agency can be given: all but the lead, which passes on with the case. */
export const levelChoices = accessLevels
  .filter((level) => level !== 'lead')
  .map((level) => ({ value: level, text: LEVELS[level], hint: HINTS[level] ?? '' }));

/** Agencies of the partnership that can be given a part, with the part they have. */
export function agencyChoices(
  organisations: readonly Organisation[],
  { leadOrg, participants }: Pick<CaseView, 'leadOrg' | 'participants'>,
) {
  return organisations
    .filter((o) => o.id !== leadOrg && o.active !== false)
    .map((o) => {
      const part = participants.find((p) => p.orgId === o.id && p.to === null);
      return { value: o.id, text: part ? `${o.name} (${LEVELS[part.level].toLowerCase()})` : o.name };
    })
    .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));
}

export interface Parsed {
  readonly body: { readonly orgId: string; readonly level: string };
  readonly problems: readonly FieldProblem[];
}

/** What was entered, with what is missing. For a preview nothing is shared, so nothing is asked of sharing. */
export function parse(sent: Submitted): Parsed {
  const [orgId, level] = [sent.text('orgId') ?? '', sent.text('level') ?? ''];
  const problems: FieldProblem[] = [];
  if (!orgId) problems.push({ field: 'orgId', code: 'required', message: 'Select the agency' });
  if (!levelChoices.some((c) => c.value === level))
    problems.push({ field: 'level', code: 'required', message: 'Select what part it takes' });
  const sharing = sharingIn(sent);
  if (level === 'preview') return { body: { orgId, level }, problems };
  return { body: { orgId, level, ...sharing.body }, problems: [...problems, ...sharing.problems] };
}
