import { handOverAgreement } from './agreements';
import { caseOf, newSurname, toldOf } from './states/people';
import type { World } from './world';

const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';

/** How somebody is asked about. */
export interface AskedAbout {
  readonly given: string;
  readonly family: string;
  readonly dateOfBirth: string;
  readonly postcode: string;
}

/** Somebody in a case of Northbank Council's, as they are asked about. */
export async function knownToTheCouncil(world: World): Promise<AskedAbout> {
  await handOverAgreement(world);
  const family = newSurname();
  await caseOf(world, family);
  return whoIs(family);
}

/** Somebody whom nobody knows. */
export const whoIs = (surname: string): AskedAbout => {
  const [told] = toldOf(surname) as {
    name: { given: string; family: string };
    datesOfBirth: { value: string }[];
    addresses: { postcode: string }[];
  }[];
  const { name, datesOfBirth, addresses } = told!;
  return { ...name, dateOfBirth: datesOfBirth[0]!.value, postcode: addresses[0]!.postcode };
};

/** Bevan of Eastvale NHS Trust asks the council. Answers the question's id. */
export async function askedByBevan(world: World, person: object): Promise<string> {
  await handOverAgreement(world);
  const body = { toOrg: COUNCIL, purpose: 'safeguarding-adult', person };
  const asked = await world.app.as('bevan').post<{ id: string; errors?: object }>('/api/records/known-questions', body);
  expect([asked.status, asked.body.errors]).toEqual([201, undefined]);
  return asked.body.id;
}
