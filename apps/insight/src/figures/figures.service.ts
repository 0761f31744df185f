import { demand } from '@concordat/access';
import { NotFound, valid, type Call } from '@concordat/platform';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { Answering, type Asking, type Query } from '../answering';
import { subjects } from '../plan';
import { FiguresQueryDto } from './figures.dto';

/** Figures of the whole partnership for those who lead it, without what tells of few. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly answering: Answering,
  ) {}

  overview(call: Call) {
    return this.read(call, 'insight.read', 'overview', async (tx, query) => ({
      subjects: await this.answering.totals(tx, query),
      missed: await this.answering.missed(tx, query),
    }));
  }

  view(call: Call, subject: string) {
    return this.figures(call, subject, 'insight.read');
  }

  /** The same, as what leaves the system. */
  export(call: Call, subject: string) {
    return this.figures(call, subject, 'insight.export');
  }

  private figures(call: Call, asked: string, action: 'insight.read' | 'insight.export') {
    const subject = subjectOf(asked);
    return this.read(call, action, subject, async (tx, query) => ({
      figures: await this.answering.asked(tx, subject, query),
      kinds: this.answering.kinds(subject),
    }));
  }

  private read<T extends object>(
    call: Call,
    action: 'insight.read' | 'insight.export',
    what: string,
    work: (tx: Tx, query: Query) => Promise<T>,
  ) {
    return this.unit.read({ action, call }, async (tx) => {
      demand(tx.actor, action);
      const query: FiguresQueryDto = valid(FiguresQueryDto, call.query);
      const about = this.answering.about(tx, query);
      tx.about({ items: [what, about.period.code], detail: { ...query } });
      return { ...about, ...(await work(tx, query)) };
    });
  }
}

function subjectOf(asked: string): Asking {
  const found = asked === 'missed' ? asked : subjects.find((subject) => subject === asked);
  if (!found) throw new NotFound('figures');
  return found;
}
