import { DocumentKept, newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Conflict, digestOf, Invalid, Keeping, NotFound, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { Looks, within } from '../looks';
import { demandWriting, lockedCase, visibleCase } from '../visible-case';
import { documentsOf, keepDocument, keepDocumentVersion } from './documents.repository';
import { KeepRedactedDto, RemoveDto } from './redacting.dto';
import { linesOf, redacted, says, visible, type Redacted, type ToRemove } from './redaction';

/** A longer text is redacted elsewhere, and its copy kept like any file. */
const MOST_BYTES = 200_000;
const TEXT = { type: 'text/plain', ending: 'txt' } as const;

/**
 * Makes redacted copies of documents that are plain text. The copy is a file of its own, made anew of what stays: what was removed is
 * not in it. Whoever makes one opens the document, and that is on record. Of other kinds of files it is not known what is in them
 * besides what is seen, so none is made of them.
 */
@Injectable()
export class RedactingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly keeping: Keeping,
  ) {}

  /** The newest version as it would be without what is named; with nothing named, as it stands. Nothing is kept. */
  async preview(call: Call, id: string, documentId: string) {
    const { text, version, wanted } = await this.opened(call, id, documentId, () => valid(RemoveDto, call.body));
    const { found, linesRemoved, text: left } = without(text, wanted);
    return { version, lines: linesOf(left), found, linesRemoved };
  }

  async keep(call: Call, id: string, documentId: string) {
    const opened = await this.opened(call, id, documentId, () => checked(valid(KeepRedactedDto, call.body)));
    const { text, version } = opened;
    const { title, note, sensitive, of, ...wanted } = opened.wanted;
    if (of !== version) throw new Conflict('document.version', 'There is a newer version of this document');
    const made = without(text, wanted);
    const bytes = Buffer.from(made.text, 'utf8');
    const upload = { id: newId(), ...TEXT, size: bytes.length, digest: digestOf(bytes) };
    const scan = await this.keeping.scan(bytes);
    if (scan === 'infected') throw new RuleBroken('document.infected', 'The copy holds malware. It has not been kept');
    await this.keeping.put(upload.id, bytes);
    const act = { action: 'document.keep', call, objects: [{ t: 'case' as const, id }] } as const;
    try {
      const done = await this.unit.run(act, async (tx) => {
        const { row, stream } = await lockedCase(tx, id);
        demandWriting(tx, row, 'document.keep');
        const copyId = newId();
        await keepDocument(tx, id, {
          ...{ id: copyId, title, note: note ?? null, sensitive: sensitive ?? false, redactionOf: documentId },
        });
        await keepDocumentVersion(tx, id, copyId, 1, { ...upload, scan }, null);
        stream.publish(DocumentKept, { caseId: id, documentId: copyId, version: 1, orgId: tx.actor.orgId ?? '' });
        const places = made.found.reduce((sum, n) => sum + n, 0);
        tx.about({
          subjects: await peopleIn(tx, id),
          objects: [
            { t: 'document', id: copyId, ver: '1' },
            { t: 'document', id: documentId, ver: String(version) },
          ],
          items: ['redacted-copy'],
          detail: { digest: upload.digest, size: upload.size, places, lines: made.linesRemoved },
        });
        return { id: copyId, version: 1 };
      });
      if (done.replayed) await this.keeping.remove(upload.id);
      return { ...done.value, receipt: done.receipt };
    } catch (error) {
      await this.keeping.remove(upload.id);
      throw error;
    }
  }

  /** The text of the newest version; that it was opened is on record before. Throws RuleBroken for what is no plain text. */
  private async opened<T>(
    call: Call,
    id: string,
    documentId: string,
    read: () => T,
  ): Promise<{ text: string; version: number; wanted: T }> {
    const act = { action: 'document.open', call, objects: [{ t: 'case' as const, id }] } as const;
    const { found, version, wanted } = await this.unit.read(act, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      const [document] = within(extent, await documentsOf(tx, id, documentId));
      if (!document) throw new NotFound('document');
      demandWriting(tx, row, 'document.open');
      const asked = read();
      const newest = document.versions.find((v) => v.version === document.version)!;
      if (newest.ending !== TEXT.ending)
        throw new RuleBroken('redaction.no-text', 'Only a plain text can be redacted here');
      if (newest.size > MOST_BYTES)
        throw new RuleBroken('redaction.too-long', 'This text is too long to be redacted here');
      tx.about({
        subjects: await peopleIn(tx, id),
        objects: [{ t: 'document', id: documentId, ver: String(document.version) }],
        items: ['to-redact'],
      });
      return { found: newest, version: document.version, wanted: asked };
    });
    const bytes = await this.keeping.get(found.key, found.digest);
    return { text: visible(bytes.toString('utf8')), version, wanted };
  }
}

/** Throws Invalid for a passage that is not there, or a line that there is not: whoever named it meant something else. */
function without(text: string, wanted: ToRemove): Redacted {
  const many = linesOf(text).length;
  if (wanted.lines.some((n) => n > many))
    throw new Invalid([{ field: 'lines', code: 'redaction.no-line', message: `There are ${many} lines` }]);
  let made: Redacted;
  try {
    made = redacted(text, wanted);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Invalid([{ field: 'passages', code: 'redaction.still-there', message: 'Name fewer words at once' }]);
  }
  const missing = made.found.findIndex((n) => n === 0);
  if (missing >= 0)
    throw new Invalid([
      { field: `passages.${missing}`, code: 'redaction.not-found', message: 'This is not in the document' },
    ]);
  return made;
}

/** What is to be kept. Throws Invalid when nothing is to be removed, or the copy's title or note says it. */
function checked(dto: KeepRedactedDto): KeepRedactedDto {
  const { passages, lines, title, note } = dto;
  if (passages.length + lines.length === 0)
    throw new Invalid([{ field: 'passages', code: 'required', message: 'Say what is to be removed' }]);
  for (const [field, words] of Object.entries({ title, note: note ?? '' }))
    if (says(words, passages))
      throw new Invalid([{ field, code: 'redaction.says-it', message: 'This must not say what is removed' }]);
  return dto;
}
