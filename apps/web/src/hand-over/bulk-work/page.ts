import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Bulk } from '../../apis/bulk';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

const TITLES = {
  assign: 'Cases given to a colleague',
  transfer: 'Cases offered to another agency',
  refer: 'Cases referred to another agency',
  flag: 'Cases flagged',
} as const;

/** Why a case was left as it was, for people. */
const REFUSALS: Readonly<Record<string, string>> = {
  'case.changed': 'Somebody else changed it meanwhile',
  'case.owned-already': 'They own it already',
  'case.flagged': 'The flag is on it already',
  'transfer.open': 'It is on offer already',
  'referral.open': 'They have not answered an earlier referral of it',
  'member.unknown': 'You are not a member of this agency any more',
};

/** Reasons of the decision point are capital letters: it was not allowed to be shared, whatever the reason. */
const whyElse = (code: string): string =>
  /^[A-Z_]+$/.test(code)
    ? 'No agreement allows it to be shared, or not before somebody has looked'
    : 'It could not be changed, or not by you';

/** How far something that is done to many cases has come, case by case. */
@Page({
  at: 'hand-over/bulk/:id',
  folder: 'hand-over/bulk-work',
  may: 'bulk.view',
  states: ['running', 'done', 'refused'],
})
export class BulkWorkPage {
  constructor(private readonly bulk: Bulk) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const work = await this.bulk.one(visit, id);
    return show({
      work,
      workTitle: TITLES[work.kind],
      items: work.items.map((row) => ({
        ...row,
        why: row.code === null ? '' : (REFUSALS[row.code] ?? whyElse(row.code)),
      })),
    });
  }
}
