import type { Party } from '../agreement';
import type { CompiledFlow, CompiledLine, CompiledPurpose, CompiledVersion } from './compiled';
import type { Declarations, Register } from './register';
import type { DecisionRequest } from './request';

/** A request that has passed R0 to R7: what it names has been found, and R8 to R20 may weigh it. */
export interface Question {
  readonly register: Register;
  readonly declarations: Declarations;
  readonly request: DecisionRequest;
  readonly at: number;
  readonly version: CompiledVersion;
  readonly purpose: CompiledPurpose;
  readonly sender: Party;
  readonly recipients: readonly Party[];
  /** Flows from the sender to all recipients, by id. */
  readonly flows: readonly CompiledFlow[];
  readonly sendLines: readonly CompiledLine[];
  /** Lines of each recipient. */
  readonly receiveLines: readonly (readonly CompiledLine[])[];
  /** Every subject is dead, and there is one: UK GDPR is about the living. */
  readonly allDeceased: boolean;
}
