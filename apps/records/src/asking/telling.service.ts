import type { PersonAskedAbout } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { toldKnown } from '../both-ends';
import { matchedPeople, permitOf } from './asking.repository';

/**
 * Puts on record at the agency that was asked what it has told: to whom, about whom, by which decision (DPA 2018 s.62). Of what was
 * asked, the asker's own act says the same. It is done afterwards, so that an answer takes as long whoever is known.
 */
@Injectable()
export class TellingService {
  async told(tx: Tx, data: PersonAskedAbout): Promise<void> {
    const permit = data.match ? await permitOf(tx, data.recordId) : null;
    if (permit?.decisionId === data.decisionId) tx.about(toldKnown(permit));
    tx.about({
      objects: [
        { t: 'known-question', id: data.recordId },
        { t: 'decision', id: data.decisionId },
        { t: 'organisation', id: data.toOrg },
      ],
      subjects: data.match ? await matchedPeople(tx, data.recordId) : [],
      recipients: [{ org: data.askedOrg, role: 'recipient' }],
      justification: data.purpose,
      decision: data.match ? 'match' : 'no-match',
    });
  }
}
