import type { Tx } from '@concordat/messaging';
import type { Instrument } from '@concordat/packs';
import { Injectable } from '@nestjs/common';
import type { Stamp } from './assessment';
import { Instruments } from './instruments';
import { keptInstruments } from './kept-instruments.repository';

/** The text of the instrument that somebody was assessed with, whatever the pack in force says now. */
@Injectable()
export class Texts {
  constructor(private readonly instruments: Instruments) {}

  async of(tx: Tx, stamp: Pick<Stamp, 'hash'>): Promise<Instrument> {
    return (await this.all(tx, [stamp])).get(stamp.hash)!;
  }

  /** By hash. Throws when one is neither in the pack nor kept, which the database does not let happen. */
  async all(tx: Tx, stamps: readonly Pick<Stamp, 'hash'>[]): Promise<ReadonlyMap<string, Instrument>> {
    const wanted = [...new Set(stamps.map(({ hash }) => hash))];
    const known = new Map(wanted.flatMap((hash) => [[hash, this.instruments.byText(hash)] as const]));
    const others = wanted.filter((hash) => known.get(hash) === undefined);
    const stored = others.length === 0 ? new Map<string, Instrument>() : await keptInstruments(tx, others);
    return new Map(
      wanted.map((hash) => {
        const text = known.get(hash) ?? stored.get(hash);
        if (!text) throw new Error(`no text of instrument ${hash} was kept`);
        return [hash, text];
      }),
    );
  }
}
