import type { Received } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Hearer } from '../hearing';
import { audienceOf, payloadOf } from '../webhook';

/** Puts each event in line for the webhooks of the agencies that take part in it. What is restricted is put in line for nobody. */
@Injectable()
export class WebhookHearing implements Hearer {
  async hear({ id, type, streamId, version, time, data }: Received, tx: Tx): Promise<void> {
    const audience = audienceOf(type, streamId, data as object);
    if (!audience) return;
    const { caseId } = data as { caseId?: unknown };
    const body = JSON.stringify(payloadOf(type, time, { id: streamId, version: String(version), caseId }));
    await tx.execute(
      `INSERT INTO webhook_delivery (webhook_id, event_id, type, body, case_id, records, made_at, next_at)
       SELECT w.id, $1, $2, $3, CASE WHEN w.org_id = ANY ($5::uuid[]) THEN NULL ELSE $4::uuid END, $6, clock_timestamp(), clock_timestamp()
         FROM webhook w
        WHERE $2 = ANY (w.events) AND (w.org_id = ANY ($5::uuid[]) OR $4::uuid IS NOT NULL)
          AND may_hear(w.org_id, CASE WHEN w.org_id = ANY ($5::uuid[]) THEN NULL ELSE $4::uuid END, $6)
       ON CONFLICT DO NOTHING`,
      [id, type, Buffer.from(body), audience.caseId, audience.orgs, audience.records],
      'put-in-line-for-webhooks',
    );
  }
}
