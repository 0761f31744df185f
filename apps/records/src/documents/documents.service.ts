import { demand } from '@concordat/access';
import { DocumentKept, newId } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import {
  digestOf,
  Invalid,
  Keeping,
  kindOf,
  Lifecycle,
  LOGGER,
  NotFound,
  Received,
  serviceActorId,
  Sweep,
  systemCall,
  valid,
  type Call,
  expectVersion,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { peopleIn } from '../case-people';
import { Looks, within, withheldOf } from '../looks';
import { demandPart, demandWriting, isWriter, lockedCase, visibleCase } from '../visible-case';
import { KeepDocumentDto, NewVersionDto, OpenDocumentDto } from './documents.dto';
import {
  documentsOf,
  forgetUploads,
  keepDocument,
  keepDocumentVersion,
  keepUpload,
  takeUpload,
  type DocumentRow,
  type DocumentVersion,
  type Upload,
} from './documents.repository';

const LASTS_MS = 3_600_000;
const SWEEP_MS = 300_000;

/** Documents of a case: kept in versions, never replaced. What is opened is on record with its version. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly keeping: Keeping,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('uploads of which nothing became', SWEEP_MS, () => this.forget(), log));
  }

  list(call: Call, id: string) {
    return this.unit.read({ action: 'document.list', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      demand(tx.actor, 'document.list');
      const items = within(extent, await documentsOf(tx, id));
      tx.about({ subjects: await peopleIn(tx, id), objects: items.map(object) });
      return { items: items.map(told), may: { keep: isWriter(row.level) }, withheld: withheldOf(extent) };
    });
  }

  view(call: Call, id: string, documentId: string) {
    return this.unit.read({ action: 'document.list', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      const all = within(extent, await documentsOf(tx, id));
      const document = all.find((d) => d.id === documentId);
      if (!document) throw extent.own === null ? new NotFound('document') : extent.refusal;
      demand(tx.actor, 'document.list');
      tx.about({ subjects: await peopleIn(tx, id), objects: [object(document)] });
      return {
        ...told(document),
        redactions: all.filter((d) => d.redactionOf === documentId).map(told),
        original: all.filter((d) => d.id === document.redactionOf).map(told)[0] ?? null,
        may: {
          replace: isWriter(row.level) && document.orgId === tx.actor.orgId,
          redact: isWriter(row.level) && document.versions[0]?.ending === 'txt',
        },
      };
    });
  }

  /** The bytes of one version. It is on record as opened before a byte is given. */
  async open(call: Call, id: string, documentId: string) {
    const opened = await this.unit.read({ action: 'document.open', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      const [document] = within(extent, await documentsOf(tx, id, documentId));
      if (!document) throw new NotFound('document');
      demand(tx.actor, 'document.open');
      const { version = document.version } = valid(OpenDocumentDto, call.query);
      const found = document.versions.find((v) => v.version === version);
      if (!found) throw new NotFound('document');
      tx.about({ subjects: await peopleIn(tx, id), objects: [{ ...object(document), ver: String(version) }] });
      return { found, name: `${row.reference}-document-v${version}.${found.ending}` };
    });
    const { found, name } = opened;
    return { name, type: found.type, bytes: await this.keeping.get(found.key, found.digest) };
  }

  /** A file is received: told by its content, looked at for malware, kept. It belongs to no document yet. */
  async upload(call: Call, id: string) {
    const bytes = call.body instanceof Received ? await call.body.bytes() : Buffer.alloc(0);
    const digest = digestOf(bytes);
    const act = { action: 'document.upload', objects: [{ t: 'case' as const, id }] } as const;
    await this.unit.read({ ...act, call }, async (tx) =>
      demandWriting(tx, await visibleCase(tx, id), 'document.upload'),
    );
    const kind = kindOf(bytes);
    const wrong = (code: string, message: string): Invalid => new Invalid([{ field: 'file', code, message }]);
    if (bytes.length === 0) throw wrong('required', 'Choose a file');
    if (!kind) throw wrong('not-taken', 'Choose a PDF, Word, Excel, PowerPoint, OpenDocument, picture or text file');
    const scan = await this.keeping.scan(bytes);
    if (scan === 'infected') {
      await this.unit.refuse({ ...act, call }, 'document.infected', { digest });
      throw wrong('infected', 'The file holds malware. It has not been kept');
    }
    const key = newId();
    await this.keeping.put(key, bytes);
    const upload: Upload = { id: key, ...kind, size: bytes.length, digest, scan };
    // The key of the command settles what was sent by its digest: the body itself cannot be compared.
    const done = await this.unit.run({ ...act, call: { ...call, body: { digest } } }, async (tx) => {
      demandWriting(tx, await visibleCase(tx, id), 'document.upload');
      await keepUpload(tx, id, upload, new Date(tx.now.getTime() + LASTS_MS));
      return { id: key, type: kind.type, size: bytes.length };
    });
    if (done.replayed) await this.keeping.remove(key);
    return { ...done.value, receipt: done.receipt };
  }

  async keep(call: Call, id: string) {
    const act = { action: 'document.keep', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, 'document.keep');
      const { uploadId, title, note, sensitive, redactionOf } = valid(KeepDocumentDto, call.body);
      if (redactionOf && (await documentsOf(tx, id, redactionOf)).length === 0)
        throw new Invalid([
          { field: 'redactionOf', code: 'document.unknown', message: 'Choose a document of this case' },
        ]);
      const upload = await taken(tx, id, uploadId);
      const documentId = newId();
      await keepDocument(tx, id, {
        ...{ id: documentId, title, note: note ?? null, sensitive: sensitive ?? false },
        redactionOf: redactionOf ?? null,
      });
      return this.kept(tx, stream, id, documentId, 1, upload, null);
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Another version, by the agency whose document it is. Those before stay, and can be opened. */
  async replace(call: Call, id: string, documentId: string) {
    const act = { action: 'document.keep', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      const [document] = await documentsOf(tx, id, documentId);
      if (!document) throw new NotFound('document');
      expectVersion(call, 'document', document.version, ['versions']);
      demandPart(row);
      demand(tx.actor, 'document.keep', { orgs: isWriter(row.level) ? [document.orgId] : [] });
      const { uploadId, reason } = valid(NewVersionDto, call.body);
      return this.kept(tx, stream, id, documentId, document.version + 1, await taken(tx, id, uploadId), reason);
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async kept(
    tx: Tx,
    stream: Stream,
    caseId: string,
    documentId: string,
    version: number,
    upload: Upload,
    reason: string | null,
  ) {
    await keepDocumentVersion(tx, caseId, documentId, version, upload, reason);
    stream.publish(DocumentKept, { caseId, documentId, version, orgId: tx.actor.orgId ?? '' });
    tx.about({
      subjects: await peopleIn(tx, caseId),
      objects: [{ t: 'document', id: documentId, ver: String(version) }],
      detail: { digest: upload.digest, size: upload.size },
    });
    return { id: documentId, version };
  }

  private async forget(): Promise<void> {
    let keys: string[] = [];
    await this.unit.project(systemCall(serviceActorId('records'), 'operation'), async (tx) => {
      keys = await forgetUploads(tx);
    });
    for (const key of keys) await this.keeping.remove(key);
  }
}

async function taken(tx: Tx, caseId: string, uploadId: string): Promise<Upload> {
  const upload = await takeUpload(tx, caseId, uploadId);
  if (!upload) throw new Invalid([{ field: 'uploadId', code: 'upload.unknown', message: 'Choose the file again' }]);
  return upload;
}

const object = ({ id, version }: DocumentRow) => ({ t: 'document' as const, id, ver: String(version) });

/** A document as it is told: where its bytes are is nobody's business. */
const told = ({ versions, ...document }: DocumentRow) => ({
  ...document,
  versions: versions.map(({ key: _key, ...v }: DocumentVersion) => v),
});
