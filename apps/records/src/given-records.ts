import type { MaisTable } from '@concordat/sharing';
import type { ChronologyContent } from './chronology';
import type { PersonDetails } from './person';

/** A case as its leading agency gives it to another system. */
export interface GivenCase {
  readonly id: string;
  readonly reference: string;
  /** Its pathway. */
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly openedAt: Date;
  readonly subjects: readonly (Pick<PersonDetails, 'identifiers'> & { readonly id: string })[];
  /** Entries of the leading agency's own, as they stand. */
  readonly entries: readonly { readonly id: string; readonly content: ChronologyContent }[];
  /** Entries of other agencies, which are theirs to give. */
  readonly ofOthers: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * recordsOf says a case in the ontology of Social Care Data (JSON-LD): an episode, where its pathway is a kind of one, and its entries as
 * life events, where they are kinds of those; what the others say stands as findings of the episode. `concordat:notSaid` counts what is
 * not in it. People are named by their NHS numbers, or by their record here, and by nothing else. Pure.
 */
export function recordsOf(given: GivenCase, table: MaisTable): Json {
  const id = (value: string, system = table.systems.record): Json => ({ '@type': 'Identifier', value, system });
  const subjectPerson = given.subjects.map(({ id: own, identifiers = [] }) => {
    const nhs = identifiers.find(({ kind }) => kind === 'nhs-number')?.value.replace(/\s/g, '');
    const person = nhs ? id(nhs, table.systems.nhsNumber) : id(own);
    return { '@type': 'SubjectPerson', person, involvement: 'SBJ' };
  });
  const relatedService = [id(given.leadOrg, table.systems.organisation)];
  const open = given.entries.filter(({ content }) => !content.sensitive && !content.thirdParty);
  const eventOf = ({ category }: ChronologyContent) => table.events.find(({ code }) => code === category)?.as;
  const events = open.filter(({ content }) => eventOf(content) !== undefined && content.starts.length === 10);
  const rest = open.filter((entry) => !events.includes(entry));
  const kind = table.episodes.find(({ code }) => code === given.kind)?.as;
  const text = rest.map(({ content: { starts, ends, fact } }) => `${starts}${ends ? ` to ${ends}` : ''}: ${fact}`);
  const episode = kind && {
    ...{ '@type': 'ServiceEpisode', identifier: [id(given.reference)], type: [kind], subjectPerson, relatedService },
    timeInformation: [{ '@type': 'Timing', startDateTime: given.openedAt.toISOString() }],
    location: [`urn:concordat:area:${given.areaId}`],
    ...(text.length > 0 ? { finding: [{ '@type': 'Finding', text }] } : {}),
  };
  const lifeEvents = events.map(({ id: entryId, content }) => ({
    ...{ '@type': 'LifeEvent', identifier: [id(entryId)], type: [eventOf(content)], subjectPerson, relatedService },
    timeInformation: [
      {
        ...{ '@type': 'Timing', startDateTime: `${content.starts}T00:00:00` },
        ...(content.ends?.length === 10 ? { endDateTime: `${content.ends}T00:00:00` } : {}),
      },
    ],
  }));
  const notSaid = {
    ...(kind ? {} : { episode: 1, entries: rest.length }),
    whatEventsSay: events.length,
    sensitiveOrOfOthers: given.entries.length - open.length,
    entriesOfOtherAgencies: given.ofOthers,
  };
  return {
    '@context': 'https://github.com/SocialCareData/ontology/releases/latest/download/context.jsonld',
    '@graph': [...(episode ? [episode] : []), ...lifeEvents],
    'concordat:notSaid': Object.fromEntries(Object.entries(notSaid).filter(([, count]) => count > 0)),
  };
}
