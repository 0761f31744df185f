import type { Answer } from './http';
import type { ClaimedReceipt, Ended, Kind } from './history';
import { isCommand } from './history';

/** Refusals that say nothing of the command: try again, under the same key. */
const NOT_NOW = [408, 425, 429];

/** What a parsed answer says; empty for one that is no JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/** ended reads an answer as the client that got it must: done, refused, or not known. */
export function ended(kind: Kind, answer: Answer): Omit<Ended, 'what' | 'n' | 'at'> & { body: Body } {
  const { status, auditEntry } = answer;
  const body = parse(answer.body);
  const code = typeof body['code'] === 'string' ? { code: body['code'] } : {};
  const entry = auditEntry === undefined ? {} : { auditEntry };
  if (status >= 200 && status < 300) {
    const receipt = body['receipt'] as ClaimedReceipt | undefined;
    return {
      outcome: 'ok',
      status,
      body,
      ...entry,
      ...(isCommand(kind) ? (receipt ? { receipt } : {}) : { shown: shownIn(kind, body) }),
    };
  }
  // 401 comes of a token that has just ended or a key that could not be had: nothing about the command was decided.
  const refused = status >= 400 && status < 500 && status !== 401 && !NOT_NOW.includes(status);
  return { outcome: refused ? 'fail' : 'unknown', status, body, ...code, ...entry };
}

/** What a lost answer leaves to say. */
export function lost(error: unknown): Omit<Ended, 'what' | 'n' | 'at'> {
  const code = (error as { code?: string }).code ?? (error as Error).message;
  return { outcome: 'unknown', status: 0, code };
}

function shownIn(kind: Kind, body: Body): string[] {
  if (kind !== 'list') return typeof body['id'] === 'string' ? [body['id']] : [];
  return ((body['items'] ?? []) as { id: string }[]).map((item) => item.id);
}

function parse(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
}
