import { eventually } from '@concordat/testing';
import type { Page } from 'playwright-core';
import { at, EASTVALE_NHS, joins, sendWrongly, then } from '../stories';
import { exampleContent } from '../partnership';
import type { Drive, Drives, World } from '../world';

interface Told {
  ref: string;
  roles: string[];
  name: { given: string; family: string };
  sex?: string;
}
let times = 0;

/** People of a referral whom no other test has; `change` alters the subject. */
export function toldOf(surname: string, change: object = {}): object[] {
  const people = structuredClone(exampleContent()['people']) as Told[];
  const n = [...surname].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
  return people.map(({ ref, roles, name, sex }, i) => ({
    ...{ ref, roles, sex, name: { given: name.given, family: surname } },
    datesOfBirth: [{ value: `${1940 + ((n + i * 17) % 60)}-0${1 + (n % 9)}-1${(n + i) % 9}` }],
    addresses: [{ kind: 'home', lines: [`${n} Saltmarsh Lane`], postcode: `ZZ${1 + (n % 90)} ${n % 10}LT` }],
    ...(i === 0
      ? { phones: [`07700 900${String(n % 1000).padStart(3, '0')}`], housingReference: `00${n}`, ...change }
      : {}),
  }));
}

/** A case about such people. */
export async function caseOf(world: World, surname: string, change: object = {}) {
  const { id } = await world.referral('hana', { people: toldOf(surname, change) });
  await world.act('amina', id, 'ratings', { colour: 'red' });
  await world.act('amina', id, 'decisions', { outcome: 'accept', rationale: 'Several agencies must act.' });
  const amina = world.app.as('amina');
  const { caseId } = (await amina.get(`/api/referrals/${id}`)).body as { caseId: string };
  await eventually(async () => (await amina.get(`/api/records/cases/${caseId}`)).status === 200);
  const { body } = await amina.get(`/api/records/cases/${caseId}`);
  const [person, other] = body.people as { id: string }[];
  return { caseId, person: person!.id, other: other!.id };
}
const SYLLABLES = ['bran', 'dun', 'fell', 'gar', 'hol', 'kel', 'lin', 'mor', 'pen', 'rad', 'sel', 'thor', 'ux', 'wen'];
export const newSurname = (): string => {
  const n = times++;
  return `Q${SYLLABLES[n % 14]}${SYLLABLES[Math.floor(n / 14) % 14]}ley`;
};

/** Two records of one person, which differ in a telephone number, in two cases. */
export async function twice(world: World) {
  const surname = newSurname();
  const first = await caseOf(world, surname, { phones: ['07700 900456'] });
  const second = await caseOf(world, surname, { phones: ['07700 900789'] });
  return { first, second };
}

const personAt = (username: string, path = ''): Drive =>
  at(username, async (world) => `/people/${(await caseOf(world, newSurname())).person}${path}`);
const compared = (username: string): Drive =>
  at(username, async (world) => {
    const { first, second } = await twice(world);
    return `/people/${first.person}/duplicates/${second.person}`;
  });
/** Two records of one person that are one now; `other` is somebody else of their case. */
export async function mergedPeople(world: World): Promise<{ person: string; other: string; mergeId: string }> {
  const { first, second } = await twice(world);
  const { body, status } = await world.app
    .as('amina')
    .post(
      `/api/records/people/${first.person}/merges`,
      { otherId: second.person, otherVersion: 1, choices: { phones: 'both' }, reason: 'Her worker says so.' },
      { version: 1 },
    );
  expect([status, body.errors]).toEqual([201, undefined]);
  return { person: first.person, other: first.other, mergeId: body.id as string };
}
export async function mergedAt(world: World): Promise<string> {
  const { person, mergeId } = await mergedPeople(world);
  return `/people/${person}/merges/${mergeId}`;
}
const related: Drive = at('amina', async (world) => {
  const { person, other } = await caseOf(world, newSurname());
  const amina = world.app.as('amina');
  await amina.post(`/api/records/people/${person}/relationships`, { otherId: other, kind: 'carer', since: '2024' });
  const { body } = await amina.get(`/api/records/people/${person}`);
  const found = (body.relationships as { id: string; kind: string }[]).find((r) => r.kind === 'carer')!;
  return `/people/${person}/relationships/${found.id}/end`;
});
const idIn = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

