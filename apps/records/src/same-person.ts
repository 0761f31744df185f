import type { Comparison } from '@concordat/matching';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { PersonDetails } from './person';

/** Somebody on record who may be the person that is told of, with reasons that hold no value. */
export interface MayBe {
  readonly id: string;
  readonly band: NonNullable<Comparison['band']>;
  readonly reasons: Comparison['reasons'];
}

/** What the feature knows that finds records of one person: who may be somebody, and what a person decided about two records. */
export interface FindsThem {
  /** Among those whom the caller may see. Audited as a look for somebody. */
  find(call: Call, person: PersonDetails): Promise<readonly MayBe[]>;
  /** Two records become one, the first of the two: of what both know and say otherwise, lists are united and the first stands. */
  merge(call: Call, keptId: string, otherId: string, importId: string): Promise<unknown>;
  /** Two records are of two people, until more is known of either. */
  distinguish(call: Call, id: string, otherId: string, importId: string): Promise<unknown>;
}

/** The feature brings it, so that who asks knows no other feature. */
@Injectable()
export class SamePerson {
  private finds: FindsThem | null = null;

  bring(finds: Partial<FindsThem>): void {
    this.finds = { ...this.finds, ...finds } as FindsThem;
  }

  get it(): FindsThem {
    if (!this.finds) throw new Error('nothing brings the finding of people');
    return this.finds;
  }
}
