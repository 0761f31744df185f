import type { ClockForce, PublicationDecision, PublicationReason } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Heading } from './reviews';

export type CopyStanding = 'not-yet' | 'to-send' | 'sent' | 'unanswered' | 'acknowledged';
export interface CopyLine extends Heading {
  readonly code: string;
  readonly to: string;
  readonly force: ClockForce;
  readonly standing: CopyStanding;
  readonly since: string | null;
  readonly days: number | null;
  readonly sentOn: string | null;
  readonly copy: number | null;
  readonly acknowledgeBy: string | null;
  readonly acknowledgedOn: string | null;
  readonly answer: string | null;
}
export interface PublicationLine extends Heading {
  readonly decision: PublicationDecision | null;
  readonly reasons: readonly PublicationReason[];
  readonly decidedOn: string | null;
  readonly decisions: number;
  readonly reviewOn: string | null;
  readonly lookAgain: boolean;
  readonly shown: {
    readonly id: string;
    readonly edition: number;
    readonly whole: boolean;
    readonly publishedAt: string;
    readonly files: readonly { readonly number: number; readonly artefact: string }[];
  } | null;
  readonly toPublish: boolean;
}
/** What narrows a register, and which page of it. */
export type RegisterQuery = Readonly<Record<string, string>>;
interface Titled {
  readonly code: string;
  readonly title: string;
}
export interface Register<L> {
  readonly items: readonly L[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly kinds: readonly Titled[];
}
export type CopyRegister = Register<CopyLine> & { readonly bodies: readonly Titled[] };

/** Registers across reviews, as pages ask the reviews context for them. */
@Injectable()
export class Registers {
  constructor(private readonly apis: Apis) {}

  copies(asking: Asking, query: RegisterQuery): Promise<CopyRegister> {
    return this.apis.get(asking, 'reviews', '/registers/copies', { ...query });
  }

  /** All of it, and on record as taken out. */
  exportCopies(asking: Asking, query: RegisterQuery): Promise<CopyRegister> {
    return this.apis.get(asking, 'reviews', '/registers/copies/export', { ...query });
  }

  publications(asking: Asking, query: RegisterQuery): Promise<Register<PublicationLine>> {
    return this.apis.get(asking, 'reviews', '/registers/publications', { ...query });
  }

  /** All of it, and on record as taken out. */
  exportPublications(asking: Asking, query: RegisterQuery): Promise<Register<PublicationLine>> {
    return this.apis.get(asking, 'reviews', '/registers/publications/export', { ...query });
  }
}
