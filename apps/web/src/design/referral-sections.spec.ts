import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pathway } from '../apis/practice';
import type { ReferralContent } from '../apis/referral-content';
import { methodCard, nameOf, sectionsOf } from './referral-sections';

const content = JSON.parse(
  readFileSync(join(__dirname, '../../../../packs/demo/referral.example.json'), 'utf8'),
) as ReferralContent;
const codes = [
  'about',
  'people',
  'relationships',
  'safe-contact',
  'concerns',
  'criteria',
  'fears',
  'questions',
  'consent',
  'equality',
  'staff-risk',
  'wishes',
];
const pathway = {
  title: 'Domestic abuse',
  people: [{ role: 'subject', title: 'Person harmed', min: 1 }],
  criteria: [{ code: 'professionalJudgement', title: 'Professional judgement', evidence: 'required' }],
  groups: codes.map((code) => ({
    code,
    title: code,
    ...(code === 'questions'
      ? {
          questions: [
            { code: 'children-in-home', text: 'Children in the home?', type: 'yes-no-unknown', required: true },
          ],
        }
      : {}),
  })),
} as unknown as Pathway;
const known = { pathway, area: 'Harbourside', grounds: [{ code: 'life', title: 'To protect someone’s life' }] };

describe('a referral in sections', () => {
  const sections = sectionsOf(content, known);
  const text = (code: string) => JSON.stringify(sections.find((s) => s.code === code)?.cards);

  it('has a section per group of the pathway, in its order, each with something', () => {
    expect(sections.map((s) => s.code)).toEqual(codes);
    for (const section of sections) expect([section.code, section.cards.length > 0]).toEqual([section.code, true]);
  });

  it('names people, areas and answers, and not their codes', () => {
    expect(text('about')).toContain('Harbourside');
    expect(text('people')).toContain('Nerys Halloway: Person harmed');
    expect(text('people')).toContain('17 April 1991 or 14 July 1991');
    expect(text('people')).toContain('999 819 8178');
    expect(text('relationships')).toContain('Ex-husband, ex-wife or ex-civil partner of Corin Halloway');
    expect(text('questions')).toContain('Yes');
    expect(text('equality')).toContain('Declined');
    expect(JSON.stringify(sections)).not.toMatch(/"p[123]"|undefined|\[object/);
  });

  it('leads to where each part is changed, people one by one', () => {
    const changed = sectionsOf(content, { ...known, href: (group, ref) => `/${group}${ref ? `/${ref}` : ''}` });
    expect(changed.find((s) => s.code === 'people')?.cards.map((c) => c.href)).toEqual([
      '/people/p1',
      '/people/p2',
      '/people/p3',
    ]);
    expect(changed.find((s) => s.code === 'concerns')?.cards[0]?.href).toBe('/concerns');
  });

  it('shows nothing of what was not entered', () => {
    expect(
      sectionsOf({}, { ...known, area: '' }).filter((s) =>
        s.cards.some((c) => c.rows.some((r) => r.key !== 'Kind of referral')),
      ),
    ).toEqual([]);
  });
});

it('warns of every way to make contact that is not said to be safe', () => {
  const titles = ['yes', 'no', 'unknown', undefined].map(
    (safe) => methodCard({ channel: 'phone', ...(safe ? { safe } : {}) }).title,
  );
  expect(titles).toEqual([
    'Phone: safe',
    'Phone: not safe: do not use',
    'Phone: not known to be safe: do not use',
    'Phone: not known to be safe: do not use',
  ]);
});

it('names somebody without a name', () => {
  expect([nameOf(undefined), nameOf({ name: { family: 'Finch' } })]).toEqual(['Name not known', 'Finch']);
});
