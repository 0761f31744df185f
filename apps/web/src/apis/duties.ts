import type { ClockForce } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done } from './lists';
import type { ReviewClock } from './reviews';

interface Coded {
  readonly code: string;
}
export interface DutyRecord {
  readonly number: number;
  readonly doneOn: string;
  readonly title: string;
  readonly kept: string;
  readonly approvedBy: string;
  readonly parts: readonly (Coded & { readonly text: string })[];
  readonly by: string;
  readonly at: string;
}
export interface PartnershipDuty extends Coded {
  readonly title: string;
  readonly what: string;
  readonly months: number;
  readonly force: ClockForce;
  readonly source: string;
  readonly parts: readonly (Coded & { readonly title: string })[];
  readonly copies: readonly (Coded & { readonly to: string })[];
  readonly records: readonly DutyRecord[];
  readonly sent: readonly (Coded & { readonly of: number; readonly sentOn: string; readonly receipt: string })[];
  readonly clock: Pick<ReviewClock, 'status' | 'due'>;
  readonly missing: readonly string[];
}
interface DutiesView {
  readonly rule?: { readonly version: number; readonly source: string; readonly verified: boolean };
  readonly items: readonly PartnershipDuty[];
  readonly may: { readonly keep: boolean };
}

/** What a community safety partnership has to do again and again. */
@Injectable()
export class Duties {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking): Promise<DutiesView> {
    return this.apis.get(asking, 'reviews', '/partnership-duties');
  }

  record(asking: Asking, code: string, what: 'records' | 'copies', body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', `/partnership-duties/${code}/${what}`, { body, key });
  }
}
