import { UnitOfWork } from '@concordat/messaging';
import { Databases, KeyBox, PROCESS, serviceActorId, systemCall, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { isDue, publishedKeys, signingKey } from './token-key';

interface Row {
  readonly id: string;
  readonly publicKey: JWK;
  readonly sealed: Buffer;
  readonly madeAt: Date;
}

/** The keys that tokens of API clients are signed with: made here, replaced every ninety days, their public half for anybody. */
@Injectable()
export class TokenKeys {
  private readonly box: KeyBox;

  constructor(
    private readonly databases: Databases,
    private readonly unit: UnitOfWork,
    @Inject(PROCESS) process: ProcessInfo,
  ) {
    this.box = new KeyBox(process.detailKeys, 'client-tokens');
  }

  /** A JWK Set (RFC 7517 §5). */
  async published(): Promise<{ keys: JWK[] }> {
    const { keys, now } = await this.all();
    return { keys: publishedKeys(keys, now).map(({ publicKey }) => publicKey) };
  }

  /** The key to sign with now, made first when one is due. */
  async signing(): Promise<{ id: string; privateKey: JWK }> {
    let { keys, now } = await this.all();
    if (isDue(keys, now)) {
      await this.make();
      ({ keys, now } = await this.all());
    }
    const { id, sealed } = signingKey(keys, now);
    return { id, privateKey: JSON.parse(this.box.open(id, sealed).toString()) as JWK };
  }

  private async make(): Promise<void> {
    const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
    const pair = await generateKeyPair('ES256', { extractable: true });
    const [open, secret] = [await exportJWK(pair.publicKey), await exportJWK(pair.privateKey)];
    const id = await calculateJwkThumbprint(open);
    const call = systemCall(serviceActorId('identity'), 'key-change');
    await this.unit.run({ action: 'client.change-key', call }, async (tx) => {
      await tx.execute('INSERT INTO token_key (id, public_key, sealed, made_at) VALUES ($1, $2, $3, $4)', [
        id,
        JSON.stringify({ ...open, kid: id, alg: 'ES256', use: 'sig' }),
        this.box.seal(id, Buffer.from(JSON.stringify(secret))),
        tx.now,
      ]);
    });
  }

  private async all(): Promise<{ keys: Row[]; now: Date }> {
    const { rows } = await this.databases.pool('identity').query<Row & { now: Date }>({
      name: 'token-keys',
      text: 'SELECT id, public_key AS "publicKey", sealed, made_at AS "madeAt", clock_timestamp() AS now FROM token_key ORDER BY made_at DESC, id',
    });
    return { keys: rows, now: rows[0]?.now ?? new Date() };
  }
}
