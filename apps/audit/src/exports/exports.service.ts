import { demand } from '@concordat/access';
import { Invalid, newId, type ObjectRef } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Databases, LOGGER, valid, type Call } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Readable } from 'node:stream';
import { closedTo, withoutClosed } from '../closed';
import { Details } from '../details';
import { Log } from '../log';
import { inUnit, queryOf, tileReader, type Query, type StoredCheckpoint } from '../log.repository';
import { Published } from '../published';
import { describe, openingIfWhole } from '../reading';
import { recordsAt, type StoredRecord } from '../records.repository';
import { assertBounded, selectionOf, type Selection } from '../selection';
import { erasuresAbove, indexesOf, indexRangeOf, recordsOfCase, withErasures } from '../trail.repository';
import { auditEventsOf } from './audit-event';
import { ExportDto } from './export.dto';
import { ExportFile, type Extent } from './export-file';

/** More chosen acts than this are asked for a stretch of time at a time. */
const MOST = 100_000;

/** An export that has been put on record, and may now be read. */
export interface Opened {
  readonly id: string;
  readonly dto: ExportDto;
  readonly extent: Extent;
  readonly checkpoint: StoredCheckpoint;
  /** Writes it; `seen` is shown each record on the way. */
  file(seen?: (records: readonly StoredRecord[]) => void): ExportFile;
}

/** Hands an auditor a file that proves itself without us. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly databases: Databases,
    private readonly log: Log,
    private readonly details: Details,
    private readonly published: Published,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** One file of entries with their proofs. It is cut, and shows it, should the stream fail. */
  async export(call: Call): Promise<Readable> {
    const opened = await this.open(call, 'export');
    return this.stream(opened.id, opened.file().pieces());
  }

  /** The same acts as FHIR AuditEvents, one a line: what other people's tooling reads. It proves nothing by itself. */
  async auditEvents(call: Call): Promise<Readable> {
    const opened = await this.open(call, 'fhir');
    return this.stream(opened.id, this.eventLines(opened));
  }

  private async *eventLines(opened: Opened): AsyncGenerator<string> {
    let page: readonly StoredRecord[] = [];
    for await (const _piece of opened.file((records) => (page = records)).pieces()) {
      const told = page.map((record) => describe(record, this.details));
      page = [];
      yield told
        .flatMap((act) => auditEventsOf(act, this.log.origin))
        .map((event) => `${JSON.stringify(event)}\n`)
        .join('');
    }
  }

  /**
   * open puts the export on record; what was put on record may then be read after the unit has ended, for entries below the
   * checkpoint never change. No more than `most` acts, where the form of the export has to be bounded.
   */
  async open(call: Call, form: 'export' | 'bundle' | 'fhir', most?: number): Promise<Opened> {
    const id = newId();
    const objects: ObjectRef[] = [
      { t: 'export', id },
      { t: 'ledger', id: this.log.id },
    ];
    const checkpoint = this.published.final ?? this.published.latest();
    const { extent, dto, closed } = await this.unit.read({ action: 'trail.export', call, objects }, async (tx) => {
      demand(tx.actor, 'trail.export');
      const dto = valid(ExportDto, call.body);
      const query = inUnit(tx);
      const closed = await closedTo(query);
      const selection = { ...selectionOf(dto, dto.case ? await recordsOfCase(query, dto.case) : []), closed };
      const extent = await extentOf(query, dto, selection, checkpoint.size);
      if (most !== undefined) assertFew(countOf(extent, checkpoint.size), most, dto);
      tx.about({
        subjects: dto.person ? [dto.person] : [],
        objects: [
          ...(dto.case ? [{ t: 'case' as const, id: dto.case }] : []),
          ...(dto.user ? [{ t: 'staff' as const, id: dto.user }] : []),
          ...(dto.agency ? [{ t: 'organisation' as const, id: dto.agency }] : []),
          ...(dto.agreement ? [{ t: 'agreement' as const, id: dto.agreement }] : []),
        ],
        items: [`${form}-${extent.form}`],
        detail: { asked: { ...dto }, size: String(checkpoint.size), ...told(extent) },
      });
      return { extent, dto, closed };
    });
    return { id, dto, extent, checkpoint, file: (seen) => this.file({ extent, dto, checkpoint, closed }, seen) };
  }

  /** A stream whose failure is heard of here; the reader sees that it was cut. */
  stream(id: string, pieces: AsyncIterable<string | Uint8Array>): Readable {
    const stream = Readable.from(pieces);
    stream.on('error', (err) => this.logger.error({ err, export: id }, 'an export was cut'));
    return stream;
  }

  private file({ extent, dto, checkpoint, closed }: ToWrite, seen?: Seen): ExportFile {
    const query = queryOf(this.databases.pool('audit'));
    const source = {
      origin: this.log.origin,
      vkeys: [this.log.vkey],
      checkpoint,
      earlier: (dto.earlier ?? []).map(BigInt),
      readTile: tileReader(query),
      records: async (indexes: readonly bigint[]) => {
        const records = await withoutClosed(query, await recordsAt(query, indexes), closed);
        seen?.(records);
        return records;
      },
      opening: (record: StoredRecord) => openingIfWhole(record, this.details),
    };
    return new ExportFile(source, extent);
  }
}

interface ToWrite extends Pick<Opened, 'extent' | 'dto' | 'checkpoint'> {
  /** What the reader may not know of. */
  readonly closed: Awaited<ReturnType<typeof closedTo>>;
}

type Seen = (records: readonly StoredRecord[]) => void;

/** How many acts a file of this extent holds. */
export function countOf(extent: Extent, size: bigint): number {
  if (extent.form === 'chosen') return extent.indexes.length;
  return Number(extent.form === 'full' ? size : extent.to - extent.from);
}

function assertFew(count: number, most: number, dto: ExportDto): void {
  if (count <= most) return;
  const message = `Choose dates that hold at most ${most.toLocaleString('en-GB')} acts, or export the entries alone`;
  throw new Invalid([{ field: dto.all ? 'all' : 'from', code: 'export.too-large', message }], 'export.too-large');
}

async function extentOf(query: Query, dto: ExportDto, selection: Selection, size: bigint): Promise<Extent> {
  if (dto.all !== true) {
    assertBounded(selection);
    const indexes = await indexesOf(query, selection, size, MOST + 1);
    if (indexes.length <= MOST) return { form: 'chosen', indexes: await withErasures(query, indexes, size) };
    const message = `Choose dates that hold at most ${MOST} acts`;
    throw new Invalid([{ field: 'from', code: 'export.too-large', message }], 'export.too-large');
  }
  if (selection.handles.length > 0 || selection.actions || selection.outcome) {
    const message = 'The whole log cannot be narrowed but by dates, or its completeness could not be shown';
    throw new Invalid([{ field: 'all', code: 'export.all-and-some', message }], 'export.all-and-some');
  }
  if (!selection.from && !selection.to) return { form: 'full' };
  const range = await indexRangeOf(query, selection, size);
  // A range of everything would be a full export, which is written without proofs.
  if (range.from === 0n && range.to === size) return { form: 'full' };
  return { form: 'range', ...range, support: await erasuresAbove(query, range, size) };
}

const told = (extent: Extent): Record<string, string> =>
  extent.form === 'range'
    ? { from: String(extent.from), to: String(extent.to) }
    : extent.form === 'chosen'
      ? { count: String(extent.indexes.length) }
      : {};
