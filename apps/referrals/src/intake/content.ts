import type { ReferralContentDto } from './content.dto';

/** Content as it is kept: each person has an id of ours, by which the audit entries and later contexts know them. */
export type KeptContent = Omit<ReferralContentDto, 'people'> & {
  people?: (NonNullable<ReferralContentDto['people']>[number] & { id: string })[];
};

/** keep gives every person an id. Callers cannot choose one: it is no field of a person that they send. */
export function keep(content: ReferralContentDto, mint: () => string): KeptContent {
  const { people, ...rest } = content;
  return people ? { ...rest, people: people.map((person) => ({ id: mint(), ...person })) } : rest;
}

/** Whom the audit entries name: everybody in the referral, its subject first. */
export function peopleOf(content: KeptContent): string[] {
  const people = content.people ?? [];
  const isSubject = (person: (typeof people)[number]): boolean => person.roles.includes('subject');
  return [...people.filter(isSubject), ...people.filter((p) => !isSubject(p))].map((p) => p.id);
}

/** The name by which lists show the referral: its subject's, or null when nobody is named, as for a knife that was found. */
export function subjectName(content: KeptContent): string | null {
  const named = (content.people ?? []).find((p) => p.roles.includes('subject'));
  return [named?.name?.given, named?.name?.family].filter((part) => part?.trim()).join(' ') || null;
}

/** Content as its author sent it, without what we added: to tell a repeated submission from another one. */
export function asSent({ people, ...rest }: KeptContent): ReferralContentDto {
  return people ? { ...rest, people: people.map(({ id: _id, ...person }) => person) } : rest;
}
