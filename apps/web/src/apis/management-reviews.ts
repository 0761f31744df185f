import type { ManagementMove } from '@concordat/contracts';

export type ManagementState =
  'requested' | 'inProgress' | 'submitted' | 'returned' | 'accepted' | 'waived' | 'refused' | 'escalated';
/** An individual management review, as it stands today. */
export interface ManagementReviewView {
  readonly id: string;
  readonly orgId: string;
  readonly from: string;
  readonly to: string;
  readonly dueOn: string;
  readonly state: ManagementState;
  readonly late: boolean;
  readonly steps: readonly {
    readonly by: string;
    readonly at: string;
    readonly move: ManagementMove;
    readonly orgId: string | null;
    readonly reason: string | null;
  }[];
  readonly submission: {
    readonly author: string;
    readonly signer: string;
    readonly signedOn: string;
    readonly from: string;
    readonly to: string;
    readonly records: string;
    readonly staffSeen: number;
    readonly terms: number;
    readonly recommendations: number;
  } | null;
}