export const drives: Drives = {
  'people/person': {
    filled: personAt('amina'),
    'read-only': at('una', async (world) => {
      const { caseId, person } = await caseOf(world, newSurname());
      await joins(world, caseId, EASTVALE_NHS);
      return `/people/${person}`;
    }),
    corrected: personAt('amina', '?done=corrected'),
  },
  'people/edit': {
    names: personAt('amina', '/edit/names'),
    birth: personAt('amina', '/edit/birth'),
    addresses: personAt('amina', '/edit/addresses'),
    numbers: personAt('amina', '/edit/numbers'),
    about: personAt('amina', '/edit/about'),
    error: then(personAt('amina', '/edit/birth'), async (page) => {
      await page.fill('#datesOfBirth\\.0\\.value-day', '31');
      await page.fill('#datesOfBirth\\.0\\.value-month', '2');
      await page.fill('#datesOfBirth\\.0\\.value-year', '1987');
      await sendWrongly('Save what is known')(page);
    }),
    conflict: then(personAt('amina', '/edit/about'), async (page, world) => {
      await world.app
        .as('amina')
        .post(`/api/records/people/${idIn(page)}/corrections`, { occupation: 'Baker' }, { version: 1 });
      await page.fill('#occupation', 'Nurse');
      await page.click('button:has-text("Save what is known")');
      await page.waitForSelector('text=Save mine');
    }),
  },
  'people/history': {
    empty: personAt('amina', '/history'),
    filled: at('amina', async (world) => (await mergedAt(world)).replace(/\/merges.*/, '/history')),
  },
  'people/duplicates': {
    none: personAt('amina', '/duplicates'),
    found: at('amina', async (world) => `/people/${(await twice(world)).first.person}/duplicates`),
    different: personAt('amina', '/duplicates?done=different'),
  },
  'people/compare': {
    filled: compared('amina'),
    'read-only': compared('hana'),
    error: then(compared('amina'), sendWrongly('Merge these records')),
    conflict: then(compared('amina'), async (page, world) => {
      await world.app
        .as('amina')
        .post(`/api/records/people/${idIn(page)}/corrections`, { occupation: 'Baker' }, { version: 1 });
      await page.check('input[name="choices.phones"][value="both"]');
      await page.click('button:has-text("Merge these records")');
      await page.waitForSelector('#conflict');
      expect(await page.isChecked('input[name="choices.phones"][value="both"]')).toBe(true);
    }),
  },
  'people/undo-merge': {
    confirm: at('amina', mergedAt),
    error: then(at('amina', mergedAt), sendWrongly('Undo the merge')),
    undone: then(at('amina', mergedAt), async (page) => {
      const address = page.url();
      await page.fill('#reason', 'They are cousins.');
      await page.click('button:has-text("Undo the merge")');
      await page.waitForSelector('.moj-alert');
      await page.goto(address);
      await page.waitForSelector('text=Undone by');
    }),
  },
  'triage/known-people': {
    none: at('amina', async (world) => {
      const { id } = await world.referral('hana', { people: toldOf(newSurname()) });
      return `/triage/${id}/known-people`;
    }),
    found: at('amina', async (world) => {
      const surname = newSurname();
      await caseOf(world, surname);
      const { id } = await world.referral('hana', { people: toldOf(surname) });
      return `/triage/${id}/known-people`;
    }),
  },
  'people/relate': {
    empty: personAt('amina', '/relationships/add'),
    error: then(personAt('amina', '/relationships/add'), sendWrongly('Record the relationship')),
  },
  'people/end-relationship': {
    confirm: related,
    error: then(related, async (page) => {
      await page.fill('#until-year', '2019');
      await sendWrongly('End the relationship')(page);
    }),
  },
};
