import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackError } from './findings';
import { readPack, type SourceText } from './read';
import { reasonKinds } from './types';

const head = (kind: string): string => `kind: ${kind}
version: 1
effectiveFrom: '2024-04-01'
source: a test
verified: true
`;
const clock = (id: string, more = ''): string =>
  `{ id: ${id}, forum: mash, version: 1, effectiveFrom: '2024-04-01', source: a test, verified: true, measures: decide,
      anchorEvent: referral-received, value: 3, unit: workingDay, calendarId: office, outOfHours: run,
      ifNotWorkingDay: keep${more} }`;

const SHIPPED = 'matching orders chronology sharing-law hand-over depersonalised-sets mais rights'.split(' ');
const shipped = (file: string): string => readFileSync(join(__dirname, '../../../packs/england-wales', file), 'utf8');

/** The smallest pack that loads. */
const good: Readonly<Record<string, string>> = {
  'manifest.yaml': `kind: manifest
id: test
title: A test
version: '1.0.0'
effectiveFrom: '2024-04-01'
jurisdiction: england-wales
source: a test
`,
  'forums.yaml': `${head('forums')}forums:
  - { code: mash, title: Front door, description: Where it starts }
`,
  'calendars.yaml': `${head('calendars')}calendars:
  - { id: office, title: Office, bankHolidays: england-and-wales, hours: { monday: [['09:00', '17:00']] } }
`,
  'grounds.yaml': `${head('consent-grounds')}grounds:
  - { code: life, title: Life }
`,
  'outcomes.yaml': `${head('outcomes')}outcomes:
  - { code: opened, title: Opened, decisions: [accept] }
`,
  'colours.yaml': `${head('triage-colours')}code: plain
title: Plain
measures: Decision
ratedWithin: []
colours:
  - { code: red, title: Red, rank: 1, tag: red, meaning: Now, clocks: [${clock('plain.red')}] }
  - { code: green, title: Green, rank: 2, tag: green, meaning: Later, clocks: [] }
`,
  'pathway.yaml': `${head('pathway')}code: worry
title: Worry
description: A worry
colourScheme: plain
people:
  - { role: subject, title: Person, min: 1, error: Add the person }
criteria: []
consent: { rule: ask, guidance: Ask }
groups:
  - { code: about, title: About }
  - code: questions
    title: More
    questions:
      - { code: seen, text: 'When?', type: date, required: false }
required:
  - { path: concerns.summary, error: Enter the worry }
next: { redirect: [mash], stepUp: [], stepDown: [] }
clocks:
  - ${clock('worry.decide')}
`,
  'restrictions.yaml': `${head('restrictions')}kinds:
  - { code: colleague, title: Colleague, trace: nothing }
reviewWithinDays: 90
breakGlass: { minutes: 60, atMostMinutes: 240, attemptsPerHour: 20, reviewWithinWorkingDays: 1, calendar: office, grounds: [{ code: life, title: Life }], outcomes: [{ code: right, title: Right }] }
`,
  'agreement-clocks.yaml': shipped('agreement-clocks.yaml').replace('front-door', 'office'),
  'deadline-ladders.yaml': shipped('deadline-ladders.yaml').replace('front-door', 'office'),
  'messages.yaml': shipped('messages.yaml').replace('front-door', 'office'),
  'retention.yaml': shipped('retention.yaml').replace(/kinds: \[.*\]/g, 'kinds: [worry]'),
  ...Object.fromEntries(SHIPPED.map((name) => [`${name}.yaml`, shipped(`${name}.yaml`)])),
  ...Object.fromEntries(
    reasonKinds.map((kind) => [
      `reasons-${kind}.yaml`,
      `${head('reasons')}for: ${kind}
reasons:
  - { code: some-reason, title: Some reason, explain: false, outcome: opened }
`,
    ]),
  ),
};

function pack(changes: Readonly<Record<string, string | null>> = {}): SourceText[] {
  return Object.entries({ ...good, ...changes }).flatMap(([file, text]) => (text === null ? [] : [{ file, text }]));
}

function edited(file: string, from: string, to: string): SourceText[] {
  const text = good[file] ?? '';
  expect(text).toContain(from);
  return pack({ [file]: text.replace(from, to) });
}

