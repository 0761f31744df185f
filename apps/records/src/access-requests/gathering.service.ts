import type { HeldItem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Forbidden, linesOf, Peers, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBe } from '../access-request';
import { namesAsked, type NameOf } from '../named';
import { AccessRequestsService } from './access-requests.service';
import { addItems, changeRequest, heldAbout } from './access-requests.repository';

const PURPOSE = { 'concordat-purpose': 'subject-access' };

/**
 * Gathers what is held about somebody from every context: its own, and by asking the others, which check and record the asking
 * for themselves. All of it or nothing: an answer that silently lacks a part would be worse than none. Gathered again, what is
 * new is added, and what was decided stays.
 */
@Injectable()
export class GatheringService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly peers: Peers,
    private readonly requests: AccessRequestsService,
  ) {}

  async gather(call: Call, id: string) {
    const objects = [{ t: 'access-request' as const, id }];
    const act = { action: 'access-request.gather', call, objects } as const;
    const personId = await this.unit.read(
      act,
      async (tx) => (await this.requests.held(tx, call, id, act.action)).personId,
    );
    const [nameOf, ...others] = await Promise.all([
      namesAsked(this.peers),
      this.ask('referrals', `/held-about/${personId}`),
      this.ask('risk', `/held-about/${personId}`),
      this.ask('audit', `/held-about/${personId}`),
    ]);
    const done = await this.unit.run(act, async (tx) => {
      const row = await this.requests.held(tx, call, id, act.action);
      mustBe(row, 'open');
      const own = await heldAbout(tx, row.personId);
      if (own.length === 0)
        throw new Forbidden('access-request.forbidden', 'Somebody who may see this person’s cases must gather this', [
          'record.restricted',
        ]);
      const items = own.map(({ kind, ref, at, title, content, others }): HeldItem => ({
        ...{ kind, id: ref, at: at.toISOString(), title, text: linesOf(content), others },
      }));
      let added = 0;
      for (const { source, items: found } of [{ source: 'records', items }, ...others])
        added += await addItems(tx, id, source, found.map(named(nameOf)));
      const version = await changeRequest(tx, row, row, 'gather');
      tx.about({ items: [...new Set(items.map((i) => i.kind))] });
      return { id, version, added };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async ask(
    source: 'referrals' | 'risk' | 'audit',
    path: string,
  ): Promise<{ source: string; items: HeldItem[] }> {
    const { items } = await this.peers.get<{ items: HeldItem[] }>('records', source, path, PURPOSE);
    return { source, items };
  }
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** With agencies and areas by what they are called, as it is decided about and given: whoever asks knows no ids. */
const named =
  (nameOf: NameOf) =>
  (item: HeldItem): HeldItem => ({ ...item, text: item.text.replace(ID, nameOf) });
