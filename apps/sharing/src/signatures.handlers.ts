import { MeetingStatementSigned, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { keepSignature } from './signatures.repository';

/** Keeps a copy of who signed the statement of which meeting: by it, what is said at meetings is decided (R15). */
@Injectable()
export class SignatureHandlers {
  @On(MeetingStatementSigned)
  async signed({ data }: Received<MeetingStatementSigned>, tx: Tx): Promise<void> {
    const { meetingId, userId, orgId, purpose, signedAt } = data;
    await keepSignature(tx, { meetingId, userId, orgId, purpose, signedAt });
  }
}
