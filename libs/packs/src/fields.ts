/*
 * The content of a referral, as far as a pack may speak of it. A path is its names joined by dots; an item of a list is
 * `name[*]` for each, or for people `people[subject]` for each person in that role. Writing the tree here lets a slip in
 * a pack be found when it is loaded, not when nobody can send a referral.
 */
import { criterionCodes, personRoles } from './types';

type Tree = { readonly [name: string]: true | Tree | readonly [Tree] };

const answer: Tree = { answer: true, value: true };
const criterion: Tree = {
  met: true,
  evidence: true,
  instrument: true,
  count: true,
  previousReferral: true,
};

const CONTENT: Tree = {
  pathway: true,
  area: true,
  urgency: true,
  referrer: { relationship: true, phone: true, managerSignOff: { name: true, at: true } },
  people: [
    {
      roles: true,
      name: { given: true, family: true },
      aliases: true,
      datesOfBirth: true,
      ageYears: true,
      sex: true,
      gender: true,
      addresses: true,
      phones: true,
      nhsNumber: true,
      policeReference: true,
      housingReference: true,
      languages: true,
      interpreter: true,
      communicationNeeds: true,
      occupation: true,
      school: true,
      gp: true,
      dueDate: true,
    },
  ],
  relationships: true,
  safeContact: {
    person: true,
    methods: [
      {
        channel: true,
        value: true,
        safe: true,
        messageAllowed: true,
        withheldNumber: true,
        bestTimes: true,
        perpetratorAway: true,
        verifiedOn: true,
      },
    ],
    language: true,
    interpreter: true,
    notes: true,
  },
  concerns: { summary: true, happened: true, evidence: true, crimeNumber: true },
  criteria: Object.fromEntries(criterionCodes.map((code) => [code, criterion])),
  fears: { feared: true, safeConfidants: true, unsafeConfidants: true },
  consent: { asked: true, given: true, conditions: true, aware: true, override: { ground: true, reason: true } },
  equality: {
    ethnicity: answer,
    disability: answer,
    religion: answer,
    sexualOrientation: answer,
    genderReassignment: answer,
    pregnancy: answer,
  },
  staffRisk: { level: true, detail: true, visitInPairs: true },
  wishes: true,
};

/** One step of a path: a name, and which items of a list. */
export type Step = { readonly name: string; readonly items?: string };

/** Paths come from packs, so there are a few hundred; each referral asks for most of them. */
const taken = new Map<string, readonly Step[]>();

/** steps takes a path apart. It does not ask whether the content has such fields. */
export function steps(path: string): readonly Step[] {
  const known = taken.get(path);
  if (known) return known;
  const apart = path.split('.').map((part) => {
    const bracket = /^([^[\]]+)\[([^[\]]+)\]$/.exec(part);
    return bracket ? { name: bracket[1] ?? '', items: bracket[2] ?? '' } : { name: part };
  });
  taken.set(path, apart);
  return apart;
}

/**
 * pathProblem says why a path is none of the content's, or undefined when it is one. `answers` are the codes of the
 * pathway's own questions.
 */
export function pathProblem(path: string, answers: readonly string[]): string | undefined {
  const [first, ...rest] = steps(path);
  if (first?.name === 'answers') {
    const [question] = rest;
    const known = rest.length === 1 && question?.items === undefined && answers.includes(question?.name ?? '');
    return known ? undefined : `“${path}” is not a question of this pathway`;
  }
  let place: true | Tree | readonly [Tree] = CONTENT;
  for (const step of steps(path)) {
    if (place === true || isList(place)) return `“${path}” goes on after a field`;
    const next: true | Tree | readonly [Tree] | undefined = Object.hasOwn(place, step.name)
      ? place[step.name]
      : undefined;
    if (next === undefined) return `“${path}” is not a field of a referral (at “${step.name}”)`;
    if (step.items === undefined) {
      place = next;
      continue;
    }
    if (next === true || !isList(next)) return `“${path}” asks for items of “${step.name}”, which is no list`;
    const roles: readonly string[] = step.name === 'people' ? personRoles : [];
    if (step.items !== '*' && !roles.includes(step.items)) return `“${path}” asks for unknown items “${step.items}”`;
    place = next[0];
  }
  return undefined;
}

function isList(tree: Tree | readonly [Tree]): tree is readonly [Tree] {
  return Array.isArray(tree);
}
