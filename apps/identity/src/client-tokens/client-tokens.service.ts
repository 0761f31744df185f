import { isId, type ObjectRef } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import {
  CLIENT_ISSUER,
  serviceActorId,
  SETTINGS,
  systemCall,
  TooMany,
  type Call,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { matches, scopesGranted, TOKEN_SECONDS, usable, type ApiClient, type ClientSecret } from '../api-client';
import { ApiClients } from '../api-clients.repository';
import { Attempts } from '../attempts';
import { TokenKeys } from './token-keys';
import { TokenRefused, type TokenRequest } from './token-request';

/** An answer of the token endpoint (RFC 6749 §5.1). */
export interface IssuedToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

/** Where a request came from, for its audit entry. */
export interface Origin {
  readonly method: string;
  readonly path: string;
  readonly address: string;
  readonly correlationId: string;
}

/** Issues access tokens to API clients (RFC 6749 §4.4, RFC 9068). */
@Injectable()
export class ClientTokensService {
  private readonly attempts = new Attempts();

  constructor(
    private readonly unit: UnitOfWork,
    private readonly clients: ApiClients,
    private readonly keys: TokenKeys,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * issue answers a token that lasts five minutes. Throws TokenRefused for a client, a secret or a scope that is not to be
   * had, TooMany after six failures in a minute. Each refusal is on record before it is answered.
   */
  async issue(request: TokenRequest, from: Origin): Promise<IssuedToken> {
    const call = systemCall(serviceActorId('identity'), 'api-access', { ...from });
    const objects: ObjectRef[] = isId(request.clientId) ? [{ t: 'client', id: request.clientId }] : [];
    const wait = this.attempts.lockedFor(request.clientId, Date.now());
    if (wait > 0) {
      await this.unit.refuse({ action: 'client.refuse-token', call, objects }, 'client.locked');
      throw new TooMany('client.locked', 'This client has failed too often. Wait as long as Retry-After says', {
        retryAfterSeconds: wait,
      });
    }
    try {
      const granted = await this.grant(request, call, objects);
      this.attempts.succeeded(request.clientId);
      return granted;
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      if (error.error === 'invalid_client') this.attempts.failed(request.clientId, Date.now());
      await this.unit.refuse(
        { action: 'client.refuse-token', call, objects },
        `token.${error.error.replace('_', '-')}`,
      );
      throw error;
    }
  }

  private async grant(request: TokenRequest, call: Call, objects: ObjectRef[]): Promise<IssuedToken> {
    const key = await this.keys.signing();
    const done = await this.unit.run({ action: 'client.issue-token', call, objects }, async (tx) => {
      const client = objects.length > 0 ? await this.clients.find(tx, request.clientId) : undefined;
      const secret = client && (await recognised(usable(client, tx.now), request.secret));
      if (!client || !secret) throw new TokenRefused('invalid_client', 'The client or its secret is not accepted');
      const scopes = scopesGranted(client, request.scope);
      if (!scopes) throw new TokenRefused('invalid_scope', 'The client does not have every scope that it asked for');
      await this.clients.used(tx, secret.id);
      tx.about({ items: scopes, recipients: [{ org: client.orgId }], detail: { secretId: secret.id } });
      return { client, secretId: secret.id, scope: scopes.join(' '), at: Math.floor(tx.now.getTime() / 1000) };
    });
    const { client, secretId, scope, at } = done.value;
    const access_token = await this.sign(client, secretId, scope, at, key);
    return { access_token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope };
  }

  private async sign(
    client: ApiClient,
    secretId: string,
    scope: string,
    at: number,
    key: Awaited<ReturnType<TokenKeys['signing']>>,
  ): Promise<string> {
    const { importJWK, SignJWT } = await import('jose');
    return new SignJWT({ client_id: client.id, scope, secret_id: secretId })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.id })
      .setIssuer(CLIENT_ISSUER)
      .setAudience(this.settings.OIDC_AUDIENCE)
      .setSubject(client.id)
      .setJti(randomUUID())
      .setIssuedAt(at)
      .setExpirationTime(at + TOKEN_SECONDS)
      .sign(await importJWK(key.privateKey, 'ES256'));
  }
}

async function recognised(secrets: readonly ClientSecret[], given: string): Promise<ClientSecret | undefined> {
  for (const secret of secrets) if (await matches(given, secret.hash)) return secret;
  return undefined;
}
