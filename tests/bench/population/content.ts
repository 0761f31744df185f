import type { Random } from '../../faults/random';
import { family, given, streets } from './names';

export type Content = Readonly<Record<string, unknown>>;
type Person = Readonly<Record<string, unknown>>;

/** Pathways, as often as partnerships see them. */
const PATHWAYS = { 'domestic-abuse': 50, 'adult-safeguarding': 30, 'child-safeguarding': 20 };

/** What people write. Each referral has a few of these, so that words of the narrative are as unevenly spread as names are. */
const WORRIES = [
  'says that the former partner waits outside the building',
  'has been threatened with a knife in the kitchen',
  'is kept from seeing friends and is given no money',
  'was found with bruises on both arms',
  'told the school nurse that there is shouting every night',
  'has not been seen by the housing officer for three weeks',
  'receives forty messages a day from a number that changes',
  'was pushed against a door and is afraid to go home',
  'is visited by people whom the neighbours do not know',
  'has stopped taking medication and lives without heating',
  'wrote that there is no way out',
  'has lent savings to somebody met online',
];
const RARELY = ['petrol', 'machete', 'canal', 'greyhound', 'allotment', 'caravan', 'lighthouse', 'trombone'];

/** content makes what a referrer sends: complete for its pathway, about people who do not exist. */
export function content(random: Random, area: string, at: Date): Content {
  const pathway = random.weighted(PATHWAYS);
  const surname = familyName(random);
  const people = [person(random, 1, surname, [pathway === 'child-safeguarding' ? 'subject' : 'subject'], at)];
  const add = (role: string, name: string): void => {
    people.push(person(random, people.length + 1, name, [role], at));
  };
  if (pathway !== 'adult-safeguarding' || random.chance(0.4))
    add('alleged-perpetrator', random.chance(0.5) ? surname : familyName(random));
  for (let n = random.weighted({ '0': 45, '1': 25, '2': 20, '3': 10 }); n > '0'; n = String(Number(n) - 1) as '0')
    add(pathway === 'adult-safeguarding' ? 'other' : 'child', surname);
  const [first] = people as [Person, ...Person[]];
  const called = (first['name'] as { given: string }).given;
  return {
    pathway,
    area,
    urgency: random.weighted({ routine: 50, urgent: 40, 'immediate-danger': 10 }),
    referrer: { relationship: 'Support worker', phone: '020 7946 0110' },
    people,
    relationships: people.slice(1).map((p, i) => ({
      from: 'p1',
      to: p['ref'],
      kind: i === 0 && pathway === 'domestic-abuse' ? 'ex-partner' : 'parent',
    })),
    safeContact: {
      person: 'p1',
      methods: [{ channel: 'phone', safe: 'yes', messageAllowed: 'no', value: phone(random), withheldNumber: true }],
    },
    concerns: {
      summary: narrative(random, called),
      happened: [{ on: day(at, -random.between(1, 60)), precision: 'day', what: sentence(random, called) }],
      ...(random.chance(0.2) ? { crimeNumber: `NP/${at.getUTCFullYear()}/${random.between(10000, 99999)}` } : {}),
    },
    ...(pathway === 'domestic-abuse'
      ? {
          criteria: {
            visibleHighRisk: { met: 'yes', instrument: 'safelives-dash', count: random.between(5, 22) },
            professionalJudgement: { met: 'yes', evidence: sentence(random, called) },
            potentialEscalation: { met: 'no' },
            repeat: { met: 'no' },
          },
          fears: { feared: [{ person: 'p2', why: 'Threats before' }] },
        }
      : {}),
    consent: { asked: 'yes', given: 'yes', aware: 'yes' },
    equality: {
      ethnicity: { answer: 'given', value: 'White British' },
      disability: { answer: 'declined' },
      religion: { answer: 'not-asked' },
    },
    staffRisk: random.chance(0.1) ? { level: 'known', detail: 'Go in pairs.' } : { level: 'none-known' },
    wishes: 'Wants to feel safe at home.',
    answers: ANSWERS[pathway],
  };
}

const ANSWERS = {
  'domestic-abuse': { 'idva-contact': 'yes', 'children-in-home': 'yes' },
  'adult-safeguarding': { 'care-needs': 'yes', 'unable-to-protect': 'yes', abuse: 'financial' },
  'child-safeguarding': { 'social-worker': 'no', 'parents-told': 'yes' },
} as const;

function person(random: Random, n: number, surname: string, roles: string[], at: Date): Person {
  const sex = random.chance(0.55) ? 'female' : 'male';
  const isYoung = roles.includes('child');
  const born = at.getUTCFullYear() - (isYoung ? random.between(1, 15) : random.between(18, 80));
  const lines = [`${random.between(1, 140)} ${streets.draw(random)}`];
  return {
    ref: `p${n}`,
    roles,
    name: { given: given[sex].draw(random), family: surname },
    ...(random.chance(0.1) ? { aliases: [{ family: familyName(random), kind: 'former' }] } : {}),
    datesOfBirth: [{ value: `${born}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`, precision: 'day' }],
    sex,
    ...(n === 1 || random.chance(0.4) ? { addresses: [{ kind: 'home', lines, postcode: postcode(random) }] } : {}),
    ...(random.chance(0.6) && !isYoung ? { phones: [phone(random)] } : {}),
    ...(n === 1 && random.chance(0.5) ? { nhsNumber: nhsNumber(random) } : {}),
    ...(isYoung ? { school: 'Gannet Walk Primary' } : {}),
  };
}

export const familyName = (random: Random): string =>
  (random.chance(family.shareOfCommon) ? family.common : family.uncommon).draw(random);

const narrative = (random: Random, called: string): string =>
  Array.from({ length: random.between(2, 5) }, () => sentence(random, called)).join(' ') +
  (random.chance(0.02) ? ` There was talk of a ${random.pick(RARELY)}.` : '');
export const sentence = (random: Random, called: string): string => `${called} ${random.pick(WORRIES)}.`;

/** 07700 900000 to 900999 are kept for fiction (Ofcom); postcode area ZZ does not exist. */
const phone = (random: Random): string => `07700 900${String(random.between(0, 999)).padStart(3, '0')}`;
const postcode = (random: Random): string =>
  `ZZ${random.between(1, 9)} ${random.between(1, 9)}${random.pick([...'ABDEFGHJ'])}${random.pick([...'LNPQRSTU'])}`;
const two = (n: number): string => String(n).padStart(2, '0');
const day = (at: Date, days: number): string => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Ten digits from 999, which is never given out, with the check digit of modulus 11. */
function nhsNumber(random: Random): string {
  for (;;) {
    const nine = `999${String(random.between(0, 999_999)).padStart(6, '0')}`;
    const sum = [...nine].reduce((s, c, i) => s + Number(c) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check !== 10) return `${nine}${check}`;
  }
}
