import { Invalid, type FieldProblem } from '@concordat/contracts';
import type { Answer, Content } from '../answers';
import type { SaveAssessmentDto } from './assessments.dto';

const LONGEST = 4_000;

/** What was sent of an assessment, with blanks taken for nothing. Throws Invalid for answers of another form. Pure. */
export function contentOf({ asked, askedWords, answers, judgement }: SaveAssessmentDto): Content {
  const problems: FieldProblem[] = [];
  const read = Object.entries(answers).flatMap(([topic, sent]: [string, unknown]) => {
    const answer = answerOf(sent, `answers.${topic}`, problems);
    return Object.keys(answer).length === 0 ? [] : [[topic, answer] as const];
  });
  if (problems.length > 0) throw new Invalid(problems);
  const [words, band, reasons] = [askedWords, judgement?.band, judgement?.reasons].map(said);
  return {
    asked: asked ?? [],
    ...(words ? { askedWords: words } : {}),
    answers: Object.fromEntries(read),
    judgement: { ...(band ? { band } : {}), ...(reasons ? { reasons } : {}) },
  };
}

const said = (text: string | null | undefined): string | undefined => text?.trim() || undefined;

function answerOf(sent: unknown, field: string, problems: FieldProblem[]): Answer {
  const wrong = (at: string, code: string, message: string): void => void problems.push({ field: at, code, message });
  if (!isObject(sent)) {
    wrong(field, 'not-an-object', 'Send an object');
    return {};
  }
  for (const name of Object.keys(sent))
    if (!['value', 'parts', 'words'].includes(name)) wrong(`${field}.${name}`, 'unknown-field', 'This is not known');
  const { value, parts, words } = sent;
  if (value !== undefined && typeof value !== 'string') wrong(field, 'not-text', 'Choose one of the answers');
  if (words !== undefined && typeof words !== 'string') wrong(`${field}.words`, 'not-text', 'Enter text');
  if (typeof words === 'string' && words.length > LONGEST)
    wrong(`${field}.words`, 'too-long', `Use ${LONGEST} characters or fewer`);
  const inParts = isObject(parts) ? Object.entries(parts).filter(([, each]) => each !== '') : [];
  if ((parts !== undefined && !isObject(parts)) || inParts.some(([, each]) => typeof each !== 'string'))
    wrong(`${field}.parts`, 'not-an-object', 'Choose an answer for each part');
  const kept = typeof words === 'string' ? said(words) : undefined;
  return {
    ...(typeof value === 'string' && value !== '' ? { value } : {}),
    ...(inParts.length > 0 ? { parts: Object.fromEntries(inParts) as Record<string, string> } : {}),
    ...(kept ? { words: kept } : {}),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
