import { Invalid } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Keeping, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { ReleaseFile } from '../release';
import { demandReleasable, demandSecondReader, openHits } from '../release-rules';
import { Changing } from '../reviews/changing';
import { demandDrafting, draftedReview } from './drafting';
import { briefOf, replaced } from './files.service';
import { ClearHitDto, ReleaseFileDto, WithdrawFileDto } from './release.dto';
import * as kept from '../release.repository';

/** What a second person says of a file: that what was found in it is nothing, and that it may leave. */
@Injectable()
export class ClearingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly keeping: Keeping,
  ) {}

  clear(call: Call, id: string, fileId: string) {
    return this.changing.review(
      call,
      id,
      'release-file.clear-hit',
      async ({ tx, review }) => {
        demandDrafting(tx, review);
        const [file, brief] = [await fileIn(tx, id, fileId), briefOf(review.document, fileId)];
        const { key, reason } = valid(ClearHitDto, call.body);
        demandSecondReader(brief, review.document, tx.actor.id);
        const hit = openHits(file).find((h) => h.key === key);
        if (!hit)
          throw new Invalid([
            { field: 'key', code: 'not-in-list', message: 'Choose something that was found and is open' },
          ]);
        await kept.keepClearing(tx, fileId, key, reason);
        tx.about({ objects: [{ t: 'release-file', id: fileId }], subjects: [...hit.people], items: [hit.kind] });
        return { what: 'hit-cleared' };
      },
      { named: true },
    );
  }

  release(call: Call, id: string, fileId: string) {
    return this.changing.review(
      call,
      id,
      'release-file.release',
      async ({ tx, review }) => {
        demandDrafting(tx, review);
        const [file, brief] = [await fileIn(tx, id, fileId), briefOf(review.document, fileId)];
        valid(ReleaseFileDto, call.body);
        demandSecondReader(brief, review.document, tx.actor.id);
        demandReleasable(file, brief, review.document);
        await kept.keepVerdict(tx, fileId, brief.mapped);
        tx.about({ objects: [{ t: 'release-file', id: fileId }], detail: { digest: file.digest } });
        const next = { ...brief, state: 'released', releasedBy: tx.actor.id } as const;
        return { what: 'file-released', document: { releases: replaced(review.document, next) } };
      },
      { named: true },
    );
  }

  /** Takes a file out of what is to leave. It stays on record. */
  withdraw(call: Call, id: string, fileId: string) {
    return this.changing.review(
      call,
      id,
      'release-file.withdraw',
      ({ tx, review }) => {
        demandDrafting(tx, review);
        const brief = briefOf(review.document, fileId);
        const { reason } = valid(WithdrawFileDto, call.body);
        tx.about({ objects: [{ t: 'release-file', id: fileId }] });
        const releases = replaced(review.document, { ...brief, state: 'withdrawn' });
        return { what: 'file-withdrawn', document: { releases }, reason };
      },
      { named: true },
    );
  }

  async open(call: Call, id: string, fileId: string) {
    const act = { action: 'release-file.open', call, objects: [{ t: 'review' as const, id }] } as const;
    const { file, reference } = await this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, act.action);
      const found = await fileIn(tx, id, fileId);
      tx.about({ objects: [{ t: 'release-file', id: fileId }], items: [found.artefact] });
      return { file: found, reference: review.reference };
    });
    const bytes = await this.keeping.get(file.id, file.digest);
    return { name: `${reference}-${file.artefact}.${file.ending}`, type: file.type, bytes };
  }
}

async function fileIn(tx: Tx, id: string, fileId: string): Promise<ReleaseFile> {
  const [file] = await kept.filesOf(tx, id, fileId);
  if (!file) throw new NotFound('release-file');
  return file;
}
