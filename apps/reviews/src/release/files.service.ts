import { newId, wrong } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import {
  digestOf,
  Keeping,
  Lifecycle,
  LOGGER,
  NotFound,
  Received,
  serviceActorId,
  Sweep,
  systemCall,
  valid,
  type Call,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ReleaseBrief } from '../release';
import { scan, type Extracted } from '../release-scan';
import type { ReviewDocument } from '../review';
import { Changing, recordedBy } from '../reviews/changing';
import { demandDrafting, draftedReview, Nameable } from './drafting';
import { releaseKindOf } from './file-kind';
import { readFile, type ReleaseEnding } from './reading/read-file';
import { ScanFileDto } from './release.dto';
import * as kept from '../release.repository';

const LASTS_MS = 3_600_000;
const SWEEP_MS = 300_000;

/** Takes files that are to leave a review, and looks through each for whoever is protected. */
@Injectable()
export class FilesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly keeping: Keeping,
    private readonly nameable: Nameable,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('uploads of reviews of which nothing became', SWEEP_MS, () => this.forget(), log));
  }

  /** A file is received: told by its content, looked at for malware, kept. It is not looked through yet. */
  async upload(call: Call, id: string) {
    const act = { action: 'release-file.upload', objects: [{ t: 'review' as const, id }] } as const;
    await this.unit.read({ ...act, call }, (tx) => draftedReview(tx, id, act.action));
    const bytes = call.body instanceof Received ? await call.body.bytes() : Buffer.alloc(0);
    if (bytes.length === 0) throw wrong('file', 'required', 'Choose a file');
    const kind = releaseKindOf(bytes);
    if (!kind) throw wrong('file', 'not-taken', 'Choose a PDF, Word, HTML or text file');
    const digest = digestOf(bytes);
    const malware = await this.keeping.scan(bytes);
    if (malware === 'infected') {
      await this.unit.refuse({ ...act, call }, 'document.infected', { digest });
      throw wrong('file', 'infected', 'The file holds malware. It has not been kept');
    }
    const key = newId();
    await this.keeping.put(key, bytes);
    // The key of the command settles what was sent by its digest: the body itself cannot be compared.
    const done = await this.unit.run({ ...act, call: { ...call, body: { digest } } }, async (tx) => {
      await draftedReview(tx, id, act.action);
      const upload = { id: key, ...kind, size: bytes.length, digest, scan: malware };
      await kept.keepUpload(tx, id, upload, new Date(tx.now.getTime() + LASTS_MS));
      return { id: key, type: kind.type, size: bytes.length };
    });
    if (done.replayed) await this.keeping.remove(key);
    return { ...done.value, receipt: done.receipt };
  }

  /** Looks through an uploaded file, which is part of what is to leave from then on. */
  async take(call: Call, id: string) {
    const act = { action: 'release-file.scan', call, objects: [{ t: 'review' as const, id }] } as const;
    const { upload, document } = await this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, act.action);
      const { uploadId } = (call.body ?? {}) as { uploadId?: unknown };
      const found =
        typeof uploadId === 'string' && UUID.test(uploadId) ? await kept.uploadOf(tx, id, uploadId) : undefined;
      return { upload: found, document: review.document };
    });
    const { name } = (call.body ?? {}) as { name?: unknown };
    const read = upload ? await this.read(upload, typeof name === 'string' ? name : '') : undefined;
    const exempt = await this.nameable.of(document);
    return this.changing.review(
      call,
      id,
      'release-file.scan',
      async ({ tx, review, kind }) => {
        demandDrafting(tx, review);
        const dto = valid(ScanFileDto, call.body);
        if (!kind.artefacts.includes(dto.artefact)) throw wrong('artefact', 'not-in-list', 'Choose what it is');
        const now = await kept.uploadOf(tx, id, dto.uploadId);
        if (!now || !read) throw wrong('uploadId', 'upload.unknown', 'Choose the file again');
        const { mapped = 0, releases = [] } = review.document;
        await kept.keepFile(tx, id, now, dto);
        const found = scan(read, await kept.peopleOf(tx, id), exempt);
        await kept.keepScan(tx, now.id, mapped, found);
        await kept.forgetUpload(tx, now.id);
        tx.about({
          objects: [{ t: 'release-file', id: now.id }],
          items: [dto.artefact, ...new Set(found.hits.map((h) => h.kind))],
          detail: { digest: now.digest, size: now.size, hits: found.hits.length },
        });
        const brief: ReleaseBrief = {
          ...{ id: now.id, artefact: dto.artefact, mapped, state: 'scanned', releasedBy: null, ...recordedBy(tx) },
        };
        return { what: 'file-scanned', document: { releases: [...releases, brief] } };
      },
      { named: true },
    );
  }

  /** Looks through a file again, once others are protected. What was said to be nothing stays so. */
  async again(call: Call, id: string, fileId: string) {
    const act = { action: 'release-file.scan', call, objects: [{ t: 'review' as const, id }] } as const;
    const { file, document } = await this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, act.action);
      const [found] = await kept.filesOf(tx, id, fileId);
      if (!found) throw new NotFound('release-file');
      return { file: found, document: review.document };
    });
    const read = await this.read({ ...file, id: file.id }, file.name);
    const exempt = await this.nameable.of(document);
    return this.changing.review(
      call,
      id,
      'release-file.scan',
      async ({ tx, review }) => {
        demandDrafting(tx, review);
        const { mapped = 0 } = review.document;
        const brief = briefOf(review.document, fileId);
        const found = scan(read, await kept.peopleOf(tx, id), exempt);
        if (brief.mapped !== mapped) await kept.keepScan(tx, fileId, mapped, found);
        tx.about({ objects: [{ t: 'release-file', id: fileId }], items: found.hits.map((h) => h.kind) });
        const state = brief.mapped === mapped ? brief.state : 'scanned';
        const next = { ...brief, mapped, state, releasedBy: state === 'released' ? brief.releasedBy : null } as const;
        return { what: 'file-scanned', document: { releases: replaced(review.document, next) } };
      },
      { named: true },
    );
  }

  private async read(
    { id, digest, ending }: { readonly id: string; readonly digest: string; readonly ending: string },
    name: string,
  ): Promise<Extracted> {
    const bytes = await this.keeping.get(id, digest);
    return readFile(bytes, ending as ReleaseEnding, name).catch(() => {
      throw wrong('uploadId', 'not-readable', 'The file cannot be read, so nobody knows what is in it');
    });
  }

  private async forget(): Promise<void> {
    let keys: string[] = [];
    await this.unit.project(systemCall(serviceActorId('reviews'), 'operation'), async (tx) => {
      keys = await kept.forgetUploads(tx);
    });
    for (const key of keys) await this.keeping.remove(key);
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** @throws NotFound if the review has no such file, or it was withdrawn */
export function briefOf({ releases = [] }: ReviewDocument, id: string): ReleaseBrief {
  const brief = releases.find((r) => r.id === id && r.state !== 'withdrawn');
  if (!brief) throw new NotFound('release-file');
  return brief;
}

export const replaced = ({ releases = [] }: ReviewDocument, next: ReleaseBrief): ReleaseBrief[] =>
  releases.map((r) => (r.id === next.id ? next : r));
