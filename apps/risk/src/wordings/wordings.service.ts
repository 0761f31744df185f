import { demand } from '@concordat/access';
import { Invalid, newId } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Instrument } from '@concordat/packs';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Instruments } from '../instruments';
import { keepInstrument } from '../kept-instruments.repository';
import { Texts } from '../texts';
import { keysOf, mustBeRemovable, textsOf, type Wording, type WordingTexts } from '../wording';
import { linesOf } from '../wording-file';
import * as kept from '../wordings.repository';
import { CheckWordingDto, LoadWordingDto } from './wordings.dto';

/** An agency's licensed wording of instruments: loaded, looked at and removed by that agency, and told to nobody else. */
@Injectable()
export class WordingsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly instruments: Instruments,
    private readonly texts: Texts,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'wording.view', call }, async (tx) => {
      demand(tx.actor, 'wording.view');
      const newest = new Map((await kept.newestWordings(tx)).map((wording) => [wording.instrument, wording]));
      tx.about({ objects: [...newest.values()].map(objectOf) });
      return {
        items: this.instruments.offered(tx.now).map((instrument) => {
          const { code, title, version } = instrument;
          const own = newest.get(code);
          return {
            ...{ instrument: code, title, version, keys: keysOf(instrument) },
            wording: own ? told(own, own.version, this.instruments.hashOf(instrument)) : null,
          };
        }),
      };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'wording.view', call, objects: [{ t: 'wording', id }] }, async (tx) => {
      const found = await visible(tx, id);
      demand(tx.actor, 'wording.view');
      const versions = await kept.wordingsOf(tx, found.instrument);
      const text = await this.texts.of(tx, found);
      const offered = this.instruments.offered(tx.now).find(({ code }) => code === found.instrument);
      const hash = offered ? this.instruments.hashOf(offered) : null;
      const newest = versions[0]?.version ?? found.version;
      tx.about({ objects: versions.map(objectOf) });
      return {
        ...told(found, newest, hash),
        instrumentTitle: text.title,
        rows: rowsOf(text, found.texts),
        versions: versions.map((each) => told(each, newest, hash)),
      };
    });
  }

  /** Reads a file and keeps nothing. */
  check(call: Call) {
    return this.unit.read({ action: 'wording.view', call }, async (tx) => {
      demand(tx.actor, 'wording.view');
      const { instrument, texts } = this.readFrom(tx, valid(CheckWordingDto, call.body));
      return { rows: rowsOf(instrument, texts) };
    });
  }

  async load(call: Call) {
    const done = await this.unit.run({ action: 'wording.load', call }, async (tx) => {
      demand(tx.actor, 'wording.load');
      const dto = valid(LoadWordingDto, call.body);
      const { instrument, texts } = this.readFrom(tx, dto);
      const hash = this.instruments.hashOf(instrument);
      await keepInstrument(tx, hash, instrument);
      await kept.oneWordingAtATime(tx, instrument.code);
      const [before] = await kept.newestWordings(tx, instrument.code);
      const wording: Wording = {
        ...{ id: newId(), orgId: tx.actor.orgId ?? '', instrument: instrument.code, hash, texts },
        ...{ version: (before?.version ?? 0) + 1, title: dto.title.trim(), attribution: dto.attribution.trim() },
        ...{ loadedBy: tx.actor.id, loadedAt: tx.now, removedAt: null },
      };
      await kept.insertWording(tx, wording);
      tx.about({ objects: [objectOf(wording)], rule: `${instrument.code}@${instrument.version}` });
      return { id: wording.id, version: wording.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async remove(call: Call, id: string) {
    const act = { action: 'wording.remove', call, objects: [{ t: 'wording' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { instrument } = await visible(tx, id);
      demand(tx.actor, 'wording.remove');
      await kept.oneWordingAtATime(tx, instrument);
      const wording = await visible(tx, id);
      const [newest] = await kept.newestWordings(tx, instrument);
      mustBeRemovable(wording, newest?.version ?? wording.version);
      await kept.markRemoved(tx, id);
      tx.about({ objects: [objectOf(wording)] });
      return { id, version: wording.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private readFrom(tx: Tx, { instrument: code, format, content }: CheckWordingDto) {
    const instrument = this.instruments.offered(tx.now).find((each) => each.code === code);
    if (!instrument)
      throw new Invalid([
        { field: 'instrument', code: 'instrument.unknown', message: 'Choose one of the instruments' },
      ]);
    const { texts, problems } = textsOf(instrument, linesOf(format, content));
    if (problems.length > 0) throw new Invalid(problems);
    return { instrument, texts };
  }
}

/** Throws NotFound for what the caller's agency does not have: another's and none look alike. */
async function visible(tx: Tx, id: string): Promise<Wording> {
  const found = await kept.wordingById(tx, id);
  if (!found) throw new NotFound('wording');
  return found;
}

const objectOf = ({ id, version }: Wording) => ({ t: 'wording' as const, id, ver: String(version) });

const rowsOf = (instrument: Instrument, texts: WordingTexts) =>
  keysOf(instrument).map(({ key, label }) => ({ key, label, text: texts[key] ?? null }));

/** `outdated`: the instrument's own text is another by now, so that nobody is asked in it until it is loaded anew. */
function told(w: Wording, newest: number, hash: string | null) {
  const { id, instrument, version, title, attribution, loadedBy, loadedAt, removedAt } = w;
  const state = removedAt ? 'removed' : version < newest ? 'replaced' : w.hash === hash ? 'in-force' : 'outdated';
  return { id, instrument, version, title, attribution, loadedBy, loadedAt, removedAt, state };
}
