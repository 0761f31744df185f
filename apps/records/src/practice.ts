import { loadPacks, type Packs } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';

/** Law and local practice as the pack in force gives them. */
@Injectable()
export class Practice {
  readonly packs: Packs;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
  }
}
