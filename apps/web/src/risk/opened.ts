import { NotFound } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Directory, type Names } from '../apis/directory';
import { Risk, type AssessmentView } from '../apis/risk';
import { Cases, headingOf, subNavigationOf, type OpenedCase } from '../cases/opened';
import { nameOf } from '../design/referral-sections';
import type { Visit } from '../session/visit';

/** A case as pages about its risk need it: the frame, and names of whoever is in it. */
export interface RiskCase {
  readonly opened: OpenedCase;
  readonly frame: Readonly<Record<string, unknown>>;
  nameOf(personId: string): string;
}

/** Opens cases and assessments for the pages of risk. Throws what the contexts throw. */
@Injectable()
export class RiskCases {
  constructor(
    private readonly cases: Cases,
    private readonly risk: Risk,
    private readonly directory: Directory,
  ) {}

  async open(visit: Visit, caseId: string): Promise<RiskCase> {
    const opened = await this.cases.open(visit, caseId);
    const { record } = opened;
    return {
      opened,
      frame: { record, heading: headingOf(opened), navigationOfCase: subNavigationOf(caseId, 'risk') },
      nameOf: (id) => {
        const person = record.people.find((each) => each.id === id);
        return person ? nameOf(person) : 'Somebody who was in this case';
      },
    };
  }

  /** An assessment under the address of its own case: under that of another there is none. */
  async assessment(visit: Visit, caseId: string, id: string): Promise<{ view: AssessmentView; inCase: RiskCase }> {
    const view = await this.risk.view(visit, id);
    if (view.caseId !== caseId) throw new NotFound('assessment');
    return { view, inCase: await this.open(visit, caseId) };
  }

  names(visit: Visit, staff: readonly string[]): Promise<Names> {
    return this.directory.names(visit, staff);
  }
}
