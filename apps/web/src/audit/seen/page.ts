import { Id, NotFound } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Access } from '../../apis/access';
import { Audit, type TrailItem } from '../../apis/audit';
import { Directory } from '../../apis/directory';
import { today } from '../../design/civil-date';
import { wordsOf } from '../../design/filters';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, linkTo, reasonInWords, staffIn } from '../acts';
import { groundAt, shownBy } from './shown';

/** Of so many of a kind the page names each; the entry and the spreadsheet name all. */
const NAMED = 50;

/**
 * What an act looked like to whoever did it: by what they could see the case at that instant, and which things were put before
 * them, in which versions. What stood in them is for those who take part in the case. For auditors.
 */
@Page({ at: 'audit/entries/:eventId/seen', folder: 'audit/seen', may: 'ledger.read', states: ['shown', 'refused'] })
export class SeenPage {
  constructor(
    private readonly audit: Audit,
    private readonly access: Access,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id('eventId') eventId: string): Promise<View> {
    const { record, index } = await this.audit.entry(visit, eventId);
    const names = await this.directory.names(visit, staffIn([record]));
    return show({
      ...{ eventId, index, line: lineOf(record, names) },
      refused: record.outcome !== 'done',
      reasons: record.reasons.map(reasonInWords),
      parts: record.items.map(wordsOf),
      grounds: await this.groundsOf(visit, record),
      kinds: shownBy(record).map(({ kind, things }) => ({
        kind,
        count: things.length,
        things: things.slice(0, NAMED).map((each) => ({
          link: linkTo(each as Parameters<typeof linkTo>[0], names),
          version: each.version,
        })),
        others: Math.max(0, things.length - NAMED),
      })),
    });
  }

  /** By what each case could be seen then. One that is closed to the auditor, or was erased, is told of as such. */
  private async groundsOf(visit: Visit, { actor, at, objects }: TrailItem) {
    const cases = objects.filter((o) => o.t === 'case').slice(0, 3);
    if (actor === null) return [];
    return Promise.all(
      cases.map(async ({ id }) => {
        try {
          const { items } = await this.access.lookBack(visit, { case: id, on: today(new Date(at)), user: actor });
          const ground = groundAt(
            items.flatMap((i) => i.spans),
            at,
          );
          return { id: id.slice(0, 8), text: ground ?? 'Nothing that is known let them see it at that moment' };
        } catch (error) {
          if (!(error instanceof NotFound)) throw error;
          return { id: id.slice(0, 8), text: 'Not told: it is restricted, or is no longer kept' };
        }
      }),
    );
  }
}
