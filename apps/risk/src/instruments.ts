import { RuleBroken } from '@concordat/contracts';
import { civilDate } from '@concordat/clocks';
import { loadPacks, type Instrument, type Packs } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bandingOf } from './scoring';

/** Instruments as the pack in force gives them. A pack with a malformed one keeps the process from starting. */
@Injectable()
export class Instruments {
  readonly packs: Packs;
  private readonly byHash: ReadonlyMap<string, Instrument>;
  private readonly hashes: ReadonlyMap<Instrument, string>;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
    const all = this.packs.instruments().map((instrument) => [instrument, hashOf(instrument)] as const);
    this.hashes = new Map(all);
    this.byHash = new Map(all.map(([instrument, hash]) => [hash, instrument]));
  }

  /** Those that may be answered anew on the day of `now`, in the order in which they are offered. */
  offered(now: Date): readonly Instrument[] {
    const day = civilDate(now);
    const codes = [...new Set(this.packs.instruments().map(({ code }) => code))];
    return codes.flatMap((code) => this.packs.instrument(code, day) ?? []).filter(({ use }) => use === 'current');
  }

  /**
   * The version in force of an instrument that is to be answered.
   * @throws RuleBroken for one that the pack does not have, or keeps for reading only
   */
  toAnswer(code: string, now: Date): Instrument {
    const found = this.packs.instrument(code, civilDate(now));
    if (!found) throw new RuleBroken('instrument.unknown', 'There is no such instrument in force');
    if (found.use === 'history')
      throw new RuleBroken(
        'instrument.history-only',
        'This instrument is kept for reading and cannot be answered anew',
      );
    if (found.scoring !== 'none' && !bandingOf(found, civilDate(now)))
      throw new RuleBroken('instrument.no-thresholds', 'The thresholds of this instrument are not in force');
    return found;
  }

  /** One of the pack in force, by the hash of its text; undefined when a later pack has changed or dropped it. */
  byText(hash: string): Instrument | undefined {
    return this.byHash.get(hash);
  }

  hashOf(instrument: Instrument): string {
    return this.hashes.get(instrument) ?? hashOf(instrument);
  }
}

/** SHA-256 of an instrument's whole text, in hex: two packs that ask the same have the same. */
const hashOf = (instrument: Instrument): string =>
  createHash('sha256').update(JSON.stringify(instrument)).digest('hex');
