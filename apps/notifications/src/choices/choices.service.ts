import { Invalid, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { keepChoices, ownChoices, type MessageChoice } from '../message-choices.repository';
import { Practice } from '../message-practice';
import { ChooseMessagesDto } from './choices.dto';

/** How soon somebody is told of each kind, within what the pack lets them choose. */
@Injectable()
export class ChoicesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'message.view-choices', call }, async (tx) => {
      const chosen = new Map((await ownChoices(tx)).map((one) => [one.kind, one]));
      const { daily, weekly } = this.practice.rules;
      return {
        items: this.practice.all.map(({ kind, rhythm, choices, text }) => {
          const own = chosen.get(kind);
          // What is no choice any more, since the pack changed, counts for nothing.
          const kept = own && choices.includes(own.rhythm) ? own : null;
          return { kind, choices, text, rhythm: kept?.rhythm ?? rhythm, byText: kept?.byText ?? false };
        }),
        ...{ daily, weekly },
      };
    });
  }

  async choose(call: Call) {
    const done = await this.unit.run({ action: 'message.choose', call }, async (tx) => {
      const { choices } = valid(ChooseMessagesDto, call.body);
      const problems = choices.flatMap((one, i) => this.problemsOf(one, `choices.${i}`));
      if (problems.length > 0) throw new Invalid(problems);
      await keepChoices(tx, choices);
      tx.about({ items: choices.map(({ kind, rhythm }) => `${kind}.${rhythm}`) });
      return {};
    });
    return { receipt: done.receipt };
  }

  private problemsOf({ kind, rhythm, byText }: MessageChoice, at: string): FieldProblem[] {
    const { choices, text } = this.practice.all.find((rule) => rule.kind === kind)!;
    if (!choices.includes(rhythm))
      return [{ field: `${at}.rhythm`, code: 'not-in-list', message: 'This cannot be chosen here' }];
    return byText && !(text && rhythm === 'now')
      ? [
          {
            field: `${at}.byText`,
            code: 'not-at-once',
            message: 'A text message is sent only for what is told at once',
          },
        ]
      : [];
  }
}
