import { UnitOfWork } from '@concordat/messaging';
import { Conflict, Databases, serviceActorId, systemCall } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Log } from '../log';
import { queryOf } from '../log.repository';
import { lastPolicy } from '../witnesses/cosignatures.repository';
import { isKnownKey } from './checkpoints.repository';

/** What the log says of itself: that it is alive, and that its key has changed (design/ledger.md §4, 5 and 8). */
@Injectable()
export class Heartbeat {
  constructor(
    private readonly log: Log,
    private readonly unit: UnitOfWork,
    private readonly databases: Databases,
  ) {}

  /** A SYSTEM leaf every quarter of an hour, so that silence can be told from nothing having happened. */
  async beat(): Promise<void> {
    const due = `heartbeat_at <= now() - interval '15 minutes'`;
    const act = {
      action: 'ledger.heartbeat' as const,
      call: this.call(),
      objects: [{ t: 'ledger' as const, id: this.log.id }],
    };
    await this.unit.run(act, async (tx) => {
      const beats = await tx.execute(`UPDATE log_state SET heartbeat_at = now() WHERE ${due}`);
      if (beats === 0) throw new Conflict('ledger.beaten', 'Another process has just done this');
    });
  }

  /** Puts on record that another key signs from now on; the first one too. */
  async recordKey(): Promise<void> {
    const { vkey } = this.log;
    if (await isKnownKey(this.databases.pool('audit'), vkey)) return;
    const objects = [{ t: 'ledger' as const, id: this.log.id }];
    await this.unit.run({ action: 'ledger.change-key', call: this.call(), objects }, async (tx) => {
      tx.about({ detail: { vkey } });
      await tx.execute('INSERT INTO log_key (vkey) VALUES ($1) ON CONFLICT DO NOTHING', [vkey]);
    });
  }

  /** Puts on record that other witnesses are asked, another quorum is wanted, or none any more (`digest` null). */
  async recordPolicy(digest: Buffer | null): Promise<void> {
    const last = await lastPolicy(queryOf(this.databases.pool('audit')));
    if (last === digest || (last !== null && digest?.equals(last))) return;
    const objects = [{ t: 'ledger' as const, id: this.log.id }];
    await this.unit.run({ action: 'ledger.change-policy', call: this.call(), objects }, async (tx) => {
      tx.about({ detail: { sha256: digest?.toString('hex') ?? 'none' } });
      await tx.execute('INSERT INTO log_policy (digest) VALUES ($1)', [digest]);
    });
  }

  private call() {
    return systemCall(serviceActorId('audit'), 'operation');
  }
}
