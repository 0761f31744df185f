import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Audit } from '../../apis/audit';
import { download, Page, show, type Download, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { checksOf, logKeys, readProof } from '../verification';

/**
 * The proof that an entry is in the log, checked here step by step. A check by the system that keeps the log convinces
 * nobody who distrusts it, so the page also gives the files and the command to repeat it elsewhere.
 */
@Page({
  at: 'audit/entries/:eventId/proof',
  folder: 'audit/proof',
  may: 'trail.verify',
  states: ['verified', 'pending'],
})
export class ProofPage {
  constructor(private readonly audit: Audit) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id('eventId') eventId: string): Promise<View> {
    const [entry, text, policy] = await Promise.all([
      this.audit.entry(visit, eventId),
      this.audit.proof(visit, eventId),
      this.audit.policy(visit),
    ]);
    const about = { index: entry.index, eventId, policy };
    if (text === null) return show({ ...about, pending: true });
    const proof = readProof(text);
    const [bytes, leaf] = [Buffer.from(entry.entry, 'base64'), Buffer.from(entry.leaf, 'base64')];
    const checks = proof ? checksOf(proof, bytes, leaf, logKeys(policy)) : [];
    return show({
      ...about,
      text,
      checks,
      verified: checks.length > 0 && checks.every((c) => c.held) && entry.record.intact,
      intact: entry.record.intact,
      checkpoint: proof && {
        origin: proof.checkpoint.origin,
        size: String(proof.checkpoint.size),
        note: proof.checkpoint.note,
        root: proof.checkpoint.root.toString('base64'),
      },
    });
  }

  @Get('tlog-proof')
  async file(@Visiting() visit: Visit, @Id('eventId') eventId: string): Promise<Download | View> {
    const text = await this.audit.proof(visit, eventId);
    return text === null ? this.show(visit, eventId) : download(text, `entry-${eventId}.tlog-proof`);
  }

  @Get('policy')
  async policyFile(@Visiting() visit: Visit): Promise<Download> {
    return download(await this.audit.policy(visit), 'concordat-policy.txt');
  }
}
