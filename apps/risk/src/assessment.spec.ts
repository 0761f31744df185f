import { IllegalTransition, Invalid, newId } from '@concordat/contracts';
import { completed, mustBeStanding, type Assessment } from './assessment';
import { counted, DAY, instrumentOf, packs } from './instruments.testing';
import { assessmentInWords } from './in-words';

const dash = instrumentOf('safelives-dash');
const NOW = new Date('2026-11-28T12:00:00Z');
const draft: Assessment = {
  ...{
    id: newId(),
    caseId: newId(),
    subjectId: newId(),
    orgId: newId(),
    authorId: newId(),
    status: 'draft' as const,
    version: 3,
  },
  ...{ instrument: dash.code, instrumentVersion: 1, hash: 'x', pack: 'england-wales@1.0.0', result: null },
  wordingId: null,
  practice: null,
  ...{ content: counted('safelives-dash', 14), rulesOn: DAY, startedAt: NOW, changedAt: NOW, completedAt: null },
  ...{ supersedes: null, supersedeReason: null, supersededBy: null },
};

describe('completing an assessment', () => {
  it('fixes its result, with the pack that it was worked out by', () => {
    const standing = completed(draft, dash, packs, NOW);
    expect(standing).toMatchObject({ status: 'completed', version: 4, pack: packs.version, completedAt: NOW });
    expect(standing.result).toMatchObject({ band: 'high', score: 14, banding: 'dash-count@1' });
    expect(completed(draft, dash, packs, NOW)).toEqual(standing);
  });

  it('is refused while something is missing, and the second time', () => {
    const unreasoned = { ...draft, content: { ...draft.content, judgement: { band: 'high' } } };
    expect(() => completed(unreasoned, dash, packs, NOW)).toThrow(Invalid);
    const standing = completed(draft, dash, packs, NOW);
    expect(() => completed(standing, dash, packs, NOW)).toThrow(IllegalTransition);
    expect(() => mustBeStanding(draft)).toThrow('This is not completed yet');
    expect(() => mustBeStanding({ ...standing, supersededBy: newId() })).toThrow('Another assessment');
    expect(() => mustBeStanding(standing)).not.toThrow();
  });
});

it('an assessment in words says every answer under its title, and that unknown is not no', () => {
  const content = { ...counted('safelives-dash', 2, 1), judgement: { band: 'high', reasons: 'She is terrified' } };
  const standing = completed({ ...draft, content }, dash, packs, NOW);
  const words = assessmentInWords(dash, content, standing.result!);
  expect(words).toContain('Result: High');
  expect(words).toContain('Reasons: She is terrified');
  expect(words).toContain('Very frightened: Yes\nVery frightened, in words: Told us so');
  expect(words).toContain('Expects to be hurt again: Not known');
  expect(words).toContain('Has hurt animals: No');
});
