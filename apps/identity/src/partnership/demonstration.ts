import { Lifecycle, LOGGER, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { PartnershipLoader } from './partnership-loader';
import { readPartnership } from './partnership';

/** Read from the source tree and from `dist` alike: the folder above `apps`, or the one above `dist`. */
const PLACES = ['../../../../packs/demo', '../../../../../packs/demo'].map((p) =>
  join(__dirname, p, 'partnership.yaml'),
);

/** Loads the demonstration partnership when the process starts, unless it is production or was asked not to. */
@Injectable()
export class Demonstration {
  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) log: Logger,
    lifecycle: Lifecycle,
    loader: PartnershipLoader,
  ) {
    if (settings.production || settings.CONCORDAT_DEMO !== 'yes') return;
    lifecycle.add({
      name: 'demonstration partnership',
      start: async () => {
        const file = PLACES.find((place) => existsSync(place));
        if (!file) return log.warn('packs/demo/partnership.yaml is not here: nobody can sign in');
        const loaded = await loader.load(readPartnership(file));
        if (loaded) log.info(loaded, 'demonstration partnership loaded');
      },
      stop: () => Promise.resolve(),
    });
  }
}
