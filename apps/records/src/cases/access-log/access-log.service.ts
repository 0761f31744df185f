import { demand } from '@concordat/access';
import { Invalid, type Action, type ActOutcome } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Peers, Unavailable, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Looks } from '../../looks';
import { visibleCase } from '../../visible-case';
import { AccessLogDto } from './access-log.dto';

/** One look at a case, as the ledger has it. Without an action and an actor once its details are erased. */
interface Look {
  readonly index: string;
  readonly at: string;
  readonly action: Action | null;
  readonly outcome: ActOutcome;
  readonly actor: string | null;
  readonly actorRole: string | null;
  readonly actorOrg: string | null;
  readonly purpose: string | null;
  readonly reasons: readonly string[];
}
interface Log {
  readonly items: readonly Look[];
  readonly next: string | null;
  readonly previous: string | null;
}

/**
 * Shows who has looked at a case to those who may read the case and may read access logs: either alone is refused (AUD-6). Whether
 * they may is decided here, where the case is; the looks are the ledger's. When it cannot be asked, nothing is shown.
 */
@Injectable()
export class AccessLogService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly peers: Peers,
    private readonly looks: Looks,
  ) {}

  show(call: Call, id: string): Promise<Log> {
    const action = 'case.view-access-log';
    return this.unit.read({ action, call, objects: [{ t: 'case', id }] }, async (tx) => {
      demand(tx.actor, 'case.view');
      demand(tx.actor, action);
      await this.looks.demand(tx, await visibleCase(tx, id));
      const dto = valid(AccessLogDto, call.query);
      if (dto.from && dto.to && dto.from > dto.to)
        throw new Invalid([{ field: 'to', code: 'before-from', message: 'The end must not be before the beginning' }]);
      const log = await this.ask(id, dto);
      tx.about({ items: ['accesses'], detail: { asked: { ...dto }, shown: log.items.map((i) => i.index) } });
      return log;
    });
  }

  /** Days and ids were checked here, so that a question which the ledger does not understand has a cursor that none of its lists gave. */
  private async ask(id: string, dto: AccessLogDto): Promise<Log> {
    const asked = Object.entries(dto).flatMap(([k, v]): [string, string][] =>
      v === undefined ? [] : [[k, String(v)]],
    );
    try {
      return await this.peers.get<Log>('records', 'audit', `/accesses/${id}?${new URLSearchParams(asked).toString()}`);
    } catch (error) {
      if (!(error instanceof Unavailable) || error.code !== 'service.answered-422') throw error;
      throw new Invalid([{ field: 'cursor', code: 'wrong-form', message: 'Use a cursor that a list gave you' }]);
    }
  }
}
