import { demand } from '@concordat/access';
import { NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { zipOf, type Call, type Written, type ZipEntry } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { answerHtml } from '../access-bundle';
import { mustBe } from '../access-request';
import { Practice } from '../practice';
import { itemsOf, requestById } from './access-requests.repository';

/** Gives the answer to a request that was released, as a ZIP: a page to read, and a list of the files with their digests. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  async download(call: Call, id: string): Promise<Readable> {
    const objects = [{ t: 'access-request' as const, id }];
    const { html, at } = await this.unit.read({ action: 'access-request.download', call, objects }, async (tx) => {
      const row = await requestById(tx, id);
      if (!row) throw new NotFound('access-request');
      demand(tx.actor, 'access-request.download');
      mustBe(row, 'released');
      const items = await itemsOf(tx, id);
      const { receivedOn, pack } = row;
      const releasedAt = row.releasedAt!;
      tx.about({ subjects: [row.personId], items: ['answer'], rule: pack });
      const { exemptions } = this.practice.packs.rights().accessRequest;
      return { html: answerHtml(items, { receivedOn, pack, releasedAt }, exemptions), at: releasedAt };
    });
    const written: Written[] = [];
    return Readable.from(zipOf(filesOf(id, html, written), at, (file) => written.push(file)));
  }
}

/** The list comes last: it tells of what was written before it. */
async function* filesOf(id: string, html: string, written: readonly Written[]): AsyncGenerator<ZipEntry> {
  await Promise.resolve();
  yield { name: 'what-is-held.html', pieces: [html] };
  yield {
    name: 'manifest.json',
    pieces: [`${JSON.stringify({ concordat: 'subject-access/v1', id, files: written })}\n`],
  };
}
