import { MeetingStatementSigned, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { SignaturesService } from './signatures.service';

/** Hears from risk who signed at a meeting. */
@Injectable()
export class SignatureHandlers {
  constructor(private readonly signatures: SignaturesService) {}

  @On(MeetingStatementSigned)
  signed({ data }: Received<MeetingStatementSigned>, tx: Tx): Promise<void> {
    return this.signatures.keep(tx, data);
  }
}
