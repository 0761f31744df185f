import type { AssessmentContent, InstrumentText } from '../../apis/risk';
import { Submitted } from '../../design/submitted';
import { sectionOfField, sectionsOf } from '../sections';
import { contentWith, valuesOf } from './form';

const document = {
  ...{ code: 'i', title: 'I', version: 1, description: '', verified: true, scoring: 'none', judgement: 'decide' },
  ...{ open: ['not-known'], bands: [{ code: 'high', title: 'High', meaning: '' }], triggers: [] },
  groups: [
    {
      ...{ code: 'now', title: 'Now' },
      topics: [
        { code: 'fear', text: 'Fear', type: 'yes-no', explain: true },
        {
          code: 'threats',
          text: 'Threats',
          type: 'parts',
          parts: [
            { code: 'a', text: 'A' },
            { code: 'b', text: 'B' },
          ],
        },
        { code: 'story', text: 'Story', type: 'text' },
      ],
    },
    { code: 'then', title: 'Then', topics: [{ code: 'past', text: 'Past', type: 'yes-no' }] },
  ],
} as unknown as InstrumentText;
const sections = sectionsOf({ document });
const section = (code: string) => sections.find((s) => s.code === code)!;
const content: AssessmentContent = {
  ...{ asked: ['subject', 'records'], askedWords: 'By telephone' },
  answers: {
    fear: { value: 'yes', words: 'Of him' },
    threats: { parts: { a: 'no', b: 'not-known' } },
    story: { words: 'Much' },
    past: { value: 'no' },
  },
  judgement: { band: 'high', reasons: 'The threats' },
};
const sent = (body: object) => new Submitted(body as Record<string, string>);

describe('a page of an assessment', () => {
  it.each(['asked', 'now', 'then', 'judgement'])('%s, sent as it was shown, changes nothing', (code) => {
    expect(contentWith(content, section(code), sent(valuesOf(content, section(code))))).toEqual(content);
  });

  it('takes back what is blank now, of its own topics only', () => {
    const changed = contentWith(content, section('now'), sent({ 'answers.fear': 'no', 'answers.past': 'yes' }));
    expect(changed.answers).toEqual({ fear: { value: 'no' }, past: { value: 'no' } });
    expect(contentWith(content, section('asked'), sent({}))).toMatchObject({ asked: [], answers: content.answers });
    expect(contentWith(content, section('asked'), sent({}))).not.toHaveProperty('askedWords');
  });

  it('has no judgement where the answers are left to speak', () => {
    const left = contentWith(content, section('judgement'), sent({ 'judgement.band': 'none' }));
    expect(left.judgement).toEqual({});
  });

  it('is found by the field that is wrong on it', () => {
    const codes = ['asked', 'answers.past', 'answers.threats.parts.a', 'judgement.reasons', 'nothing'];
    expect(codes.map((field) => sectionOfField(sections, field).code)).toEqual([
      'asked',
      'then',
      'now',
      'judgement',
      'asked',
    ]);
  });
});
