import { newId, type Action } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import { digestOf, Keeping, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Kinds } from '../kinds';
import type { ReleaseBrief } from '../release';
import * as kept from '../release.repository';
import { scan } from '../release-scan';
import type { ReviewRecord } from '../review';
import { Changing, recordedBy, type Change, type Changed } from '../reviews/changing';
import { demandDrafting, draftedReview, Nameable } from './drafting';
import { readFile, releaseTypes, type ReleaseEnding } from './reading/read-file';

/** A document that is made here of what a review holds, and what else is written down of it. */
export interface Composition {
  readonly artefact: string;
  readonly ending: ReleaseEnding;
  /** As it will be called where it is sent. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Makes documents that leave a review out of what is in it. Each is a file like those that are brought: looked through for
 * whoever is protected, and released by a second person.
 */
@Injectable()
export class ComposingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly kinds: Kinds,
    private readonly keeping: Keeping,
    private readonly nameable: Nameable,
  ) {}

  /**
   * `make` is told of the review as it stands, checks what was sent and writes the document; it is called outside of any
   * transaction. `also` writes down what is kept beside the file, whose id it is given.
   */
  async compose(
    call: Call,
    id: string,
    action: Action,
    make: (review: ReviewRecord, kind: ReviewKind, now: Date) => Promise<Composition>,
    also: (changed: Changed, fileId: string) => Promise<Change>,
  ) {
    const act = { action, call, objects: [{ t: 'review' as const, id }] };
    const given = await this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, action);
      return { review, kind: await this.kinds.of(tx, review.kind), now: tx.now };
    });
    const made = await make(given.review, given.kind, given.now);
    const fileId = newId();
    const file = {
      ...{ id: fileId, type: releaseTypes[made.ending], ending: made.ending, size: made.bytes.length },
      ...{ digest: digestOf(made.bytes), scan: await this.keeping.scan(made.bytes) },
    };
    if (file.scan === 'infected') throw new Error('a document that was made here is said to be malware');
    const upload = { ...file, scan: file.scan };
    const read = await readFile(made.bytes, made.ending, made.name);
    const exempt = await this.nameable.of(given.review.document);
    await this.keeping.put(fileId, made.bytes);
    let taken = false;
    try {
      return await this.changing.review(
        call,
        id,
        action,
        async (changed) => {
          const { tx, review } = changed;
          demandDrafting(tx, review);
          const { mapped = 0, releases = [] } = review.document;
          await kept.keepFile(tx, id, upload, { artefact: made.artefact, name: made.name });
          const found = scan(read, await kept.peopleOf(tx, id), exempt);
          await kept.keepScan(tx, fileId, mapped, found);
          tx.about({
            objects: [{ t: 'release-file', id: fileId }],
            items: [made.artefact, ...new Set(found.hits.map((h) => h.kind))],
            detail: { digest: file.digest, size: file.size, hits: found.hits.length },
          });
          const brief: ReleaseBrief = {
            ...{ id: fileId, artefact: made.artefact, mapped, state: 'scanned', releasedBy: null, ...recordedBy(tx) },
          };
          const change = await also(changed, fileId);
          taken = true;
          return { ...change, document: { ...change.document, releases: [...releases, brief] } };
        },
        { named: true },
      );
    } finally {
      // What was sent twice or was refused leaves no bytes behind; of what may be committed after all they stay.
      if (!taken) await this.keeping.remove(fileId);
    }
  }
}
