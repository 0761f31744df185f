const NOT_OURS = ['/api', '/oidc', '/health'];

/** Whether an address belongs to the web front end, and not to an API or to the development identity provider. */
export function isOurs(url: string): boolean {
  return !NOT_OURS.some((prefix) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`));
}

export const isAsset = (url: string): boolean => url.startsWith('/assets/');

/** A path of ours to come back to after signing in, or home: never an address elsewhere (open redirect, CWE-601). */
export function localPath(given: unknown): string {
  if (typeof given !== 'string' || given.length > 500) return '/';
  const plain = /^\/(?![/\\])[\w\-./?&=%~]*$/.test(given);
  return plain && isOurs(given) && !given.startsWith('/sign-') && !isAsset(given) ? given : '/';
}
