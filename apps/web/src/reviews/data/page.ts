import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { ReviewDataApi, type DataField } from '../../apis/review-data';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

const WORDS: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', 'not-known': 'Not known' };

/** An answer in words; nothing where nobody has answered. */
const answerIn = ({ choices = [] }: DataField, value: string | undefined): string | null =>
  value === undefined ? null : (choices.find(({ code }) => code === value)?.title ?? WORDS[value] ?? value);

/** What a central body asks of the review: what is answered, and what is missing. For those who draft it. */
@Page({ at: 'reviews/:id/data', folder: 'reviews/data', may: 'review.view-data', states: ['empty', 'filled'] })
export class ReviewDataPage {
  constructor(
    private readonly data: ReviewDataApi,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const view = await this.data.view(visit, id);
    const names = await this.directory.names(visit, [...new Set(view.entries.map(({ by }) => by))]);
    const missing = view.missing.reduce((sum, { fields }) => sum + fields.length, 0);
    return show({
      ...{ review: view, missing },
      groups: view.form.groups.map((group) => {
        const own = view.entries.filter((e) => e.group === group.code);
        return {
          ...{ code: group.code, title: group.title, several: group.several, next: own.length + 1 },
          entries: own.map((e) => ({
            ...{ ordinal: e.ordinal, at: e.at, who: names.person(e.by) },
            open: view.missing.find((m) => m.group === e.group && m.ordinal === e.ordinal)?.fields ?? [],
            rows: group.fields.flatMap((field) => {
              const answer = answerIn(field, e.answers[field.code]);
              return answer === null ? [] : [{ title: field.title, answer }];
            }),
          })),
        };
      }),
      back: { text: 'Back to the review', href: `/reviews/${id}` },
      ...(done === 'kept' ? { flash: { text: 'The answers are kept' } } : {}),
    });
  }
}
