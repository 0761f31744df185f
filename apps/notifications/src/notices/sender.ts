import { messageChannels } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import {
  count,
  KeyBox,
  Lifecycle,
  LOGGER,
  PROCESS,
  SETTINGS,
  serviceActorId,
  Sweep,
  systemCall,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Carriers } from '../carriers/carriers';
import { CODE_MINUTES } from '../contact-details';
import { forgetDetails, noteArrival, noteNoArrival, noteSilence } from '../contact-details.repository';
import { wordsOf, type Letter } from '../letter';
import { Practice } from '../message-practice';
import { afterAttempt, lostAfter, type Carried } from '../notice';
import {
  anyNoticeDue,
  claimNotices,
  forgetNotices,
  noteAttempt,
  withholdNotices,
  type ClaimedNotice,
} from '../notices.repository';
import { ReturnPaths } from '../return-path';

const EVERY_MS = 1_000;
const ROUNDS = 50;
const FORGET_EVERY_MS = 3_600_000;
const ATTEMPTS = 'concordat_notice_attempts_total';
const OUTCOMES = ['taken', 'refused', 'later'] as const;

class NothingToDo extends Error {}

interface Sending {
  readonly notice: ClaimedNotice;
  readonly letter: Letter;
}

/**
 * Sends what is due to go out. That it is sent is on record before it is, and what became of it after: when this process dies in
 * between, it is sent again under the same id.
 */
@Injectable()
export class NoticeSender {
  private readonly box: KeyBox;
  private readonly publicUrl: string;
  private readonly returns: ReturnPaths | null;
  private forgotAt = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    private readonly carriers: Carriers,
    @Inject(PROCESS) process: ProcessInfo,
    @Inject(SETTINGS) { BOUNCE_ADDRESS: back }: Settings,
    @Inject(LOGGER) log: Logger,
    lifecycle: Lifecycle,
  ) {
    this.returns = back ? new ReturnPaths(back, process.detailKeys) : null;
    this.box = new KeyBox(process.detailKeys, 'contact-details');
    this.publicUrl = process.publicUrl;
    for (const channel of messageChannels) for (const outcome of OUTCOMES) count(ATTEMPTS, { channel, outcome }, 0);
    lifecycle.add(new Sweep('notices', EVERY_MS, () => this.sweep(), log));
  }

  /** sweep sends all that is due, some at a time. */
  async sweep(): Promise<void> {
    if (Date.now() - this.forgotAt > FORGET_EVERY_MS) {
      await this.forget();
      this.forgotAt = Date.now();
    }
    for (let round = 0; round < ROUNDS && (await this.anyDue()); round++) {
      const sending = await this.claim();
      const carried = await Promise.all(sending.map(({ letter }) => this.carriers.of(letter.channel)!.carry(letter)));
      await this.record(sending, carried);
    }
  }

  /** Only ids are looked at, and nobody is told: as a projection, without an act. */
  private async anyDue(): Promise<boolean> {
    let due = false;
    await this.unit.project(call(), async (tx) => {
      due = await anyNoticeDue(tx);
    });
    return due;
  }

  private async claim(): Promise<Sending[]> {
    let sending: Sending[] = [];
    await this.once('notice.send', async (tx) => {
      const claimed = await claimNotices(tx);
      if (claimed.length === 0) throw new NothingToDo();
      sending = claimed.flatMap((notice) => this.lettersOf(notice, tx.now));
      const sent = new Set(sending.map(({ notice }) => notice.id));
      const withheld = claimed.map(({ id }) => id).filter((id) => !sent.has(id));
      await withholdNotices(tx, withheld);
      tx.about({
        objects: claimed.map(({ id }) => ({ t: 'notice' as const, id })),
        recipients: sending.map(({ notice }) => ({ org: notice.orgId, channel: notice.channel })),
        detail: { withheld },
      });
    });
    return sending;
  }

  /** The letter of a notice; none where nothing needs its reader any more, it has nowhere to go that can still be read, or its code has ended. */
  private lettersOf(notice: ClaimedNotice, now: Date): Sending[] {
    const { id, channel, what, detailId, sealed, codeSealed, codeUntil, things, late } = notice;
    if (!detailId || !sealed || !this.carriers.of(channel)) return [];
    if (what === 'code' ? !codeSealed || codeUntil! <= now : things === 0) return [];
    const to = this.box.opened(detailId, sealed)?.toString();
    const code = what === 'code' ? this.box.opened(`${detailId}/code`, codeSealed!)?.toString() : '';
    if (to === undefined || code === undefined) return [];
    const facts = { things, late, code, minutes: CODE_MINUTES, publicUrl: this.publicUrl };
    const words = wordsOf(this.practice.rules.templates, channel, what, facts);
    const returnPath = this.returns?.addressOf(id);
    return [{ notice, letter: { id, channel, to, ...words, ...(returnPath ? { returnPath } : {}) } }];
  }

  private async record(sending: readonly Sending[], carried: readonly Carried[]): Promise<void> {
    if (sending.length === 0) return;
    await this.once('notice.record-outcome', async (tx) => {
      for (const [i, { notice }] of sending.entries()) {
        const after = afterAttempt(notice.number, carried[i]!, Math.random());
        await noteAttempt(tx, notice, after);
        tx.forgetAfter(() => count(ATTEMPTS, { channel: notice.channel, outcome: carried[i]!.outcome }));
        // Of what has a receipt, that it was taken says nothing yet.
        if (after.state === 'sent' && notice.what !== 'code' && !this.carriers.tellsLater(notice.channel))
          await noteArrival(tx, notice.detailId!);
        if (after.state !== 'failed') continue;
        const lost = lostAfter(after.failure);
        if (lost !== null) await noteNoArrival(tx, notice.detailId!, lost);
        tx.about({ reasons: [`notice.${after.failure}`] });
      }
      tx.about({ objects: sending.map(({ notice }) => ({ t: 'notice' as const, id: notice.id })) });
    });
  }

  private async forget(): Promise<void> {
    if (this.returns) await this.unit.project(call(), noteSilence);
    await this.unit.project(call(), forgetNotices);
    await this.once('contact-details.forget', async (tx) => {
      const gone = await forgetDetails(tx);
      if (gone.length === 0) throw new NothingToDo();
      tx.about({ objects: gone.map((id) => ({ t: 'contact-details' as const, id })) });
    });
  }

  private async once(
    action: 'notice.send' | 'notice.record-outcome' | 'contact-details.forget',
    work: (tx: Parameters<Parameters<UnitOfWork['run']>[1]>[0]) => Promise<void>,
  ): Promise<void> {
    try {
      await this.unit.run({ action, call: call() }, async (tx) => {
        await work(tx);
        return {};
      });
    } catch (error) {
      if (!(error instanceof NothingToDo)) throw error;
    }
  }
}

const call = () => systemCall(serviceActorId('notifications'), 'operation');
