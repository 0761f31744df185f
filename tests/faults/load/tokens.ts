import { setTimeout as delay } from 'node:timers/promises';
import type { Persona } from './operations';

/** Who plays which part in the demonstration partnership. */
export const USERNAMES: Readonly<Record<Persona, string>> = {
  referrer: 'hana',
  lead: 'amina',
  auditor: 'erin',
  administrator: 'lena',
};

/** How a token is had: the development identity provider's grant for personas. */
export interface TokenSource {
  /** The provider's token endpoint, as the harness reaches it. */
  readonly endpoint: () => string;
  /** The host by which the provider knows itself. */
  readonly host: string;
  readonly clientSecret: () => string;
}

interface Held {
  readonly token: string;
  readonly userId: string;
  readonly until: number;
}

/** Tokens of the personas, had again before they end. What cannot be had now is asked for again: identity may be down. */
export class PersonaTokens {
  private readonly held = new Map<Persona, Held>();
  private readonly asking = new Map<Persona, Promise<Held>>();

  constructor(
    private readonly source: TokenSource,
    private readonly meUrl: () => string,
  ) {}

  async of(persona: Persona): Promise<Held> {
    const held = this.held.get(persona);
    if (held && held.until > Date.now()) return held;
    let asking = this.asking.get(persona);
    if (!asking) {
      asking = this.ask(persona).finally(() => this.asking.delete(persona));
      this.asking.set(persona, asking);
    }
    return asking;
  }

  private async ask(persona: Persona): Promise<Held> {
    const patience = Date.now() + 120_000;
    for (;;) {
      try {
        const { access_token: token, expires_in: seconds } = await this.grant(persona);
        // Renewed at half its life: nobody is to be refused in the middle of a fault because of a clock.
        const fresh = { token, userId: await this.idOf(token), until: Date.now() + seconds * 500 };
        this.held.set(persona, fresh);
        return fresh;
      } catch (error) {
        if (Date.now() > patience) throw error;
        await delay(250);
      }
    }
  }

  private async grant(persona: Persona): Promise<{ access_token: string; expires_in: number }> {
    const { endpoint, host, clientSecret } = this.source;
    const response = await fetch(endpoint(), {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`concordat-persona:${clientSecret()}`).toString('base64')}`,
        host,
      },
      body: new URLSearchParams({
        grant_type: 'urn:concordat:params:oauth:grant-type:persona',
        persona: USERNAMES[persona],
      }),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`no token for ${persona}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { access_token: string; expires_in: number };
  }

  private async idOf(token: string): Promise<string> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(this.meUrl(), { headers, signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`identity does not know who this is: ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }
}
