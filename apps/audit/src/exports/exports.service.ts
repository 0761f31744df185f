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
import { inUnit, queryOf, tileReader, type Query } from '../log.repository';
import { Published } from '../published';
import { openingIfWhole } from '../reading';
import { recordsAt } from '../records.repository';
import { assertBounded, selectionOf, type Selection } from '../selection';
import { indexesOf, indexRangeOf, recordsOfCase } from '../trail.repository';
import { ExportDto } from './export.dto';
import { ExportFile, type Extent } from './export-file';

/** More chosen acts than this are asked for a stretch of time at a time. */
const MOST = 100_000;

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

  /**
   * export puts the export on record, and then streams what was put on record: entries below the checkpoint never change, so
   * they may be read after the unit has ended. The file is cut, and shows it, should the stream fail.
   */
  async export(call: Call): Promise<Readable> {
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
      tx.about({
        subjects: dto.person ? [dto.person] : [],
        objects: [
          ...(dto.case ? [{ t: 'case' as const, id: dto.case }] : []),
          ...(dto.user ? [{ t: 'staff' as const, id: dto.user }] : []),
          ...(dto.agency ? [{ t: 'organisation' as const, id: dto.agency }] : []),
        ],
        items: [`export-${extent.form}`],
        detail: { asked: { ...dto }, size: String(checkpoint.size), ...told(extent) },
      });
      return { extent, dto, closed };
    });
    const query = queryOf(this.databases.pool('audit'));
    const file = new ExportFile(
      {
        origin: this.log.origin,
        vkeys: [this.log.vkey],
        checkpoint,
        earlier: (dto.earlier ?? []).map(BigInt),
        readTile: tileReader(query),
        records: async (indexes) => withoutClosed(query, await recordsAt(query, indexes), closed),
        opening: (record) => openingIfWhole(record, this.details),
      },
      extent,
    );
    const stream = Readable.from(file.pieces());
    stream.on('error', (err) => this.logger.error({ err, export: id }, 'an export was cut'));
    return stream;
  }
}

async function extentOf(query: Query, dto: ExportDto, selection: Selection, size: bigint): Promise<Extent> {
  if (dto.all !== true) {
    assertBounded(selection);
    const indexes = await indexesOf(query, selection, size, MOST + 1);
    if (indexes.length <= MOST) return { form: 'chosen', indexes };
    const message = `Choose dates that hold at most ${MOST} acts`;
    throw new Invalid([{ field: 'from', code: 'export.too-large', message }], 'export.too-large');
  }
  if (selection.handles.length > 0 || selection.action || selection.outcome) {
    const message = 'The whole log cannot be narrowed but by dates, or its completeness could not be shown';
    throw new Invalid([{ field: 'all', code: 'export.all-and-some', message }], 'export.all-and-some');
  }
  if (!selection.from && !selection.to) return { form: 'full' };
  const range = await indexRangeOf(query, selection, size);
  // A range of everything would be a full export, which is written without proofs.
  return range.from === 0n && range.to === size ? { form: 'full' } : { form: 'range', ...range };
}

const told = (extent: Extent): Record<string, string> =>
  extent.form === 'range'
    ? { from: String(extent.from), to: String(extent.to) }
    : extent.form === 'chosen'
      ? { count: String(extent.indexes.length) }
      : {};
