import type { FieldProblem } from '@concordat/contracts';
import { compact, type Submitted } from '../design/submitted';
import { choice, date, labelled, long, text, tick, type Field } from '../reviews/fields';

/** Complaints that the form has room for. */
export const COMPLAINTS = [0, 1, 2, 3, 4] as const;

/** What is sent of an application form. A complaint of which anything was entered is sent, so that it is told what it lacks. */
export function applicationOf(sent: Submitted) {
  const complaints = COMPLAINTS.flatMap((i) => {
    const [behaviourOn, complainedOn] = [
      sent.date(`complaints.${i}.behaviourOn`, { what: `Complaint ${i + 1}, when it happened,` }),
      sent.date(`complaints.${i}.complainedOn`, { what: `Complaint ${i + 1}, when you complained,` }),
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

/**
 * What is wrong of what was sent, at its place of the form: a complaint that was left blank is not sent, so those after it are told of
 * by an earlier number. Pure.
 */
export function inPlace(problems: readonly FieldProblem[], { values }: Pick<Submitted, 'values'>): FieldProblem[] {
  const sent = COMPLAINTS.filter((i) =>
    Object.entries(values).some(([name, value]) => name.startsWith(`complaints.${i}.`) && String(value).trim() !== ''),
  );
  return problems.map((p) => ({
    ...p,
    field: p.field.replace(/^complaints\.(\d+)/, (_, i: string) => `complaints.${sent[Number(i)] ?? i}`),
  }));
}

/** A date is told of at its day. */
export const fieldOf = (path: string): string => (/(behaviourOn|complainedOn)$/.test(path) ? `${path}-day` : path);

const NEEDED: Readonly<Record<string, string>> = {
  name: 'Enter the name of the person who suffers from the behaviour',
  contact: 'Enter how they can be reached safely',
  about: 'Enter what has happened',
};

/** Its questions in their order, as `fields.njk` asks them. */
const FIELDS: readonly Field[] = [
  choice('ownerOrg', 'Which council?', []),
  choice('appliesFor', 'Who is the review for?', []),
  text('name', 'Name of the person who suffers from the behaviour'),
  text('appliedBy', 'Your name, if you ask for somebody else'),
  tick('consent', 'They have agreed that I ask for them'),
  long('contact', 'How can they be reached safely?'),
  long('about', 'What has happened?'),
  ...COMPLAINTS.flatMap((i) => [
    date(`complaints.${i}.behaviourOn`, `Complaint ${i + 1}, when it happened`),
    date(`complaints.${i}.complainedOn`, `Complaint ${i + 1}, when you complained`),
    text(`complaints.${i}.summary`, `Complaint ${i + 1}, what you complained of, and to whom`),
  ]),
];

/** What is wrong in words of the form: whoever fills it in has nobody beside them to ask. Pure. */
export const plainly = (problems: readonly FieldProblem[], { values }: Pick<Submitted, 'values'>): FieldProblem[] =>
  labelled(
    problems.map((p) => (p.code === 'required' && NEEDED[p.field] ? { ...p, message: NEEDED[p.field]! } : p)),
    FIELDS,
    values,
  );
