import { civilDate } from '@concordat/clocks';
import { newId, RuleBroken, wrong } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Changing, recordedBy } from '../reviews/changing';
import { ComplaintDto } from './asb.dto';

/** The complaint ledger of an ASB case review. What does not qualify is kept as well, and why is found from its dates. */
@Injectable()
export class LedgerService {
  constructor(private readonly changing: Changing) {}

  keep(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-complaint', ({ tx, review: { document }, kind }) => {
      if (!kind.threshold) throw new RuleBroken('review.no-ledger', 'This kind of review counts no complaints');
      const { behaviourOn, complainedOn, complainant, summary } = valid(ComplaintDto, call.body);
      const today = civilDate(tx.now);
      if (behaviourOn > today) throw wrong('behaviourOn', 'in-future', 'The date must be today or earlier');
      if (complainedOn > today) throw wrong('complainedOn', 'in-future', 'The date must be today or earlier');
      const { complaints = [] } = document;
      const complaint = { id: newId(), behaviourOn, complainedOn, complainant, summary, ...recordedBy(tx) };
      tx.about({ items: [`complaint.${complaints.length + 1}`] });
      return { what: 'complaint', document: { complaints: [...complaints, complaint] } };
    });
  }
}
