import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { ApiClient, ClientSecret } from './api-client';

type Row = Omit<ApiClient, 'secrets'> & Record<string, unknown>;

const CLIENT = `SELECT c.id, c.org_id AS "orgId", s.name, c.scopes, c.registered_at AS "registeredAt",
       coalesce(c.ended_at, CASE WHEN m.active THEN NULL ELSE m.changed_at END) AS "endedAt", c.version
  FROM api_client c JOIN staff s ON s.user_id = c.id JOIN membership m ON m.user_id = c.id AND m.org_id = c.org_id`;

/** API clients and what is kept of their secrets. One whose account is a member no longer counts as ended. */
@Injectable()
export class ApiClients {
  async of(tx: Tx, orgId: string): Promise<ApiClient[]> {
    const rows = await tx.query<Row>(
      `${CLIENT} WHERE c.org_id = $1 ORDER BY c.registered_at DESC, c.id`,
      [orgId],
      'clients-of-organisation',
    );
    return this.withSecrets(tx, rows);
  }

  async find(tx: Tx, id: string): Promise<ApiClient | undefined> {
    const rows = await tx.query<Row>(`${CLIENT} WHERE c.id = $1`, [id], 'api-client');
    return (await this.withSecrets(tx, rows))[0];
  }

  async add(tx: Tx, client: ApiClient): Promise<void> {
    await tx.execute(
      `INSERT INTO api_client (id, org_id, scopes, registered_by, registered_at, version) VALUES ($1, $2, $3, $4, $5, $6)`,
      [client.id, client.orgId, client.scopes, tx.actor.id, client.registeredAt, client.version],
    );
    for (const secret of client.secrets) await this.addSecret(tx, client.id, secret);
  }

  async addSecret(tx: Tx, clientId: string, s: ClientSecret): Promise<void> {
    await tx.execute(
      `INSERT INTO api_client_secret (id, client_id, hint, hash, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [s.id, clientId, s.hint, s.hash, tx.actor.id, s.madeAt, s.expiresAt],
    );
  }

  async save(tx: Tx, { id, endedAt, version, secrets }: ApiClient): Promise<void> {
    await tx.execute('UPDATE api_client SET ended_at = $2, version = $3 WHERE id = $1', [id, endedAt, version]);
    for (const s of secrets.filter((one) => one.endedAt))
      await tx.execute('UPDATE api_client_secret SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [
        s.id,
        s.endedAt,
      ]);
  }

  async used(tx: Tx, secretId: string): Promise<void> {
    await tx.execute('UPDATE api_client_secret SET last_used_at = $2 WHERE id = $1', [secretId, tx.now]);
  }

  private async withSecrets(tx: Tx, rows: readonly Row[]): Promise<ApiClient[]> {
    if (rows.length === 0) return [];
    const secrets = await tx.query<ClientSecret & { clientId: string } & Record<string, unknown>>(
      `SELECT id, client_id AS "clientId", hint, hash, made_at AS "madeAt", expires_at AS "expiresAt", ended_at AS "endedAt",
              last_used_at AS "lastUsedAt" FROM api_client_secret WHERE client_id = ANY ($1) ORDER BY made_at, id`,
      [rows.map((r) => r.id)],
      'secrets-of-clients',
    );
    return rows.map((row) => ({
      ...row,
      secrets: secrets.filter((s) => s.clientId === row.id).map(({ clientId: _, ...kept }) => kept),
    }));
  }
}
