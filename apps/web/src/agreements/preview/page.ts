import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import type { AgreementEffect } from '../../apis/agreement-reading';
import { Agreements } from '../../apis/agreements';
import { Directory, type Names } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { namedIn, outcomes } from '../words';

/** What a version would change, shown before it is activated: which decisions of the last 90 days would have come out otherwise. */
@Page({
  at: 'agreements/:id/preview',
  folder: 'agreements/preview',
  may: 'agreement.preview',
  states: ['changes', 'same'],
})
export class PreviewAgreementPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const [{ effects, title, ...preview }, names] = await Promise.all([
      this.agreements.preview(visit, id),
      this.directory.names(visit),
    ]);
    return show({
      ...preview,
      agreement: `${title}, version ${preview.number}`,
      groups: GROUPS.flatMap(({ outcome, title }) => {
        const rows = effects.filter(({ would }) => would.outcome === outcome).map((effect) => rowOf(effect, names));
        return rows.length > 0 ? [{ title, rows }] : [];
      }),
      back: { text: 'Back to the agreement', href: `/agreements/${id}` },
    });
  }
}

const GROUPS = [
  { outcome: 'DENY', title: 'Would not be allowed any more' },
  { outcome: 'REVIEW', title: 'Somebody would have to look first' },
  { outcome: 'PERMIT', title: 'Would be allowed' },
] as const;

/** One kind of decision in words: organisations by their names, items by their codes as the agreement has them. Pure. */
function rowOf({ sender, recipients, purpose, items, was, words, count, exampleId }: AgreementEffect, names: Names) {
  const told = namedIn([sender, ...recipients], names);
  return {
    ...{ purpose, count, exampleId, was: outcomes[was.outcome], why: told(words) },
    between: `${names.organisation(sender)} to ${recipients.map((org) => names.organisation(org)).join(', ')}`,
    items: items.join(', '),
  };
}
