import { demand } from '@concordat/access';
import { newId } from '@concordat/contracts';
import { seal, UnitOfWork, type Tx } from '@concordat/messaging';
import { Invalid, NotFound, PROCESS, valid, type Call, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { ASKING, EXPORTS, isStrongPassword, stepExport, type ExportFormat, type ExportStep } from '../export';
import { HandOverPractices } from '../hand-over-practice';
import { bookkeeping } from '../in-their-name';
import { RequestExportDto } from './exports.dto';
import {
  countExported,
  countPieces,
  endExport,
  keepExport,
  myExport,
  myExports,
  pieceOf,
  type ToldExport,
} from './exports.repository';
import { lockOf } from './sealed-zip';

const STEPS = { cancel: 'export.cancel', remove: 'export.remove' } as const satisfies Record<ExportStep, string>;

/** Takes records out of the system as files under a password: asked for, followed, fetched, stopped and removed by one's own. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: HandOverPractices,
    @Inject(PROCESS) private readonly process: ProcessInfo,
  ) {}

  async request(call: Call) {
    const action = ASKING[formatOf(call.body)];
    const done = await this.unit.run({ action, call }, async (tx) => {
      demand(tx.actor, 'export.request');
      demand(tx.actor, action);
      const dto = valid(RequestExportDto, call.body);
      demand(tx.actor, EXPORTS[dto.type]);
      if (!isStrongPassword(dto.password)) throw new Invalid([WEAK]);
      const filter = { status: dto.status ?? null, area: dto.area ?? null };
      const id = newId();
      const { salt, keys } = lockOf(dto.password);
      const lock = seal(id, { salt: salt.toString('base64'), keys: keys.toString('base64') }, this.process.detailKey);
      const total = await countExported(tx, filter);
      const { type, format } = dto;
      await keepExport(tx, { ...filter, id, type, format, lock, total, pack: this.practice.stamp });
      tx.enqueue({ name: 'run-export', key: `export/${id}/1`, runAt: tx.now, payload: { id, version: 1 } });
      tx.about({ objects: [{ t: 'export', id }], items: [type, format], detail: { ...filter, total } });
      return { id, version: 1, status: 'running', total };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'export.view', call }, async (tx) => {
      demand(tx.actor, 'export.view');
      const items = await myExports(tx);
      tx.about({ objects: items.map((e) => ({ t: 'export', id: e.id })) });
      return { items };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'export.view', call, objects: [{ t: 'export', id }] }, async (tx) => {
      const told = await myExport(tx, id);
      demand(tx.actor, 'export.view');
      return told;
    });
  }

  /** The file, piece by piece. Throws NotFound once it is there no more; the export's own record stays (EXP-4). */
  async download(call: Call, id: string): Promise<{ name: string; content: Readable }> {
    const objects = [{ t: 'export' as const, id }];
    const { told, pieces } = await this.unit.read({ action: 'export.download', call, objects }, async (tx) => {
      const told = await myExport(tx, id);
      demand(tx.actor, 'export.download');
      if (told.state !== 'done') throw new NotFound('export-file');
      tx.about({ items: [told.type, told.format] });
      return { told, pieces: await countPieces(tx, id) };
    });
    return { name: `${told.type}.zip`, content: Readable.from(this.pieces(id, pieces)) };
  }

  async step(call: Call, id: string, step: ExportStep) {
    const act = { action: STEPS[step], call, objects: [{ t: 'export' as const, id }] };
    const done = await this.unit.run(act, async (tx: Tx) => {
      const was: ToldExport = await myExport(tx, id, true);
      demand(tx.actor, STEPS[step]);
      const state = stepExport(was.state, step);
      await endExport(tx, id, state);
      return { id, version: was.version + 1, status: state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** What was put on record may be read after its unit; a file that is removed meanwhile is cut, and does not open. */
  private async *pieces(id: string, count: number): AsyncGenerator<Buffer> {
    for (let place = 0; place < count; place++) {
      const bytes = await bookkeeping(this.unit, (tx) => pieceOf(tx, id, place));
      if (!bytes) throw new NotFound('export-file');
      yield bytes;
    }
  }
}

const WEAK = {
  field: 'password',
  code: 'password.weak',
  message: 'Choose a longer password of many different characters, such as several words that do not belong together',
};

/** The format that was asked for: it decides what it takes to ask. */
const formatOf = (body: unknown): ExportFormat =>
  typeof body === 'object' && body !== null && 'format' in body && body.format === 'json' ? 'json' : 'csv';
