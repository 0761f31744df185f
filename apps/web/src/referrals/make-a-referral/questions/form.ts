import { compact, orNothing } from '../../../design/submitted';
import { yesNoUnknown } from '../../../design/words';
import type { Question } from '../../../apis/practice';
import type { Group, OpenDraft } from '../drafting';

const questionsOf = ({ pathway }: OpenDraft): readonly Question[] =>
  pathway.groups.find((g) => g.code === 'questions')?.questions ?? [];

/** The pathway's own questions, as its pack asks them. */
export const group: Group = {
  code: 'questions',
  parts: ['answers'],
  read: (sent, open) => {
    const answers = questionsOf(open).flatMap(({ code, type }): [string, string][] => {
      const name = `answers.${code}`;
      const answer = type === 'date' ? sent.date(name) : sent.text(name);
      return answer === undefined ? [] : [[code, answer]];
    });
    return compact({ ...open.content, answers: orNothing(Object.fromEntries(answers)) });
  },
  more: (open) => ({ questions: questionsOf(open), yesNoUnknown }),
};