function findings(sources: SourceText[]): string[] {
  try {
    readPack('packs/test', sources);
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return error.findings.map(({ file, line, path, reason }) => `${file}:${line}: ${path}: ${reason}`);
  }
  return [];
}

describe('readPack', () => {
  it('reads a pack in which everything is in order', () => {
    expect(findings(pack())).toEqual([]);
  });

  it.each<[what: string, file: string, from: string, to: string, expected: RegExp]>([
    ['broken YAML', 'forums.yaml', 'verified: true', 'verified: [true', /^forums\.yaml:\d+: : .+/m],
    ['a key twice', 'forums.yaml', 'version: 1', 'version: 1\nversion: 2', /^forums\.yaml:3: : .*unique/m],
    ['a list for a document', 'manifest.yaml', good['manifest.yaml'] ?? '', '- 1\n', /mapping with a “kind”/],
    [
      'shares that are not of one whole',
      'matching.yaml',
      'same: { m: 0.988,',
      'same: { m: 0.8,',
      /fields\.sex: the m of its levels add up to/,
    ],
    [
      'a trace of another kind',
      'restrictions.yaml',
      'trace: nothing',
      'trace: name',
      /kinds\[0\]\.trace: must be one of/,
    ],
    ['an emergency that outlasts its limit', 'restrictions.yaml', 'minutes: 60', 'minutes: 600', /lasts longer than/],
    ['a share beyond 1', 'matching.yaml', 'u: 0.48 }', 'u: 1.48 }', /fields\.sex\.different\.u: must be a probability/],
    ['a code of law twice', 'sharing-law.yaml', 'code: 6.1.b', 'code: 6.1.a', /law\.art6\[1\]: is there twice/],
    [
      'a gateway’s limit that nobody knows',
      'sharing-law.yaml',
      'kind: death-review',
      'kind: any',
      /limit\.kind: must be one of/,
    ],
    ['bands that fall', 'matching.yaml', 'likely: 20', 'likely: 2', /bands must rise/],
    [
      'a view of what nobody knows',
      'hand-over.yaml',
      'items: [name, phones',
      'items: [shoe-size, phones',
      /must be one of name/,
    ],
    ['twins that would be offered', 'matching.yaml', 'family: -4', 'family: 40', /limited below what is possible/],
    [
      'a nickname of one',
      'matching.yaml',
      '- [emily, em, emmie, millie]',
      '- [emily]',
      /nicknames\[\d+\]: must have at least 2/,
    ],
    [
      'an unknown kind',
      'forums.yaml',
      'kind: forums',
      'kind: fora',
      /^forums\.yaml:1: kind: must be one of manifest,/m,
    ],
    [
      'an unknown key',
      'pathway.yaml',
      'title: Worry',
      'titel: Worry',
      /^pathway\.yaml:7: titel: unknown key; known here:/m,
    ],
    ['a missing key', 'pathway.yaml', 'title: Worry\n', '', /^pathway\.yaml:1: : lacks “title”/m],
    ['an empty text', 'pathway.yaml', 'title: Worry', 'title:', /^pathway\.yaml:7: title: must be a text/m],
    ['a number for a text', 'pathway.yaml', 'title: Worry', 'title: 5', /title: must be a text/],
    [
      'a text for a flag',
      'pathway.yaml',
      'required: false',
      "required: 'no'",
      /questions\[0\]\.required: must be true or/,
    ],
    ['a bad code', 'pathway.yaml', 'code: seen', 'code: Last Seen', /must be a code/],
    [
      'an unknown word',
      'pathway.yaml',
      'unit: workingDay',
      'unit: fortnight',
      /clocks\[0\]\.unit: must be one of minute,/,
    ],
    [
      'a date that is none',
      'manifest.yaml',
      "'2024-04-01'",
      "'2023-02-29'",
      /effectiveFrom: must be a date that exists/,
    ],
    ['a version that is none', 'manifest.yaml', "'1.0.0'", '1.0', /version: must be a semantic version/],
    [
      'an unknown scheme',
      'pathway.yaml',
      'colourScheme: plain',
      'colourScheme: gaudy',
      /no such colour scheme: “gaudy”/,
    ],
    ['an unknown destination', 'pathway.yaml', '[mash]', '[mush]', /redirect\[0\]: no such pathway or forum: “mush”/],
    ['an unknown forum', 'colours.yaml', 'forum: mash', 'forum: mush', /clocks\[0\]\.forum: no such forum: “mush”/],
    ['an unknown calendar', 'colours.yaml', 'calendarId: office', 'calendarId: moon', /no such calendar: “moon”/],
    ['an unknown outcome', 'reasons-reopen.yaml', 'outcome: opened', 'outcome: shut', /no such outcome: “shut”/],
    ['a pathway that leads to itself', 'pathway.yaml', '[mash]', '[worry]', /cannot lead to itself/],
    [
      'a question twice',
      'pathway.yaml',
      'title: About }',
      'title: About, questions: [{ code: seen, text: T, type: text, required: false }] }',
      /asks “seen” twice/,
    ],
    ['a page twice', 'pathway.yaml', 'code: about', 'code: questions', /groups: has “questions” twice/],
    ['a choice without options', 'pathway.yaml', 'type: date', 'type: choice', /a choice needs options/],
    [
      'options without a choice',
      'pathway.yaml',
      'type: date',
      'type: date, options: [{ value: a, text: A }, { value: b, text: B }]',
      /type date has no options/,
    ],
    ['a required question without an error', 'pathway.yaml', 'required: false', 'required: true', /needs an error/],
    ['people without an error', 'pathway.yaml', ', error: Add the person', '', /people\[0\]: people who must be named/],
    [
      'a path that is none',
      'pathway.yaml',
      'concerns.summary',
      'concerns.sumary',
      /not a field of a referral \(at “sumary”\)/,
    ],
    [
      'a path to an unknown role',
      'pathway.yaml',
      'path: concerns.summary',
      'path: "people[boss].name.family"',
      /unknown items “boss”/,
    ],
    ['a path into a list without items', 'pathway.yaml', 'concerns.summary', 'people.name', /goes on after a field/],
    [
      'items of what is no list',
      'pathway.yaml',
      'path: concerns.summary',
      'path: "concerns[*].summary"',
      /which is no list/,
    ],
    [
      'a path to a question not asked',
      'pathway.yaml',
      'concerns.summary',
      'answers.heard',
      /is not a question of this pathway/,
    ],
    [
      'a page with nothing on it',
      'pathway.yaml',
      'code: about',
      'code: criteria',
      /a page “criteria” with nothing on it/,
    ],
    [
      'hours that move to a working day',
      'pathway.yaml',
      'unit: workingDay, calendarId: office, outOfHours: run,\n      ifNotWorkingDay: keep',
      'unit: hour, calendarId: office, outOfHours: run, ifNotWorkingDay: next',
      /hours cannot move to a working day/,
    ],
    [
      'days that pause',
      'pathway.yaml',
      'outOfHours: run',
      'outOfHours: pause',
      /workingDays cannot pause out of hours/,
    ],
    ['working hours that run', 'pathway.yaml', 'unit: workingDay', 'unit: workingHour', /cannot run out of hours/],
    ['a clock of nothing', 'pathway.yaml', 'value: 3', 'value: 0', /a clock of 0 units/],
    ['a clock of parts', 'pathway.yaml', 'value: 3', 'value: 0.5', /value: must be a whole number/],
    [
      'a rule that ends before it begins',
      'pathway.yaml',
      'ifNotWorkingDay: keep',
      "ifNotWorkingDay: keep, effectiveTo: '2024-03-31'",
      /effectiveTo is before/,
    ],
    [
      'a rule defined twice',
      'pathway.yaml',
      'worry.decide',
      'plain.red',
      /the rule version “plain.red 1” is already defined at colours/,
    ],
    [
      'two versions in force at once',
      'pathway.yaml',
      'worry.decide, forum: mash, version: 1',
      'plain.red, forum: mash, version: 2',
      /version 2 of “plain.red” is in force together with version 1/,
    ],
    [
      'an unverified clock by default',
      'pathway.yaml',
      'verified: true, measures',
      'verified: false, measures',
      /the rule “worry.decide” by default/,
    ],
    [
      'an unverified scheme by default',
      'colours.yaml',
      'verified: true\n',
      'verified: false\n',
      /scheme “plain” by default: it is not verified/,
    ],
    [
      'a scheme with an unverified clock',
      'colours.yaml',
      'verified: true, measures',
      'verified: false, measures',
      /its clock “plain.red” is not verified/,
    ],
    ['colours out of order', 'colours.yaml', 'rank: 2', 'rank: 1', /listed by rising rank/],
    [
      'hours that go back',
      'calendars.yaml',
      "['09:00', '17:00']",
      "['17:00', '09:00']",
      /hours\.monday: openings must follow/,
    ],
    ['hours that are none', 'calendars.yaml', "'09:00'", "'9am'", /monday\[0\]\[0\]: must be a time/],
    ['a calendar that never opens', 'calendars.yaml', "[['09:00', '17:00']]", '[]', /is never open/],
    [
      'a panel outcome without its panel',
      'outcomes.yaml',
      'title: Opened',
      'title: Opened, frontDoor: other_panel',
      /names a forum/,
    ],
    ['an alias', 'forums.yaml', 'source: a test', 'source: &s a test\nextra: *s', /aliases \(\*\) are not allowed/],
  ])('refuses %s', (_, file, from, to, expected) => {
    expect(findings(edited(file, from, to)).join('\n')).toMatch(expected);
  });

  it('refuses a pack without a manifest, or with two', () => {
    expect(findings(pack({ 'manifest.yaml': null }))).toContain(
      '.:1: : a pack has one document of kind manifest, not 0',
    );
    expect(findings(pack({ 'again.yaml': good['manifest.yaml'] ?? '' }))).toContain(
      '.:1: : a pack has one document of kind manifest, not 2',
    );
  });

  it('refuses a pack that lacks a list of reasons, or has it twice', () => {
    expect(findings(pack({ 'reasons-decline.yaml': null }))).toEqual(['.:1: : lacks a list of reasons for decline']);
    const again = findings(pack({ 'z.yaml': good['reasons-decline.yaml'] ?? '' }));
    expect(again).toEqual(['z.yaml:1: : a second list of reasons for decline']);
  });

  it('refuses two pathways of one code, and a forum called like a pathway, naming the first', () => {
    expect(findings(pack({ 'z.yaml': good['pathway.yaml'] ?? '' })).join('\n')).toMatch(
      /z\.yaml:6: code: the pathway “worry” is already defined at pathway\.yaml:6/,
    );
    expect(findings(edited('forums.yaml', 'code: mash', 'code: worry')).join('\n')).toMatch(/already defined at/);
  });

  it('reports all problems together, also those of a reference into a broken document', () => {
    const found = findings(
      pack({
        'pathway.yaml': (good['pathway.yaml'] ?? '')
          .replace('title: Worry', 'title: 1')
          .replace('[mash]', '[worry2, mush]'),
        'second.yaml': (good['pathway.yaml'] ?? '')
          .replace('code: worry', 'code: worry2')
          .replace('worry.decide', 'worry2.decide')
          .replace('min: 1', 'min: some'),
        'forums.yaml': (good['forums.yaml'] ?? '').replace('title: Front door, ', ''),
      }),
    );
    expect(found).toEqual([
      'forums.yaml:7: forums[0]: lacks “title”',
      'pathway.yaml:7: title: must be a text',
      expect.stringMatching(/^pathway\.yaml:\d+: next\.redirect\[1\]: no such pathway or forum: “mush”$/),
      'second.yaml:11: people[0].min: must be a whole number from 0 to 50',
    ]);
  });

  it('does not call missing what stands in a document that cannot be read', () => {
    const found = findings(edited('forums.yaml', 'verified: true', 'verified: [true'));
    expect(found).toEqual([expect.stringMatching(/^forums\.yaml:\d+: : Flow sequence/)]);
  });

  it('says in its message where to look', () => {
    expect(() => readPack('packs/test', edited('pathway.yaml', 'title: Worry', 'titel: Worry'))).toThrow(
      /2 problems in the pack packs\/test\n {2}pathway\.yaml:1: lacks “title”\n {2}pathway\.yaml:7: titel: unknown key/,
    );
  });

  it('allows a later version of a rule once the earlier has ended', () => {
    const text = (good['pathway.yaml'] ?? '').replace(
      'ifNotWorkingDay: keep }',
      "ifNotWorkingDay: keep, effectiveTo: '2025-03-31' }",
    );
    const later = clock('worry.decide').replace('version: 1', 'version: 2').replace('2024-04-01', '2025-04-01');
    expect(findings(pack({ 'pathway.yaml': `${text}  - ${later}\n` }))).toEqual([]);
  });
});
