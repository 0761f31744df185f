import { demand } from '@concordat/access';
import { Forbidden, NotFound } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Keeping, zipOf, type Call, type Written, type ZipEntry } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { answerPdf } from '../access-answer-pdf';
import { accessAnswer, answerHtml, type AccessAnswer } from '../access-bundle';
import { mustBe } from '../access-request';
import { Practice } from '../practice';
import { filesToAnswer, itemsOf, requestById, type FileRow, type ItemRow } from './access-requests.repository';

/** A file that is given, under the name that the answer calls it by: a number, and nothing of what it is about. */
interface Given extends FileRow {
  readonly name: string;
}

interface ToGive {
  readonly answer: AccessAnswer;
  readonly files: readonly Given[];
  readonly at: Date;
}

/** Gives the files of a request to whoever answers it, and the answer that was released, as a ZIP. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    private readonly keeping: Keeping,
  ) {}

  /** The file of one part, for whoever decides about it. It is on record as opened before a byte is given. */
  async open(call: Call, id: string, itemId: string) {
    const act = { action: 'access-request.open-file', call, objects: [{ t: 'access-request' as const, id }] } as const;
    const file = await this.unit.read(act, async (tx) => {
      const row = await requestById(tx, id);
      if (!row) throw new NotFound('access-request');
      const found = (await filesToAnswer(tx, id)).find((f) => f.itemId === itemId);
      if (!found) throw new NotFound('access-item');
      demand(tx.actor, 'access-request.open-file');
      tx.about({ subjects: [row.personId], objects: [objectOf(found)] });
      return found;
    });
    return { name: `document.${file.ending}`, type: file.type, bytes: await this.keeping.get(file.key, file.digest) };
  }

  /**
   * A page and a PDF to read, the files that are given, and a list of it all with digests. It is cut, and the archive then does
   * not open, should a file not be what was kept.
   */
  async download(call: Call, id: string): Promise<Readable> {
    const objects = [{ t: 'access-request' as const, id }];
    const given = await this.unit.read({ action: 'access-request.download', call, objects }, async (tx) => {
      const row = await requestById(tx, id);
      if (!row) throw new NotFound('access-request');
      demand(tx.actor, 'access-request.download');
      mustBe(row, 'released');
      const items = await itemsOf(tx, id);
      const files = await filesGiven(tx, id, items);
      const { receivedOn, pack } = row;
      const releasedAt = row.releasedAt!;
      tx.about({ subjects: [row.personId], items: ['answer'], rule: pack, objects: files.map(objectOf) });
      const { exemptions } = this.practice.packs.rights().accessRequest;
      const named = new Map(files.map((f) => [f.itemId, f.name]));
      const decided = items.map((i) => ({ ...i, ...(named.has(i.id) ? { file: named.get(i.id)! } : {}) }));
      return { answer: accessAnswer(decided, { receivedOn, pack, releasedAt }, exemptions), files, at: releasedAt };
    });
    const written: Written[] = [];
    return Readable.from(zipOf(this.entries(id, given, written), given.at, (file) => written.push(file)));
  }

  /** The list comes last: it tells of what was written before it. */
  private async *entries(
    id: string,
    { answer, files, at }: ToGive,
    written: readonly Written[],
  ): AsyncGenerator<ZipEntry> {
    yield { name: 'what-is-held.html', pieces: [answerHtml(answer)] };
    yield { name: 'what-is-held.pdf', pieces: answerPdf(answer, at) };
    for (const { name, key, digest } of files) yield { name, pieces: [await this.keeping.get(key, digest)] };
    yield {
      name: 'manifest.json',
      pieces: [`${JSON.stringify({ concordat: 'subject-access/v1', id, files: written })}\n`],
    };
  }
}

const objectOf = ({ documentId, version }: FileRow) => ({
  t: 'document' as const,
  id: documentId,
  ver: String(version),
});

/** The files of the parts that are given as they are. Throws Forbidden when one of them is closed to the caller by now. */
async function filesGiven(tx: Tx, id: string, items: readonly ItemRow[]): Promise<Given[]> {
  const files = new Map((await filesToAnswer(tx, id)).map((f) => [f.itemId, f]));
  const given = items.filter((i) => i.hasFile && i.decision === 'give');
  return given.map((item, i) => {
    const file = files.get(item.id);
    if (!file)
      throw new Forbidden('access-request.forbidden', 'Somebody who may see this person’s cases must give this', [
        'record.restricted',
      ]);
    return { ...file, name: `documents/document-${i + 1}.${file.ending}` };
  });
}
