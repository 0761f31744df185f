import type { Settings } from '@concordat/platform';

/**
 * strengthAsked is how the provider is asked for a sign-in as strong as this installation demands: by `acr_values` (OpenID Connect
 * Core §3.1.2.1), and where it is told by `acrs`, as Microsoft Entra ID does, by the claim itself, of which Entra takes one. Whether
 * it was given is seen in the token. Pure.
 */
export function strengthAsked(settings: Pick<Settings, 'requiredAcr' | 'OIDC_ACR_CLAIM'>): Record<string, string> {
  const [first] = settings.requiredAcr;
  if (first === undefined) return {};
  if (settings.OIDC_ACR_CLAIM === 'acr') return { acr_values: settings.requiredAcr.join(' ') };
  return { claims: JSON.stringify({ access_token: { acrs: { essential: true, value: first } } }) };
}
