import { Texts, Words } from '@concordat/platform';
import { IsUUID } from 'class-validator';

/** A case to the forum of another area: why, and what goes with it tells of. */
export class TransferToForumDto {
  @IsUUID() toForum!: string;
  @Words(4_000) reason!: string;
  /** Codes of agreements. */
  @Texts(20, 40) informs?: string[];
}

/** That a transfer has come, and what is done about it. */
export class AcknowledgeTransferDto {
  @Words(4_000) words!: string;
}
