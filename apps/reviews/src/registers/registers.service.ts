import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import type { Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { copyLines, copyRegister } from '../central-copies';
import { Kinds } from '../kinds';
import { distinct, sheetOf, sliceOf } from '../paged';
import { asksForPublication, publicationLine, publicationRegister } from '../publication-register';
import { publications } from '../publication.repository';
import { headingOf } from '../reviews/board-row';
import { eachLeaving } from '../reviews/board.repository';
import { definitionAmong, placesIn, type KindPlace } from '../reviews/places';
import { CopyRegisterDto, PublicationRegisterDto } from './registers.dto';

type Reading = Extract<Action, 'review.list' | 'review.export-register'>;

/**
 * Registers across reviews, computed as of today from what each review holds: what central bodies are to have, and what is
 * published. The database leaves out reviews that can have no line; of the others a line is kept, and no more than some of them are
 * held as a whole at once, however many there are.
 */
@Injectable()
export class RegistersService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  copies(call: Call, action: Reading) {
    return this.register(call, action, CopyRegisterDto, async (tx, asked, seen, today) => {
      const places = seen.filter(({ definition }) => (definition.copies ?? []).length > 0);
      const lines = [];
      for await (const review of eachLeaving(tx, ofKind(places, asked.kind))) {
        const kind = definitionAmong(places, review.kind);
        for (const line of copyLines(kind, review.document, today))
          lines.push({ ...headingOf(kind, review, today), ...line });
      }
      const due = places.flatMap(({ definition }) => definition.copies ?? []);
      return {
        ...{ all: copyRegister(lines, asked), kinds: kindsOf(places) },
        bodies: distinct(due.map(({ code, to }) => ({ code, title: to }))),
      };
    });
  }

  publications(call: Call, action: Reading) {
    return this.register(call, action, PublicationRegisterDto, async (tx, asked, seen, today) => {
      const asking = seen.filter(({ definition, state }) => asksForPublication(definition, state));
      const found = [];
      for await (const review of eachLeaving(tx, ofKind(asking, asked.kind), { kind: asked.kind ?? null }))
        found.push(review);
      const shown = new Map(
        (
          await publications(
            tx,
            found.map(({ id }) => id),
          )
        ).map((edition) => [edition.reviewId, edition]),
      );
      const lines = found.flatMap((review) => {
        const kind = definitionAmong(seen, review.kind);
        const edition = shown.get(review.id);
        const files = edition?.files.map(({ number, artefact }) => ({ number, artefact })) ?? [];
        const brief = edition && {
          ...{
            id: edition.id,
            edition: edition.edition,
            whole: edition.whole,
            publishedAt: edition.publishedAt,
            files,
          },
        };
        const line = publicationLine(kind, review, brief, today);
        return line ? [{ ...headingOf(kind, review, today), ...line }] : [];
      });
      const publishing = seen.filter(({ definition }) =>
        definition.states.some(({ code }) => asksForPublication(definition, code)),
      );
      return { all: publicationRegister(lines, asked), kinds: kindsOf(publishing) };
    });
  }

  /** A page of what was asked, or all of it to be taken out. Each review that is shown is on record. */
  private register<Q extends { page?: number }, R extends Listed, M extends { readonly all: readonly R[] }>(
    call: Call,
    action: Reading,
    shape: new () => Q,
    read: (tx: Tx, asked: Q, places: readonly KindPlace[], today: string) => Promise<M>,
  ) {
    return this.unit.read({ action, call }, async (tx) => {
      demand(tx.actor, action);
      const asked = valid(shape, call.query);
      const today = civilDate(tx.now);
      const { all, ...rest } = await read(tx, asked, await placesIn(tx, this.kinds, today), today);
      const page = asked.page ?? 1;
      const items = action === 'review.export-register' ? all : sliceOf(all, page);
      const reviews = new Map(items.map(({ id, version }) => [id, version]));
      tx.about({ objects: [...reviews].map(([id, version]) => ({ t: 'review', id, ver: String(version) })) });
      return { ...rest, items, ...sheetOf(all.length, page) };
    });
  }
}

interface Listed {
  readonly id: string;
  readonly version: number;
}
const ofKind = (places: readonly KindPlace[], code: string | undefined): KindPlace[] =>
  places.filter(({ kind }) => !code || kind.code === code);
const kindsOf = (places: readonly KindPlace[]) =>
  distinct(places.map(({ kind }) => ({ code: kind.code, title: kind.label })));
