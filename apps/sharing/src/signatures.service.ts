import type { MeetingStatementSigned } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { keepSignature } from './signatures.repository';

/** Keeps a copy of who signed the statement of which meeting: by it, what is said at meetings is decided (R15). */
@Injectable()
export class SignaturesService {
  keep(tx: Tx, { meetingId, userId, orgId, purpose, signedAt }: MeetingStatementSigned): Promise<void> {
    return keepSignature(tx, { meetingId, userId, orgId, purpose, signedAt });
  }
}
