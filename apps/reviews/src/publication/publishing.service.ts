import { civilDate } from '@concordat/clocks';
import { Invalid, newId, RuleBroken, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Keeping, NotFound, Peers, serviceActorId, systemCall, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { familyTime } from '../family';
import type { ProtectedPerson } from '../identifiers';
import { labelOf } from '../kinds';
import { demandPublishable } from '../publication-rules';
import { datedBy, runningPauses } from '../review';
import { releasedFiles } from '../release-rules';
import { scan } from '../release-scan';
import { filesOf, peopleOf } from '../release.repository';
import { Changing, recordedBy } from '../reviews/changing';
import { PublishDto } from './publication.dto';
import { keepPublication, publications, type Publication } from '../publication.repository';

/** Anybody may read what is published, so it is read, and put on record, once in this time, however many ask. */
const FRESH_MS = 30_000;
/** The date of a review on which it was published. */
const DAY = 'publication';
type Shown = Omit<Publication, 'reviewId'> & { readonly name: string };

/** Publishes what was released of a review, and shows it to anybody. */
@Injectable()
export class PublishingService {
  private shown: { readonly until: number; readonly all: Promise<readonly Shown[]> } | null = null;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly keeping: Keeping,
    private readonly peers: Peers,
  ) {}

  /** Only in the state of that name, files that a second person released, and words that identify nobody. */
  async publish(call: Call, id: string) {
    const done = await this.changing.review(call, id, 'review.publish', async ({ tx, review, kind }) => {
      const { title, learning } = valid(PublishDto, call.body);
      if (review.state !== 'PUBLISHED')
        throw new RuleBroken('publication.not-open', 'The review has not come to its publication');
      if (runningPauses(review.document).some(({ reason }) => reason !== 'family'))
        throw new RuleBroken('publication.paused', 'Proceedings hold up publication');
      if (familyTime(review.document.pauses, civilDate(tx.now)))
        throw new RuleBroken('publication.family-time', 'The family has asked for time, and publication waits for it');
      const { decision } = demandPublishable(review.document);
      const problems = identifying({ title, learning }, await peopleOf(tx, id));
      if (problems.length > 0) throw new Invalid(problems);
      const briefs = releasedFiles(review.document).filter(({ artefact }) => PUBLIC.has(artefact));
      if (briefs.length === 0) throw new RuleBroken('publication.no-file', 'No file that is published was released');
      const files = await filesOf(tx, id);
      const publicationId = newId();
      const edition = await keepPublication(
        tx,
        {
          ...{
            id: publicationId,
            reviewId: id,
            ownerOrg: review.ownerOrg,
            title,
            learning,
            whole: decision === 'full',
          },
          label: labelOf(kind, civilDate(tx.now)),
        },
        briefs.map(({ id: fileId, mapped, artefact }) => {
          const { type, ending, size, digest } = files.find((f) => f.id === fileId)!;
          return { fileId, mapped, artefact, type, ending, size, digest };
        }),
      );
      tx.about({
        objects: [
          { t: 'publication', id: publicationId, ver: String(edition) },
          ...briefs.map((b) => ({ t: 'release-file' as const, id: b.id })),
        ],
        items: [decision],
      });
      // The day of the first publication is known here: nobody has to record it.
      const facts = datedBy(kind, review.document, DAY, civilDate(tx.now), recordedBy(tx));
      return { what: 'published', document: { facts } };
    });
    this.shown = null;
    return done;
  }

  /** What anybody may read: of each review the last edition. */
  async published(): Promise<{ publications: readonly Shown[] }> {
    if (!this.shown || this.shown.until < Date.now()) {
      const all = this.read();
      this.shown = { until: Date.now() + FRESH_MS, all };
      all.catch(() => (this.shown = null)); // what failed is tried again by the next who asks
    }
    return { publications: await this.shown.all };
  }

  /** A published file. Each opening is on record, of whom nothing is known. */
  async open(id: string, number: number) {
    const call = systemCall(serviceActorId('reviews'), 'publication');
    const found = await this.unit.read({ action: 'publication.open', call }, async (tx) => {
      const publication = (await publications(tx)).find((p) => p.id === id);
      const file = publication?.files.find((f) => f.number === number);
      if (!file) throw new NotFound('publication');
      tx.about({ objects: [{ t: 'publication', id }], items: [file.artefact] });
      return file;
    });
    const bytes = await this.keeping.get(found.fileId, found.digest);
    return { name: `${found.artefact}-${number}.${found.ending}`, type: found.type, bytes };
  }

  private async read(): Promise<readonly Shown[]> {
    const { organisations } = await this.peers.get<{
      organisations: readonly { readonly id: string; readonly name: string }[];
    }>('reviews', 'identity', '/organisations');
    const call = systemCall(serviceActorId('reviews'), 'publication');
    return this.unit.read({ action: 'publication.show', call }, async (tx) => {
      const all = await publications(tx);
      tx.about({ objects: all.map((p) => ({ t: 'publication', id: p.id, ver: String(p.edition) })) });
      return all.map(({ reviewId: _, ...p }) => ({
        ...p,
        name: organisations.find((o) => o.id === p.ownerOrg)?.name ?? 'An organisation',
      }));
    });
  }
}

/** Of what leaves a review this is for anybody; the data form goes to the central body alone. */
const PUBLIC: ReadonlySet<string> = new Set(['overview-report', 'summary', 'action-plan', 'quality-letter']);

/** What is written for anybody identifies nobody either. */
function identifying(words: Readonly<Record<string, string>>, people: readonly ProtectedPerson[]): FieldProblem[] {
  return Object.entries(words).flatMap(([field, text]) => {
    const passages = [{ part: 'body', where: field, text }] as const;
    const { hits } = scan({ passages, pictures: [], unread: [] }, people, []);
    const message = 'This says something that identifies somebody';
    return hits.length > 0 ? [{ field, code: 'identifies', message }] : [];
  });
}
