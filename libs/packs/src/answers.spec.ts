import { join } from 'node:path';
import { invalidAnswers, loadPacks, missingAnswers, type Pathway } from './index';
import { readFileSync } from 'node:fs';

const root = join(__dirname, '../../../packs');
type Content = Record<string, unknown>;
let pathway: Pathway;
let complete: Content;

beforeAll(() => {
  const found = loadPacks(join(root, 'england-wales')).pathway('domestic-abuse');
  if (!found) throw new Error('no such pathway');
  pathway = found;
  complete = JSON.parse(readFileSync(join(root, 'demo/referral.example.json'), 'utf8')) as Content;
});

const paths = (content: unknown): string[] => missingAnswers(pathway, content).map(({ path }) => path);
const people = (): Content[] => structuredClone(complete['people']) as Content[];

describe('missingAnswers', () => {
  it('finds nothing missing in a complete referral', () => {
    expect(missingAnswers(pathway, complete)).toEqual([]);
  });

  it('lists all that an empty referral lacks, with what to say about it', () => {
    const missing = missingAnswers(pathway, {});
    expect(missing).toContainEqual({ path: 'people', message: 'Add the person who is harmed' });
    expect(missing).toContainEqual({ path: 'concerns.summary', message: 'Enter what worries you' });
    expect(missing.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['area', 'consent.asked', 'criteria.repeat.met', 'answers.idva-contact']),
    );
  });

  it.each([undefined, null, 5, 'text', [], { people: 'nobody' }, { people: [null, 7, { roles: 'subject' }] }])(
    'takes %p as an empty referral',
    (content) => {
      expect(paths(content)).toContain('people');
    },
  );

  it('names the person who lacks something', () => {
    const [subject, ...others] = people();
    const content = { ...complete, people: [...others, { ...subject, name: { given: 'Mira', family: '  ' } }] };
    expect(paths(content)).toEqual([`people.${others.length}.name.family`]);
  });

  it('takes “not known” as an answer and a blank as none', () => {
    expect(paths({ ...complete, answers: { 'idva-contact': 'not-known', 'children-in-home': ' ' } })).toEqual([
      'answers.children-in-home',
    ]);
  });

  it('asks for evidence of professional judgement only when it is claimed', () => {
    const criteria = { ...(complete['criteria'] as Content) };
    expect(paths({ ...complete, criteria: { ...criteria, professionalJudgement: { met: 'no' } } })).toEqual([]);
    expect(paths({ ...complete, criteria: { ...criteria, professionalJudgement: { met: 'yes' } } })).toEqual([
      'criteria.professionalJudgement.evidence',
    ]);
  });

  it('asks for detail of a risk to staff only when there is one', () => {
    expect(paths({ ...complete, staffRisk: { level: 'none-known' } })).toEqual([]);
    expect(paths({ ...complete, staffRisk: { level: 'known' } })).toEqual(['staffRisk.detail']);
  });

  // REF-5 and REF-6 of design/acceptance.md, as far as the content goes.
  it.each([
    [{}, ['consent.asked', 'consent.given', 'consent.aware']],
    [{ asked: 'yes', given: 'yes', aware: 'yes' }, []],
    [{ asked: 'yes', given: 'partly', aware: 'yes' }, ['consent.conditions']],
    [{ asked: 'yes', given: 'no', aware: 'yes' }, ['consent.override.ground', 'consent.override.reason']],
    [
      { asked: 'unsafe-to-ask', given: 'not-asked', aware: 'no', override: { ground: 'life' } },
      ['consent.override.reason'],
    ],
    [{ asked: 'no', given: 'not-asked', aware: 'no', override: { ground: 'life', reason: 'In danger' } }, []],
  ])('with consent %j lacks %j', (consent, expected) => {
    expect(paths({ ...complete, consent }).sort()).toEqual([...expected].sort());
  });
});

describe('invalidAnswers', () => {
  const invalid = (answers: unknown): string[] => invalidAnswers(pathway, answers).map(({ path }) => path);

  it('has nothing to say of answers that are absent or right', () => {
    expect(invalid(undefined)).toEqual([]);
    expect(invalid({ 'idva-contact': 'yes', orders: 'A bail condition', 'other-marac': '' })).toEqual([]);
  });

  it.each([
    [{ 'idva-contact': 'maybe' }, ['answers.idva-contact']],
    [{ 'idva-contact': true }, ['answers.idva-contact']],
    [{ orders: 'x'.repeat(10_001) }, ['answers.orders']],
    [{ unheard: 'of' }, ['answers.unheard']],
    [{ constructor: 'x', orders: ['x'] }, ['answers.constructor', 'answers.orders']],
    ['yes', ['answers']],
  ])('refuses %j', (answers, expected) => {
    expect(invalid(answers)).toEqual(expected);
  });

  it('refuses options that are not offered and dates that do not exist', () => {
    const packs = loadPacks(join(root, 'england-wales'));
    const weapon = packs.pathway('weapon-or-knife');
    if (!weapon) throw new Error('no such pathway');
    const wrong = invalidAnswers(weapon, { weapon: 'spoon', 'found-on': '2026-02-30' });
    expect(wrong.map(({ path }) => path)).toEqual(['answers.weapon', 'answers.found-on']);
    expect(invalidAnswers(weapon, { weapon: 'knife', 'found-on': '2026-02-28' })).toEqual([]);
  });
});
