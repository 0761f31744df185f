import { Invalid } from '@concordat/contracts';
import type { SaveAssessmentDto } from './assessments.dto';
import { contentOf } from './content-of';

const sent = (body: object): SaveAssessmentDto => ({ answers: {}, ...body });

describe('what is sent of an assessment', () => {
  it('is nothing where it is blank', () => {
    const answers = {
      a: { value: '', words: '  ', parts: { x: '' } },
      b: { value: 'no', words: ' He said so ' },
      c: {},
    };
    const body = sent({ answers, askedWords: ' ', judgement: { band: '', reasons: ' ' }, asked: null });
    expect(contentOf(body)).toEqual({ asked: [], answers: { b: { value: 'no', words: 'He said so' } }, judgement: {} });
    expect(contentOf(sent({ judgement: null }))).toEqual({ asked: [], answers: {}, judgement: {} });
  });

  it('is refused in another form, field by field', () => {
    const answers = {
      a: 'yes',
      b: { value: 1 },
      c: { words: 'x'.repeat(4_001) },
      d: { parts: ['yes'] },
      e: { note: 'x' },
      f: null,
    };
    const refused = (): string[] => {
      try {
        contentOf(sent({ answers }));
        return [];
      } catch (error) {
        return ((error as Invalid).details.errors ?? []).map(({ field, code }) => `${field} ${code}`);
      }
    };
    expect(refused()).toEqual([
      'answers.a not-an-object',
      'answers.b not-text',
      'answers.c.words too-long',
      'answers.d.parts not-an-object',
      'answers.e.note unknown-field',
      'answers.f not-an-object',
    ]);
  });
});
