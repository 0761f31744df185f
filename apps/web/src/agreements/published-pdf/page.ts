import { Get, Param } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { PublishedAgreements } from '../../apis/published-agreements';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { paperPdf, type Paper } from '../paper';
import { publicPaper } from '../public-paper';

/** More than a partnership has in force. */
const KEPT = 100;

/** A published agreement as a PDF. Anybody may ask, so each is written once for as long as it says the same. */
@Page({ at: 'published-agreements/:code/pdf', folder: 'agreements/published-pdf', may: 'anyone', states: [] })
export class PublishedPdfPage {
  private readonly written = new Map<string, Promise<Buffer>>();

  constructor(private readonly published: PublishedAgreements) {}

  @Get()
  async give(@Visiting() visit: Visit, @Param('code') code: string): Promise<Download> {
    const agreement = await this.published.view(visit, code);
    const bytes = await this.of(publicPaper(agreement));
    return download(bytes, `${agreement.id}-${agreement.version}-published.pdf`, 'application/pdf');
  }

  private of(paper: Paper): Promise<Buffer> {
    const key = createHash('sha256').update(JSON.stringify(paper)).digest('base64url');
    const known = this.written.get(key);
    if (known) return known;
    const oldest = this.written.keys().next().value;
    if (this.written.size >= KEPT && oldest !== undefined) this.written.delete(oldest);
    const writing = whole(paperPdf(paper, new Date()));
    this.written.set(key, writing);
    writing.catch(() => this.written.delete(key));
    return writing;
  }
}

async function whole(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
