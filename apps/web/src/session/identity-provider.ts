import {
  LOGGER,
  PROCESS,
  SETTINGS,
  Unauthenticated,
  Unavailable,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client' with {
  'resolution-mode': 'import',
};
import type { Logger } from 'pino';
import type { Attempt, SessionTokens } from './session';
import { strengthAsked } from './strength';

/** The identity provider, as the relying party that we are: authorization code with PKCE (RFC 7636), refresh, sign-out. */
@Injectable()
export class IdentityProvider {
  private found: Promise<Configuration> | null = null;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(PROCESS) private readonly process: ProcessInfo,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Where to send the browser, and what to remember until it is back. */
  async begin(to: string, askAgain: boolean): Promise<{ url: string; attempt: Attempt }> {
    const oidc = await import('openid-client');
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      to,
    };
    const { OIDC_AUDIENCE: audience } = this.settings;
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.callback,
      scope: this.settings.OIDC_SCOPE,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
      ...(URL.canParse(audience) ? { resource: audience } : {}),
      ...strengthAsked(this.settings),
      ...(askAgain ? { prompt: 'login' } : {}),
    });
    return { url: url.href, attempt };
  }

  /** Exchanges the code that the browser came back with. Throws Unauthenticated when the provider refused or it does not fit. */
  async complete(query: string, attempt: Attempt): Promise<SessionTokens> {
    const oidc = await import('openid-client');
    const configuration = await this.configuration();
    try {
      const answer = await oidc.authorizationCodeGrant(configuration, new URL(`${this.callback}${query}`), {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      return tokensOf(answer, null);
    } catch (error) {
      throw this.refused(error, 'sign-in.refused', 'Sign-in did not work. Try again');
    }
  }

  /** New tokens for old ones. Throws Unauthenticated when the sign-in is over at the provider. */
  async refresh(tokens: SessionTokens): Promise<SessionTokens> {
    if (!tokens.refresh) throw new Unauthenticated('session.expired', 'Your sign-in has expired. Sign in again');
    const oidc = await import('openid-client');
    const configuration = await this.configuration();
    try {
      return tokensOf(await oidc.refreshTokenGrant(configuration, tokens.refresh), tokens);
    } catch (error) {
      throw this.refused(error, 'session.expired', 'Your sign-in has expired. Sign in again');
    }
  }

  /** Where a browser ends its sign-in at the provider, if the provider knows of such a thing. */
  async endUrl(idToken: string | null): Promise<string | null> {
    const oidc = await import('openid-client');
    const configuration = await this.configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.process.publicUrl}/signed-out`,
      ...(idToken ? { id_token_hint: idToken } : {}),
    }).href;
  }

  private get callback(): string {
    return `${this.process.publicUrl}/sign-in/callback`;
  }

  private configuration(): Promise<Configuration> {
    this.found ??= this.discover();
    this.found.catch(() => (this.found = null)); // the next sign-in asks again
    return this.found;
  }

  private async discover(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const issuer = new URL(this.process.issuer);
    const secret = this.settings.OIDC_CLIENT_SECRET ?? this.process.secret('web-client');
    const local = issuer.protocol === 'http:' && !this.settings.production;
    try {
      return await oidc.discovery(issuer, this.settings.OIDC_CLIENT_ID, undefined, oidc.ClientSecretBasic(secret), {
        timeout: 5,
        ...(local ? { execute: [oidc.allowInsecureRequests] } : {}),
      });
    } catch (error) {
      throw this.refused(error, 'issuer.unavailable', 'The identity provider cannot be reached');
    }
  }

  /** What the provider answered is told apart from not having an answer: only the first is the person's to mend. */
  private refused(error: unknown, code: string, message: string): Error {
    const answered =
      typeof (error as { error?: unknown }).error === 'string' ||
      (error as { code?: string }).code?.startsWith('OAUTH_');
    this.log.info(
      { code, reason: (error as { error?: string; code?: string }).error ?? (error as Error).name },
      'identity provider',
    );
    if (answered && code !== 'issuer.unavailable') return new Unauthenticated(code, message);
    return new Unavailable('issuer.unavailable', 'The identity provider cannot be reached');
  }
}

const tokensOf = (
  answer: TokenEndpointResponse & TokenEndpointResponseHelpers,
  before: SessionTokens | null,
): SessionTokens => ({
  access: answer.access_token,
  refresh: answer.refresh_token ?? before?.refresh ?? null,
  id: answer.id_token ?? before?.id ?? null,
  until: Date.now() + (answer.expires_in ?? 60) * 1000,
  signedInAt: timeIn(answer) ?? before?.signedInAt ?? null,
});

function timeIn(answer: TokenEndpointResponseHelpers): number | null {
  const at = answer.claims()?.auth_time;
  return at === undefined ? null : at * 1000;
}
