import { Forbidden, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { namedIn } from '../agreements/words';
import { Agreements } from '../apis/agreements';
import { Directory } from '../apis/directory';
import type { Visit } from '../session/visit';

/** Why something may not be shared, for whoever wanted to share it. */
export interface NotShared {
  readonly decisionId: string;
  readonly problems: readonly FieldProblem[];
  readonly mayRead: boolean;
  /** Whether it was left to a person, who has been asked. */
  readonly asked: boolean;
}

/** The fields of a form: that of whom it goes to, and that of what goes, where one may choose less. */
export interface FieldsOf {
  readonly whom: string;
  readonly what?: string;
}

/** The field in which a reason can be met; whatever is neither here nor about what goes is about whom it goes to. */
const FIELDS: Readonly<Record<string, string>> = {
  PURPOSE_NOT_LISTED: 'purpose',
  CONSENT_REQUIRED: 'consent.answer',
  CONSENT_REASON_MISSING: 'consent.ground',
  REFUSAL_NOT_ADDRESSED: 'consent.reason',
};
const OF_ITEMS: readonly string[] = ['ITEM_NOT_IN_SCOPE', 'RESTRICTED'];

/** Tells a refusal by the decision point in plain words, each reason at the field where it can be met. */
@Injectable()
export class Refusals {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  /** Null for whatever is no such refusal. */
  async told(visit: Visit, error: unknown, { whom, what = whom }: FieldsOf): Promise<NotShared | null> {
    if (!(error instanceof Forbidden) || !error.details.decision) return null;
    const decisionId = error.details.decision;
    const { explanation, request } = await this.agreements.decision(visit, decisionId);
    const names = await this.directory.names(visit, []);
    const words = namedIn([request.sender, ...request.recipients], names);
    const problems = explanation.reasons.map((r) => ({
      field: OF_ITEMS.includes(r.code) ? what : (FIELDS[r.code] ?? whom),
      code: r.code,
      message: words(r.words),
    }));
    return { decisionId, problems, mayRead: visit.may('decision.view'), asked: error.code === 'sharing.review' };
  }
}
