import { CaseErased, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { Erasures } from './erasures.service';

/** Hears that a case was erased. What the log holds of it goes in its own time, but for good (see Erasures). */
@Injectable()
export class ErasureHandlers {
  constructor(private readonly erasures: Erasures) {}

  @On(CaseErased)
  async erased({ data, time }: Received<CaseErased>, tx: Tx): Promise<void> {
    await this.erasures.note(tx, data, time);
  }
}
