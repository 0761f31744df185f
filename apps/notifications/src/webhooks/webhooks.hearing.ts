import type { Received } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Hearer } from '../hearing';
import { audienceOf, payloadOf } from '../webhook';

/** Puts each event in line for the webhooks of the agencies that take part in it. What is restricted is put in line for nobody. */
@Injectable()
export class WebhookHearing implements Hearer {
  async hear(events: readonly Received[], tx: Tx): Promise<void> {
    const told = events.flatMap(inLine);
    if (told.length === 0) return;
    await tx.execute(
      `INSERT INTO webhook_delivery (webhook_id, event_id, type, body, case_id, records, made_at, next_at)
       SELECT w.id, e.id, e.type, convert_to(e.body, 'UTF8'), CASE WHEN own.agency THEN NULL ELSE e.case_id END, e.records,
              clock_timestamp(), clock_timestamp()
         FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, type text, body text, case_id uuid, orgs uuid[], records uuid[])
         JOIN webhook w ON e.type = ANY (w.events)
        CROSS JOIN LATERAL (SELECT w.org_id = ANY (e.orgs) AS agency) own
        WHERE (own.agency OR e.case_id IS NOT NULL)
          AND may_hear(w.org_id, CASE WHEN own.agency THEN NULL ELSE e.case_id END, e.records)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(told)],
      'put-in-line-for-webhooks',
    );
  }
}

/** What is put in line of an event, as the statement takes it; nothing for one that nobody is told of. */
function inLine({ id, type, streamId, version, time, data }: Received): object[] {
  const audience = audienceOf(type, streamId, data as object);
  if (!audience) return [];
  const { caseId } = data as { caseId?: unknown };
  const body = JSON.stringify(payloadOf(type, time, { id: streamId, version: String(version), caseId }));
  return [{ id, type, body, case_id: audience.caseId, orgs: audience.orgs, records: audience.records }];
}
