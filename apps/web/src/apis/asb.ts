import { Injectable } from '@nestjs/common';
import { Apis, asAnybody, type Asking } from './apis';
import type { Done } from './lists';

/** The four figures of section 104(9), and what they are reconciled with. */
export interface AsbFigures {
  readonly applications: number;
  readonly notMet: number;
  readonly reviews: number;
  readonly withRecommendations: number;
  readonly openAtStart: number;
  readonly reopened: number;
  readonly reviewedThoughNotMet: number;
  readonly withdrawn: number;
  readonly redirected: number;
  readonly openAtEnd: number;
  readonly contradictions: readonly string[];
}
export interface PublishedFigures {
  readonly id: string;
  readonly ownerOrg: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly edition: number;
  readonly note: string | null;
  readonly publishedAt: string;
  readonly figures: AsbFigures;
}

/** Figures of ASB case reviews: to count, to publish, and as anybody may read them. */
@Injectable()
export class Asb {
  constructor(private readonly apis: Apis) {}

  async count(asking: Asking, from: string, to: string): Promise<AsbFigures> {
    return (await this.apis.get<{ figures: AsbFigures }>(asking, 'reviews', '/asb-figures', { from, to })).figures;
  }

  publish(asking: Asking, body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', '/asb-figures', { body, key });
  }

  async published(asking: Asking): Promise<readonly PublishedFigures[]> {
    const path = '/published-figures';
    return (await this.apis.get<{ figures: PublishedFigures[] }>(asAnybody(asking), 'reviews', path)).figures;
  }
}
