import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork } from '@concordat/messaging';
import { loadPacks, packDifferences, PackError, partDifferences, standingOn, tryDocument } from '@concordat/packs';
import { NotFound, packFolder, SETTINGS, valid, type Call, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Practice } from '../practice';
import { CheckDocumentDto } from './packs.dto';
import { PacksTaken } from './packs-taken';

/** Shows administrators and auditors the law and local practice that is in force. It says nothing of anybody. */
@Injectable()
export class PacksService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    private readonly taken: PacksTaken,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** What is in force today, what was taken up when and what each time differed, and what lies in the folder now. */
  list(call: Call) {
    return this.unit.read({ action: 'pack.view', call }, async (tx) => {
      demand(tx.actor, 'pack.view');
      const { packs, stamp } = this.practice;
      const today = civilDate(tx.now);
      const all = packs.documents();
      const taken = await this.taken.all(tx);
      tx.about({ items: [stamp] });
      return {
        ...{ pack: stamp, title: packs.manifest.title, effectiveFrom: packs.manifest.effectiveFrom },
        documents: all.map((d) => ({ ...d, standing: standingOn(d, all, today) })),
        taken: taken.map(({ pack, takenAt, documents }, i) => {
          const before = taken[i + 1];
          const differences = before ? packDifferences(before.documents, documents) : null;
          return { pack, takenAt, differences, sameName: before?.pack === pack };
        }),
        folder: this.folder(stamp),
      };
    });
  }

  /** Every version of one document, newest first, each with the parts in which it differs from the one before. */
  document(call: Call, kind: string, code: string) {
    return this.unit.read({ action: 'pack.view', call }, (tx) => {
      const { packs } = this.practice;
      const all = packs.documents();
      const own = all.filter((d) => d.kind === kind && d.code === code && d.version !== null);
      const versions = packs.versionsOf(kind, code);
      if (own.length === 0) throw new NotFound('pack-document');
      demand(tx.actor, 'pack.view');
      const today = civilDate(tx.now);
      tx.about({ items: own.map(({ version }) => `${kind}/${code}@${version}`) });
      return Promise.resolve({
        ...{ pack: this.practice.stamp, kind, code, title: own.at(-1)?.title ?? null },
        versions: versions
          .map((version, i) => ({
            ...own.find((d) => d.version === version['version'])!,
            differences: i === 0 ? null : partDifferences(versions[i - 1]!, version),
          }))
          .map((d) => ({ ...d, standing: standingOn(d, all, today) }))
          .reverse(),
      });
    });
  }

  /** What a start would find if a file lay in the folder as well. Nothing is taken up, and the file is not kept. */
  check(call: Call) {
    return this.unit.read({ action: 'pack.view', call }, (tx) => {
      demand(tx.actor, 'pack.view');
      const { file, content } = valid(CheckDocumentDto, call.body);
      const { problems, packs } = tryDocument(packFolder('england-wales'), { file, text: content });
      const differences = packs ? packDifferences(this.practice.packs.documents(), packs.documents()) : [];
      const digest = createHash('sha256').update(content).digest('hex');
      tx.about({ items: [`sha256:${digest}`], decision: packs ? 'accepted' : 'refused' });
      return Promise.resolve({ problems, differences });
    });
  }

  /** What a start would find now. Read anew only when a file has changed since a pack was last read from the folder. */
  private folder(stamp: string) {
    try {
      const there = loadPacks(packFolder('england-wales'), { cache: join(this.settings.dataDir, 'cache') });
      const differences = packDifferences(this.practice.packs.documents(), there.documents());
      return { pack: there.version, differences, renamed: there.version !== stamp, problems: [] };
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return { pack: null, differences: [], renamed: false, problems: error.findings };
    }
  }
}
