import { TooMany, Unauthenticated, Unavailable } from '@concordat/platform';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider' with { 'resolution-mode': 'import' };
import type * as parts from 'oidc-provider/lib/helpers/errors.js' with { 'resolution-mode': 'import' };
import { PERSONA_GRANT, PERSONA_GRANT_TYPE, resourceOf, resourceServerOf } from './configuration';
import type { Personas } from './personas';

type Errors = typeof parts;

/**
 * A token for a persona by name: `grant_type=urn:concordat:params:oauth:grant-type:persona&persona=amina`, with the
 * credentials of the client `concordat-persona`; with `acr=none` as if it had no second factor. 400 `invalid_grant` for who cannot sign in, 429 after six failures.
 */
export function personaGrant(provider: Provider, errors: Errors, personas: Personas, audience: string) {
  const handler = async (ctx: KoaContextWithOIDC): Promise<void> => {
    const { client, params } = ctx.oidc;
    const username = params?.['persona'];
    if (typeof username !== 'string' || !client) throw new errors.InvalidRequest('persona is missing');
    const accountId = await signedIn(ctx, errors, personas, username);
    const token = new provider.AccessToken({
      client,
      accountId,
      gty: PERSONA_GRANT_TYPE,
      grantId: '',
      scope: 'concordat',
    });
    token.resourceServer = new provider.ResourceServer(
      resourceOf(audience),
      resourceServerOf(audience, client.clientId),
    );
    ctx.oidc.entity('AccessToken', token);
    const access_token = await token.save();
    ctx.body = { access_token, token_type: token.tokenType, expires_in: token.expiration, scope: token.scope };
  };
  return { name: PERSONA_GRANT, handler, parameters: ['persona', 'acr'] };
}

async function signedIn(
  ctx: KoaContextWithOIDC,
  errors: Errors,
  personas: Personas,
  username: string,
): Promise<string> {
  try {
    return await personas.signIn(username, { method: 'POST', path: '/oidc/token', address: ctx.ip });
  } catch (error) {
    if (error instanceof Unauthenticated) throw new errors.InvalidGrant(error.code);
    if (error instanceof TooMany) {
      ctx.set('retry-after', String(error.details.retryAfterSeconds ?? 60));
      throw new errors.OIDCProviderError(429, 'slow_down');
    }
    if (error instanceof Unavailable) throw new errors.OIDCProviderError(503, 'temporarily_unavailable');
    throw error;
  }
}
