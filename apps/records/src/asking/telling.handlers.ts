import { PersonAskedAbout, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { TellingService } from './telling.service';

/** Hears that an agency was answered. */
@Injectable()
export class TellingHandlers {
  constructor(private readonly telling: TellingService) {}

  @On(PersonAskedAbout, { action: 'person.tell-known' })
  told({ data }: Received<PersonAskedAbout>, tx: Tx): Promise<void> {
    return this.telling.told(tx, data);
  }
}
