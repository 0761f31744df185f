import type { Client } from 'pg';

/**
 * Ids under which a webhook's agency must have been told: of every event of its types that was published since the webhook was
 * made and names the agency. From the producers' outboxes, and from nothing that the sender of webhooks wrote.
 */
export async function sentTo(database: Client, webhookId: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT 'msg_' || o.event_id AS id FROM notifications.webhook w
       JOIN referrals.outbox o ON true CROSS JOIN LATERAL (SELECT convert_from(o.body, 'UTF8')::jsonb AS e) b
      WHERE w.id = $1 AND e ->> 'type' = ANY (w.events) AND (e ->> 'time')::timestamptz > w.made_at
        AND w.org_id::text IN (e #>> '{data,receivingOrg}', e #>> '{data,referringOrg}')`,
    [webhookId],
  );
  return rows.map((r) => r.id);
}
