import { demand } from '@concordat/access';
import { Forbidden, type Action } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { isChair, leads, type Forum } from './forum';

/** Throws Forbidden unless the caller leads the forum: they chair or coordinate it. */
export function demandLead(tx: Tx, action: Action, forum: Pick<Forum, 'chairs' | 'coordinators'>): void {
  demand(tx.actor, action);
  if (!leads(forum, tx.actor.id))
    throw new Forbidden('forum.forbidden', 'Whoever chairs or coordinates this forum does this', ['forum.not-lead']);
}

/** Throws Forbidden unless the caller chairs the forum. */
export function demandChair(tx: Tx, action: Action, forum: Pick<Forum, 'chairs'>): void {
  demand(tx.actor, action);
  if (!isChair(forum, tx.actor.id))
    throw new Forbidden('forum.forbidden', 'A chair of this forum does this', ['forum.not-chair']);
}
