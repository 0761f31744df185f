import type { MessageKind, MessageRhythm } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

export interface MessageChoice {
  readonly kind: MessageKind;
  readonly rhythm: MessageRhythm;
  readonly byText: boolean;
}

/** What the caller has chosen. */
export const ownChoices = (tx: Tx): Promise<MessageChoice[]> =>
  tx.query<MessageChoice & Record<string, unknown>>(
    'SELECT kind, rhythm, by_text AS "byText" FROM message_choice WHERE user_id = acting_user() AND org_id = acting_org()',
    [],
    'own-message-choices',
  );

export async function keepChoices(tx: Tx, choices: readonly MessageChoice[]): Promise<void> {
  await tx.execute(
    `INSERT INTO message_choice (user_id, org_id, kind, rhythm, by_text)
     SELECT $1, $2, c.* FROM unnest($3::text[], $4::text[], $5::boolean[]) AS c
     ON CONFLICT (user_id, org_id, kind) DO UPDATE SET rhythm = EXCLUDED.rhythm, by_text = EXCLUDED.by_text`,
    [
      ...[tx.actor.id, tx.actor.orgId],
      ...[choices.map((c) => c.kind), choices.map((c) => c.rhythm), choices.map((c) => c.byText)],
    ],
    'keep-message-choices',
  );
}
