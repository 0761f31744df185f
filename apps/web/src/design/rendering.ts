import type { FastifyReply } from 'fastify';
import type { WebRequest } from '../session/visit';
import { stylesheetAddress, scriptAddress } from '../assets/addresses';
import { inPageOrder } from './error-order';
import { navigationFor } from './navigation';

/** Renders a template with what every page has: who is there, where they can go, the nonce and the form token. */
export async function rendered(
  reply: FastifyReply,
  request: WebRequest,
  template: string,
  data: Readonly<Record<string, unknown>>,
  unreadMessages: number | null = null,
): Promise<string> {
  const { visit } = request;
  const path = request.url.split('?')[0] ?? '/';
  const html = await reply.viewAsync(template, {
    ...data,
    cspNonce: request.nonce,
    csrf: visit?.session?.csrf ?? '',
    me: visit?.me ?? null,
    unreadMessages,
    // On its own page the search stands in the page.
    findsEverything: (visit?.may('record.search') ?? false) && !path.startsWith('/search'),
    path,
    navigation: visit ? navigationFor(visit, path) : [],
    correlationId: visit?.correlationId ?? '',
    stylesheet: stylesheetAddress(),
    script: scriptAddress(),
    sessionEndsIn: visit?.me ? 30 * 60 : null,
  });
  return inPageOrder(html);
}
