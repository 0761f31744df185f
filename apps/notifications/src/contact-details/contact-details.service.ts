import { Invalid, messageChannels, newId, NotFound, RuleBroken, type MessageChannel } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { KeyBox, PROCESS, valid, type Call, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomInt, timingSafeEqual } from 'node:crypto';
import { Carriers } from '../carriers/carriers';
import { CODE_MINUTES, isUnconfirmed, MOST_CODES_AN_HOUR, normalised, tried, type Tried } from '../contact-details';
import {
  codesOfAnHour,
  confirmDetail,
  keepCode,
  keepGiven,
  noteTry,
  ownDetail,
  ownDetails,
  removeDetail,
} from '../contact-details.repository';
import { sendCode } from '../notices.repository';
import { ConfirmContactDetailsDto, GiveContactDetailsDto } from './contact-details.dto';

const WRONG: Readonly<Record<MessageChannel, string>> = {
  email: 'Enter an e-mail address, like name@example.org',
  text: 'Enter a mobile number of the United Kingdom, like 07700 900123',
};
const NOT_CONFIRMED: Readonly<Record<Exclude<Tried, 'confirmed'>, string>> = {
  wrong: 'Enter the code as it was sent to you',
  expired: 'This code has ended. Have another sent to you',
  'too-many': 'Too many codes were wrong. Have another sent to you',
};

/** Where somebody is reached outside of the pages. They alone give it, see it and take it away; a code shows that it is theirs. */
@Injectable()
export class ContactDetailsService {
  private readonly box: KeyBox;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly carriers: Carriers,
    @Inject(PROCESS) process: ProcessInfo,
  ) {
    this.box = new KeyBox(process.detailKeys, 'contact-details');
  }

  list(call: Call) {
    return this.unit.read({ action: 'contact-details.view', call }, async (tx) => {
      const kept = await ownDetails(tx);
      tx.about({ objects: kept.map(({ id }) => ({ t: 'contact-details', id })) });
      return {
        items: kept.map(({ id, channel, sealed, givenAt, confirmedAt, failedAt }) => ({
          ...{ id, channel, givenAt, confirmedAt, failedAt, address: this.box.opened(id, sealed)?.toString() ?? null },
        })),
        channels: messageChannels.filter((channel) => this.carriers.of(channel)),
        // Whether what is sent is only kept to be looked at.
        mailbox: this.carriers.mailbox !== null,
      };
    });
  }

  async give(call: Call) {
    const done = await this.unit.run({ action: 'contact-details.give', call }, async (tx) => {
      const { channel, address } = valid(GiveContactDetailsDto, call.body);
      const kept = normalised(channel, address);
      if (kept === null) throw new Invalid([{ field: 'address', code: 'wrong-form', message: WRONG[channel] }]);
      if (!this.carriers.of(channel))
        throw new RuleBroken('contact-details.not-used', 'This installation sends nothing that way');
      const id = newId();
      await keepGiven(tx, id, channel, this.box.seal(id, Buffer.from(kept)));
      await this.code(tx, id, channel);
      tx.about({ objects: [{ t: 'contact-details', id }], items: [channel] });
      return { id };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async sendCode(call: Call, id: string) {
    const act = { action: 'contact-details.send-code', call, objects: [{ t: 'contact-details', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { channel } = await own(tx, id);
      await this.code(tx, id, channel);
      return { id };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A wrong code is counted, so it is no failure of the unit of work; its sender hears of it as of any wrong field. */
  async confirm(call: Call, id: string) {
    const act = { action: 'contact-details.confirm', call, objects: [{ t: 'contact-details', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const kept = await own(tx, id);
      const { code } = valid(ConfirmContactDetailsDto, call.body);
      const sent = (kept.codeSealed && this.box.opened(`${id}/code`, kept.codeSealed)) ?? Buffer.alloc(6);
      const outcome = tried(kept, timingSafeEqual(sent, Buffer.from(code.trim())), tx.now);
      if (outcome === 'confirmed') await confirmDetail(tx, kept);
      else if (outcome === 'wrong') await noteTry(tx, id);
      tx.about({ decision: outcome });
      return { id, outcome };
    });
    const { outcome } = done.value;
    if (outcome !== 'confirmed') throw new Invalid([{ field: 'code', code: outcome, message: NOT_CONFIRMED[outcome] }]);
    return { id, receipt: done.receipt };
  }

  async remove(call: Call, id: string) {
    const act = { action: 'contact-details.remove', call, objects: [{ t: 'contact-details', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      if (!(await ownDetail(tx, id))) throw new NotFound('contact-details');
      await removeDetail(tx, id);
      return { id };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async code(tx: Tx, id: string, channel: MessageChannel): Promise<void> {
    if ((await codesOfAnHour(tx)) >= MOST_CODES_AN_HOUR)
      throw new RuleBroken('contact-details.too-many-codes', 'You have had five codes within an hour. Try again later');
    const code = Buffer.from(String(randomInt(1_000_000)).padStart(6, '0'));
    await keepCode(tx, id, this.box.seal(`${id}/code`, code), new Date(tx.now.getTime() + CODE_MINUTES * 60_000));
    await sendCode(tx, id, channel);
  }
}

async function own(tx: Tx, id: string) {
  const kept = await ownDetail(tx, id);
  if (!kept || !isUnconfirmed(kept)) throw new NotFound('contact-details');
  return kept;
}
