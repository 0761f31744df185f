import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import type { Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { copyLines, copyRegister } from '../central-copies';
import { Kinds } from '../kinds';
import { publicationLine, publicationRegister } from '../publication-register';
import { publications } from '../publication.repository';
import { headingOf } from '../reviews/board-row';
import { leavingReviews } from '../reviews/reviews.repository';
import { CopyRegisterDto, PublicationRegisterDto } from './registers.dto';

/** How many reviews a register holds at most: a partnership has some tens a year. Beyond that it is said that there are more. */
const MOST = 20_000;
const PAGE = 25;
type Reading = Extract<Action, 'review.list' | 'review.export-register'>;

/** Registers across every review that one may see, computed as of today: central copies, and publications. */
@Injectable()
export class RegistersService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  copies(call: Call, action: Reading) {
    return this.register(call, action, CopyRegisterDto, async (tx, { page: _, ...asked }) => {
      const today = civilDate(tx.now);
      const seen = await this.seen(tx);
      const lines = seen.reviews.flatMap(({ kind, review }) =>
        copyLines(kind, review.document, today).map((line) => ({ ...headingOf(kind, review, today), ...line })),
      );
      const bodies = distinct(lines.map(({ code, to }) => ({ code, title: to })));
      const { all, kinds } = narrowed(lines, asked.kind);
      return { all: copyRegister(all, asked), more: seen.more, kinds, bodies };
    });
  }

  publications(call: Call, action: Reading) {
    return this.register(call, action, PublicationRegisterDto, async (tx, { page: _, ...asked }) => {
      const today = civilDate(tx.now);
      const seen = await this.seen(tx);
      const shown = new Map((await publications(tx, MOST)).map((edition) => [edition.reviewId, edition]));
      const lines = seen.reviews.flatMap(({ kind, review }) => {
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
      const { all, kinds } = narrowed(lines, asked.kind);
      return { all: publicationRegister(all, asked), more: seen.more, kinds };
    });
  }

  /** A page of what was asked, or all of it to be taken out. Each review that is shown is on record. */
  private register<Q extends { page?: number }, R extends Listed, M extends { readonly all: readonly R[] }>(
    call: Call,
    action: Reading,
    shape: new () => Q,
    read: (tx: Tx, asked: Q) => Promise<M>,
  ) {
    return this.unit.read({ action, call }, async (tx) => {
      demand(tx.actor, action);
      const asked = valid(shape, call.query);
      const { all, ...rest } = await read(tx, asked);
      const page = asked.page ?? 1;
      const items = action === 'review.export-register' ? all : all.slice((page - 1) * PAGE, page * PAGE);
      const reviews = new Map(items.map(({ id, version }) => [id, version]));
      tx.about({ objects: [...reviews].map(([id, version]) => ({ t: 'review', id, ver: String(version) })) });
      return {
        ...rest,
        ...{ items, total: all.length, page, pages: Math.max(1, Math.ceil(all.length / PAGE)), most: MOST },
      };
    });
  }

  /** What registers are made of, each review with its kind: a kind is read once, however many reviews are of it. */
  private async seen(tx: Tx) {
    const found = await leavingReviews(tx, MOST + 1);
    const kinds = new Map<string, ReviewKind>();
    for (const { kind } of found) {
      const key = JSON.stringify(kind);
      if (!kinds.has(key)) kinds.set(key, await this.kinds.of(tx, kind));
    }
    const reviews = found.slice(0, MOST).map((review) => ({ review, kind: kinds.get(JSON.stringify(review.kind))! }));
    return { reviews, more: found.length > MOST };
  }
}

interface Listed {
  readonly id: string;
  readonly version: number;
}
type Titled = { readonly code: string; readonly title: string };
const distinct = (all: readonly Titled[]): Titled[] =>
  [...new Map(all.map((one) => [one.code, one])).values()].sort((a, b) => (a.title < b.title ? -1 : 1));

/** Lines of one kind of review, and the kinds that there are to choose from. */
function narrowed<L extends { readonly kind: { readonly code: string; readonly label: string } }>(
  lines: readonly L[],
  chosen: string | undefined,
) {
  const kinds = distinct(lines.map(({ kind }) => ({ code: kind.code, title: kind.label })));
  return { all: lines.filter(({ kind }) => !chosen || kind.code === chosen), kinds };
}
