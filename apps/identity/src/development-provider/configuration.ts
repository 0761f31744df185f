import { contexts } from '@concordat/contracts';
import { serviceClientId } from '@concordat/platform';
import type { ClientMetadata, Configuration, ResourceServer } from 'oidc-provider' with { 'resolution-mode': 'import' };
import { MemoryAdapter, MemoryStore } from './memory-adapter';
import { errorPage, signedOutPage, signOutPage } from './pages';
import { signingKey } from './signing-key';

/** The grant by which scripts, the demonstration and tests sign in as a persona. It exists only here. */
export const PERSONA_GRANT = 'urn:concordat:params:oauth:grant-type:persona';
/** How the provider remembers that a token came by it. */
export const PERSONA_GRANT_TYPE = 'persona';
export const PERSONA_CLIENT = 'concordat-persona';
export const WEB_CLIENT = 'concordat-web';

/** What the provider needs to know of this installation. */
export interface ProviderSettings {
  readonly publicUrl: string;
  readonly audience: string;
  readonly webSecret: string;
  readonly serviceSecret: string;
  readonly personaSecret: string;
  readonly keySecret: string;
  readonly cookieSecret: string;
  /** What this installation demands of a sign-in; the first is what a second factor is called. */
  readonly requiredAcr: readonly string[];
  /** Whether the person with this subject may still sign in. */
  isActive(subject: string): Promise<boolean>;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const SCOPE = 'concordat';

/** What a sign-in with a second factor is called where the installation has no name of its own for it. */
export const SECOND_FACTOR = 'urn:concordat:acr:second-factor';
/** With this, a persona's token is as of a sign-in by one factor alone. */
export const NO_SECOND_FACTOR = 'none';

/** The API as a resource (RFC 8707), which must be named by a URI; its audience is what tokens are checked against. */
export const resourceOf = (audience: string): string =>
  URL.canParse(audience) ? audience : `urn:concordat:resource:${encodeURIComponent(audience)}`;

/** How access tokens for the API look: signed, readable by every service, short. Personas' last longer, for long tests. */
export const resourceServerOf = (audience: string, clientId: string): ResourceServer => ({
  ...{ scope: SCOPE, audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } },
  accessTokenTTL: clientId === PERSONA_CLIENT ? HOUR : 10 * MINUTE,
});

function clients(settings: ProviderSettings): ClientMetadata[] {
  const basic = { token_endpoint_auth_method: 'client_secret_basic' as const };
  const machine = { ...basic, redirect_uris: [], response_types: [] };
  return [
    {
      ...basic,
      require_auth_time: true,
      client_id: WEB_CLIENT,
      client_secret: settings.webSecret,
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      redirect_uris: [`${settings.publicUrl}/sign-in/callback`],
      post_logout_redirect_uris: [settings.publicUrl, `${settings.publicUrl}/`, `${settings.publicUrl}/signed-out`],
    },
    ...contexts.map((context) => ({
      ...machine,
      client_id: serviceClientId(context),
      client_secret: settings.serviceSecret,
      grant_types: ['client_credentials'],
    })),
    {
      ...machine,
      client_id: PERSONA_CLIENT,
      client_secret: settings.personaSecret,
      grant_types: [PERSONA_GRANT],
    },
  ];
}

/** The whole configuration of the development identity provider: code with PKCE, refresh, client credentials, sign-out. */
export function configuration(settings: ProviderSettings, refuseResource: () => Error): Configuration {
  const resource = resourceOf(settings.audience);
  const store = new MemoryStore();
  return {
    adapter: (model: string) => new MemoryAdapter(store, model),
    clients: clients(settings),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [{ ...signingKey(settings.keySecret) }] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    acrValues: [...new Set([SECOND_FACTOR, ...settings.requiredAcr])],
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub'] },
    pkce: { required: () => true },
    responseTypes: ['code'],
    cookies: { keys: [settings.cookieSecret] },
    clientBasedCORS: () => false,
    findAccount: async (_, sub) =>
      (await settings.isActive(sub)) ? { accountId: sub, claims: () => ({ sub }) } : undefined,
    // When somebody last proved who they are (RFC 9068 §2.2.1): what lasts is not done by a screen that was left open.
    extraTokenClaims: (ctx, token) => {
      if (token.kind !== 'AccessToken') return undefined;
      if (token.gty === PERSONA_GRANT_TYPE) {
        const acr = ctx.oidc.params?.['acr'] === NO_SECOND_FACTOR ? undefined : settings.requiredAcr[0];
        return { auth_time: Math.floor(Date.now() / 1000), ...(acr ? { acr } : {}) };
      }
      const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
      const { authTime: at, acr } = code ?? refresh ?? {};
      return at === undefined ? undefined : { auth_time: at, ...(acr ? { acr } : {}) };
    },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: async (ctx) => {
      // Our own front end asks for nothing that a person could decide about, so there is no page that asks for consent.
      const { client, session, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const earlier = session.grantIdFor(client.clientId);
      const grant =
        (earlier ? await provider.Grant.find(earlier) : undefined) ??
        new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid offline_access');
      grant.addResourceScope(resource, SCOPE);
      await grant.save();
      return grant;
    },
    interactions: { url: (_, interaction) => `/oidc/sign-in/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, asked, client) => {
          if (asked !== resource) throw refuseResource();
          return resourceServerOf(settings.audience, client.clientId);
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => void (ctx.body = signOutPage(form, settings.publicUrl)),
        postLogoutSuccessSource: (ctx) => void (ctx.body = signedOutPage(settings.publicUrl)),
      },
    },
    renderError: (ctx) => {
      ctx.type = 'html';
      ctx.body = errorPage(settings.publicUrl);
    },
    ttl: {
      AccessToken: (_, token) => token.resourceServer?.accessTokenTTL ?? 10 * MINUTE,
      AuthorizationCode: MINUTE,
      BackchannelAuthenticationRequest: MINUTE,
      ClientCredentials: 10 * MINUTE,
      DeviceCode: MINUTE,
      Grant: 12 * HOUR,
      IdToken: 10 * MINUTE,
      Interaction: 30 * MINUTE,
      RefreshToken: 12 * HOUR,
      Session: 12 * HOUR,
    },
  };
}
