const NOT_OURS = ['/api', '/oidc', '/health'];

/** Whether an address belongs to the web front end, and not to an API or to the development identity provider. */
export function isOurs(url: string): boolean {
  return !NOT_OURS.some((prefix) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`));
}

/** What a page asks for by itself, again and again: that nobody has gone away cannot be told from it. */
export const isUnattended = (url: string): boolean =>
  url.split('?')[0] === '/triage/changes' ||
  /^\/meetings\/[\w-]+\/cases\/[\w-]+(\/changes\?|\/notes\/now$|\?live$)/.test(url);

/** Forms that are sent without signing in. They have tokens and limits of their own. */
export const isPublicForm = (url: string): boolean => url.split('?')[0] === '/asb-case-reviews/apply';

export const isAsset = (url: string): boolean => url.startsWith('/assets/');

/** A path of ours to come back to after signing in, or home: never an address elsewhere (open redirect, CWE-601). */
export function localPath(given: unknown): string {
  if (typeof given !== 'string' || given.length > 500) return '/';
  const plain = /^\/(?![/\\])[\w\-./?&=%~]*$/.test(given);
  return plain && isOurs(given) && !given.startsWith('/sign-') && !isAsset(given) ? given : '/';
}
