import { PartsOf, Texts, Words } from '@concordat/platform';
import { IsUUID } from 'class-validator';
import { DivertDto } from '../forum-referrals/forum-referrals.dto';

/** A case to the forum of another area: why, and what goes with it tells of. */
export class TransferToForumDto {
  @IsUUID() toForum!: string;
  @Words(4_000) reason!: string;
  /** Codes of agreements. */
  @Texts(20, 40) informs?: string[];
  /** Of each case that another kind of forum is for: whether this is one, and why it goes to this forum nevertheless. */
  @PartsOf(20, () => DivertDto) diverts?: DivertDto[];
}

/** That a transfer has come, and what is done about it. */
export class AcknowledgeTransferDto {
  @Words(4_000) words!: string;
}
