import type { ClockForce, PublicationDecision } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, asAnybody, type Asking, type File } from './apis';
import type { Done } from './lists';
import type { UnansweredAgency } from './reviews';

export interface Hit {
  readonly key: string;
  readonly kind: string;
  readonly people: readonly string[];
  readonly part: string;
  readonly where: string;
  readonly text: string;
  readonly excerpt: string;
  readonly ambiguous: boolean;
}
export interface ReleaseFile {
  readonly id: string;
  readonly artefact: string;
  readonly name: string;
  readonly ending: string;
  readonly size: number;
  readonly by: string;
  readonly at: string;
  readonly state: 'scanned' | 'released' | 'withdrawn';
  /** Whether it was scanned for everybody who is protected now. */
  readonly current: boolean;
  readonly releasedBy: string | null;
  readonly scan: {
    readonly hits: readonly Hit[];
    readonly warnings: readonly { readonly kind: string; readonly where: string; readonly text: string }[];
    readonly exempted: readonly { readonly name: string; readonly times: number }[];
  };
  readonly clearings: readonly {
    readonly key: string;
    readonly reason: string;
    readonly by: string;
    readonly at: string;
  }[];
  /** Keys of what was found and nobody has said to be nothing. */
  readonly open: readonly string[];
}
export interface ProtectedPerson {
  readonly id: string;
  readonly number: number;
  readonly pseudonym: string;
  readonly chosenBy: string;
  readonly why: string;
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
}
export interface ReleaseView {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly mapped: number;
  readonly people: readonly ProtectedPerson[];
  readonly files: readonly ReleaseFile[];
  /** Agencies that were asked what they know and have not answered. */
  readonly unanswered: readonly UnansweredAgency[];
  /** What files for central bodies must stay below. */
  readonly weights: readonly { readonly to: string; readonly force: ClockForce; readonly megabytes: number }[];
  readonly may: { readonly map: boolean; readonly as: string };
}
export interface Publication {
  readonly id: string;
  readonly edition: number;
  readonly name: string;
  readonly label: string;
  readonly title: string;
  readonly learning: string;
  readonly whole: boolean;
  readonly publishedAt: string;
  readonly files: readonly {
    readonly number: number;
    readonly artefact: string;
    readonly ending: string;
    readonly size: number;
  }[];
}
export type { PublicationDecision };
interface Sending {
  readonly key: string;
  readonly version: number;
}

/** Who is protected in a review, files before they leave it, and what is published, as pages ask for them. */
@Injectable()
export class Releases {
  constructor(private readonly apis: Apis) {}

  view(asking: Asking, id: string): Promise<ReleaseView> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/release`);
  }

  record(asking: Asking, id: string, what: string, body: object, { key, version }: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', `/reviews/${id}/release/${what}`, { body, key, version });
  }

  /** Sends a file, which is looked through by a second command. The key is made from the form's. */
  async upload(asking: Asking, id: string, bytes: Buffer, key: string): Promise<string> {
    const path = `/reviews/${id}/release/uploads`;
    return (await this.apis.send<{ id: string }>(asking, 'reviews', path, bytes, `${key}-file`)).id;
  }

  content(asking: Asking, id: string, fileId: string): Promise<File> {
    return this.apis.file(asking, 'reviews', `/reviews/${id}/release/files/${fileId}/content`);
  }

  async published(asking: Asking): Promise<readonly Publication[]> {
    const path = '/published-reviews';
    return (await this.apis.get<{ publications: Publication[] }>(asAnybody(asking), 'reviews', path)).publications;
  }

  publishedFile(asking: Asking, id: string, number: string): Promise<File> {
    return this.apis.file(asAnybody(asking), 'reviews', `/published-reviews/${id}/files/${encodeURIComponent(number)}`);
  }
}
