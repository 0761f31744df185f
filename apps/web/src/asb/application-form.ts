import type { FieldProblem } from '@concordat/contracts';
import { compact, type Submitted } from '../design/submitted';

/** Complaints that the form has room for. */
export const COMPLAINTS = [0, 1, 2, 3, 4] as const;

/** What is sent of an application form. A complaint of which anything was entered is sent, so that it is told what it lacks. */
export function applicationOf(sent: Submitted) {
  const complaints = COMPLAINTS.flatMap((i) => {
    const [behaviourOn, complainedOn] = [
      sent.date(`complaints.${i}.behaviourOn`),
      sent.date(`complaints.${i}.complainedOn`),
    ];
    const summary = sent.text(`complaints.${i}.summary`);
    if (!behaviourOn && !complainedOn && !summary) return [];
    return [{ behaviourOn: behaviourOn ?? '', complainedOn: complainedOn ?? '', summary: summary ?? '' }];
  });
  return {
    ...{ name: sent.text('name') ?? '', contact: sent.text('contact') ?? '', about: sent.text('about') ?? '' },
    appliesFor: sent.text('appliesFor') ?? '',
    ...compact({
      ...{ ownerOrg: sent.text('ownerOrg'), appliedBy: sent.text('appliedBy'), consent: sent.ticked('consent') },
      complaints,
    }),
  };
}

/** A date is told of at its day. */
export const fieldOf = (path: string): string => (/(behaviourOn|complainedOn)$/.test(path) ? `${path}-day` : path);

const NEEDED: Readonly<Record<string, string>> = {
  name: 'Enter the name of the person who suffers from the behaviour',
  contact: 'Enter how they can be reached safely',
  about: 'Enter what has happened',
};

/** What is missing in words of the form: whoever fills it in has nobody beside them to ask. Pure. */
export const plainly = (problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.map((p) => (p.code === 'required' && NEEDED[p.field] ? { ...p, message: NEEDED[p.field]! } : p));
