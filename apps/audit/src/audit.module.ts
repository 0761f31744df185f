import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { Details } from './details';
import { Checkpoints } from './ledger/checkpoints';
import { Heartbeat } from './ledger/heartbeat';
import { Sequencer } from './ledger/sequencer';
import { Log } from './log';
import { CreateAudit1700000003000 } from './migrations/1700000003000-create-audit';

@Module({
  imports: [AccessModule.for({ name: 'audit' })],
  providers: [Log, Details, Heartbeat, Checkpoints, Sequencer],
})
export class AuditModule {
  static readonly context: ContextDefinition = { name: 'audit', migrations: [CreateAudit1700000003000] };
}
