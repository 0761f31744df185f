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

/**
 * Loads the partnership when the process starts: the file that the settings name, or else the demonstration, which is
 * never loaded in production. A file that is wrong keeps the process from starting.
 */
@Injectable()
export class PartnershipAtStart {
  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) log: Logger,
    lifecycle: Lifecycle,
    loader: PartnershipLoader,
  ) {
    const demonstrate = !settings.production && settings.CONCORDAT_DEMO === 'yes';
    if (!settings.PARTNERSHIP_FILE && !demonstrate) return;
    lifecycle.add({
      name: 'partnership',
      start: async () => {
        const file = settings.PARTNERSHIP_FILE ?? PLACES.find((place) => existsSync(place));
        if (!file) return log.warn('packs/demo/partnership.yaml is not here: nobody can sign in');
        const loaded = await loader.load(readPartnership(file));
        if (loaded) log.info(loaded, 'partnership loaded');
      },
      stop: () => Promise.resolve(),
    });
  }
}
