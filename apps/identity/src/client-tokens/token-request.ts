/** What a client asks for at the token endpoint (RFC 6749 §4.4.2), once it has been read. */
export interface TokenRequest {
  readonly clientId: string;
  readonly secret: string;
  readonly scope: string | undefined;
}

/** A refusal in the words of RFC 6749 §5.2. */
export class TokenRefused extends Error {
  constructor(
    readonly error: 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type',
    readonly description: string,
  ) {
    super(description);
    this.name = 'TokenRefused';
  }

  /** 401 for whoever is not recognised, 400 for the rest. */
  get status(): number {
    return this.error === 'invalid_client' ? 401 : 400;
  }
}

/**
 * readTokenRequest reads the form and the credentials of a client, which it sends in the Authorization header (HTTP Basic)
 * or in the form, not in both. Throws TokenRefused.
 */
export function readTokenRequest(form: unknown, authorization: string | undefined): TokenRequest {
  const field = (name: string): string | undefined => {
    const value = (form as Record<string, unknown> | null | undefined)?.[name];
    if (value !== undefined && typeof value !== 'string')
      throw new TokenRefused('invalid_request', `Send ${name} once`);
    return value === '' ? undefined : value;
  };
  const grant = field('grant_type');
  if (grant === undefined) throw new TokenRefused('invalid_request', 'Send grant_type=client_credentials as a form');
  if (grant !== 'client_credentials')
    throw new TokenRefused('unsupported_grant_type', 'The grant is client_credentials');
  const inForm = { clientId: field('client_id'), secret: field('client_secret') };
  const inHeader = basic(authorization);
  if (inHeader && inForm.secret !== undefined)
    throw new TokenRefused('invalid_request', 'Send the secret in the header or in the form, not in both');
  const { clientId, secret } = inHeader ?? inForm;
  if (!clientId || !secret) throw new TokenRefused('invalid_client', 'Send the client id and the secret');
  return { clientId, secret, scope: field('scope') };
}

/** HTTP Basic, both halves form-encoded (RFC 6749 §2.3.1); null when there is no such header. */
function basic(header: string | undefined): { clientId: string; secret: string } | null {
  const [scheme, encoded] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  try {
    const half = (part: string): string => decodeURIComponent(part.replaceAll('+', ' '));
    return { clientId: half(text.slice(0, Math.max(colon, 0))), secret: half(text.slice(colon + 1)) };
  } catch {
    throw new TokenRefused('invalid_request', 'The Authorization header cannot be read');
  }
}
