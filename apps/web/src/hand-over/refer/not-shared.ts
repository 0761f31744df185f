import { Forbidden, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { namedIn } from '../../agreements/words';
import type { Visit } from '../../session/visit';

/** Why something may not be shared, for whoever wanted to share it. */
export interface NotShared {
  readonly decisionId: string;
  readonly problems: readonly FieldProblem[];
  readonly mayRead: boolean;
}

/** The field in which a reason can be met; whatever is not here is about whom it goes to. */
const FIELDS: Readonly<Record<string, string>> = {
  PURPOSE_NOT_LISTED: 'purpose',
  ITEM_NOT_IN_SCOPE: 'view',
  RESTRICTED: 'view',
  CONSENT_REQUIRED: 'consent.answer',
  CONSENT_REASON_MISSING: 'consent.ground',
  REFUSAL_NOT_ADDRESSED: 'consent.reason',
};

/** Tells a refusal by the decision point in plain words, each reason at the field where it can be met. */
@Injectable()
export class Refusals {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  /** Null for whatever is no such refusal. */
  async told(visit: Visit, error: unknown): Promise<NotShared | null> {
    if (!(error instanceof Forbidden) || !error.details.decision) return null;
    const decisionId = error.details.decision;
    const { explanation, request } = await this.agreements.decision(visit, decisionId);
    const names = await this.directory.names(visit, []);
    const words = namedIn([request.sender, ...request.recipients], names);
    const problems = explanation.reasons.map((r) => ({
      field: FIELDS[r.code] ?? 'recipient',
      code: r.code,
      message: words(r.words),
    }));
    return { decisionId, problems, mayRead: visit.may('decision.view') };
  }
}
