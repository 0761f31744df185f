import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done } from './lists';

export interface WordingKey {
  readonly key: string;
  readonly label: string;
  readonly optional: boolean;
}
/** `outdated`: the instrument's own text has changed since, so that nobody is asked in it. */
export type WordingState = 'in-force' | 'outdated' | 'replaced' | 'removed';
export interface ListedWording {
  readonly id: string;
  readonly instrument: string;
  readonly version: number;
  readonly title: string;
  readonly attribution: string;
  readonly loadedBy: string;
  readonly loadedAt: string;
  readonly removedAt: string | null;
  readonly state: WordingState;
}
/** What is worded, beside the neutral label; `text` is null where the label stays. */
export interface WordingRow {
  readonly key: string;
  readonly label: string;
  readonly text: string | null;
}
export interface WordingView extends ListedWording {
  readonly instrumentTitle: string;
  readonly rows: readonly WordingRow[];
  readonly versions: readonly ListedWording[];
}
export interface WordableInstrument {
  readonly instrument: string;
  readonly title: string;
  readonly version: number;
  readonly keys: readonly WordingKey[];
  readonly wording: ListedWording | null;
}
export interface WordingFile {
  readonly instrument: string;
  readonly title: string;
  readonly attribution: string;
  readonly format: 'csv' | 'json' | 'yaml';
  readonly content: string;
}

/** The visitor's agency's own wording of instruments, as pages ask the risk context for it. */
@Injectable()
export class Wordings {
  constructor(private readonly apis: Apis) {}

  async all(asking: Asking): Promise<readonly WordableInstrument[]> {
    return (await this.apis.get<{ items: WordableInstrument[] }>(asking, 'risk', '/wordings')).items;
  }

  one(asking: Asking, id: string): Promise<WordingView> {
    return this.apis.get(asking, 'risk', `/wordings/${id}`);
  }

  check(asking: Asking, body: WordingFile, key: string): Promise<{ readonly rows: readonly WordingRow[] }> {
    return this.apis.change(asking, 'POST', 'risk', '/wordings/checks', { body, key });
  }

  load(asking: Asking, body: WordingFile, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', '/wordings', { body, key });
  }

  remove(asking: Asking, id: string, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/wordings/${id}/removal`, { body: {}, key });
  }
}
