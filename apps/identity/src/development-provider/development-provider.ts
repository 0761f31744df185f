import { LOGGER, PROCESS, SETTINGS, Databases, type ProcessInfo, type Settings } from '@concordat/platform';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider' with { 'resolution-mode': 'import' };
import type { Logger } from 'pino';
import { timingSafeEqual, createHash } from 'node:crypto';
import { configuration, WEB_CLIENT, type ProviderSettings } from './configuration';
import { personaGrant } from './persona-grant';
import { Personas } from './personas';
import { SignInRoutes, headersOf } from './sign-in.routes';

const MOUNT = '/oidc';

/**
 * The development identity provider: OpenID Connect at `/oidc` of the process that holds this context, with the people of
 * the partnership as its accounts. In production, or when another issuer is named, not one route of it exists.
 */
@Injectable()
export class DevelopmentProvider implements OnModuleInit {
  private provider: Promise<Provider> | null = null;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(PROCESS) private readonly process: ProcessInfo,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly http: HttpAdapterHost,
    private readonly databases: Databases,
    private readonly personas: Personas,
  ) {}

  onModuleInit(): void {
    if (!isOurs(this.settings, this.process)) return;
    this.provider = this.create();
    this.provider.catch((err: unknown) => this.log.error({ err }, 'the development identity provider cannot start'));
    const app = this.http.httpAdapter.getInstance<FastifyInstance>();
    const routes = new SignInRoutes(() => this.started(), this.personas, this.process.publicUrl);
    void app.register(async (scope) => routes.register(scope), { prefix: MOUNT });
    void app.register(async (scope) => this.register(scope), { prefix: MOUNT });
  }

  /** Everything else under the mount is the provider's own. It reads bodies itself, so Fastify must leave them alone. */
  private register(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/*', async (request: FastifyRequest, reply: FastifyReply) => {
      const provider = await this.started();
      reply.hijack();
      for (const [name, value] of Object.entries(headersOf(this.process.publicUrl))) reply.raw.setHeader(name, value);
      const raw = request.raw as IncomingMessage & { originalUrl?: string };
      raw.originalUrl = raw.url ?? '';
      raw.url = raw.originalUrl.slice(MOUNT.length);
      await provider.callback()(raw, reply.raw);
    });
  }

  private started(): Promise<Provider> {
    if (!this.provider) throw new Error('the development identity provider is off');
    return this.provider;
  }

  private async create(): Promise<Provider> {
    const [{ Provider }, errors] = await Promise.all([
      import('oidc-provider/lib/provider.js'),
      import('oidc-provider/lib/helpers/errors.js'),
    ]);
    const settings = this.providerSettings();
    const provider = new Provider(
      this.process.issuer,
      configuration(settings, () => new errors.InvalidTarget()),
    );
    provider.proxy = true; // the issuer may stand behind something that ends TLS
    const { name, handler, parameters } = personaGrant(provider, errors, this.personas, settings.audience);
    provider.registerGrantType(name, handler, parameters);
    acceptEitherSecret(provider, settings);
    provider.on('server_error', (_, err) => this.log.error({ err }, 'development identity provider'));
    return provider;
  }

  private providerSettings(): ProviderSettings {
    const { settings, process } = this;
    return {
      publicUrl: process.publicUrl,
      audience: settings.OIDC_AUDIENCE,
      webSecret: settings.OIDC_CLIENT_SECRET ?? process.secret('web-client'),
      serviceSecret: settings.SERVICE_CLIENT_SECRET ?? process.secret('service-client'),
      personaSecret: process.secret('persona-client'),
      keySecret: process.secret('oidc-signing-key'),
      requiredAcr: settings.requiredAcr,
      cookieSecret: process.secret('oidc-cookies'),
      isActive: async (subject) => {
        const found = await this.databases
          .pool('identity')
          .query('SELECT 1 FROM member WHERE subject = $1 AND active LIMIT 1', [subject]);
        return found.rows.length > 0;
      },
    };
  }
}

/** Whether the issuer that this installation trusts is this very process. Never in production. */
export function isOurs(settings: Settings, process: ProcessInfo): boolean {
  if (settings.production) return false;
  if (!settings.OIDC_ISSUER) return true;
  const own = [process.publicUrl, settings.urls.identity, ...loopbacks(settings.PORT)];
  return own.some((url) => url !== undefined && `${url.replace(/\/$/, '')}${MOUNT}` === settings.OIDC_ISSUER);
}

const loopbacks = (port: number): string[] => [`http://localhost:${port}`, `http://127.0.0.1:${port}`];

/** The web front end signs people in with its own secret, and itself with the one that all services share. */
function acceptEitherSecret(provider: Provider, settings: ProviderSettings): void {
  const prototype = provider.Client.prototype as unknown as { compareClientSecret: (given: string) => boolean };
  const own = prototype.compareClientSecret;
  prototype.compareClientSecret = function (this: { clientId: string }, given: string): boolean {
    if (own.call(this, given)) return true;
    return this.clientId === WEB_CLIENT && same(given, settings.serviceSecret);
  };
}

function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
