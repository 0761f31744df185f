import { canonicalJson } from '@concordat/ledger';
import { hash } from 'node:crypto';
import type { DecisionRequest } from './request';

/** digestOf is the SHA-256, in hexadecimal, of the RFC 8785 form of a well-formed request. */
export const digestOf = (request: DecisionRequest): string => hash('sha256', canonicalRequest(request), 'hex');

/** digestOfAnything does what it can for what is not a request; null when canonical JSON cannot say it. */
export function digestOfAnything(input: unknown): string | null {
  try {
    return hash('sha256', canonicalJson(input), 'hex');
  } catch {
    return null;
  }
}

/**
 * canonicalRequest writes what canonicalJson would, three times as fast: members are known and their names sorted here, and a
 * well-formed request's names need no escaping. A property test compares the two.
 */
export function canonicalRequest(r: DecisionRequest): string {
  const { actor, consent, conditions, origin } = r;
  let text = r.action === undefined ? '{' : `{"action":"${r.action}",`;
  text += `"actor":{"orgId":"${actor.orgId}","permissions":${names(actor.permissions)},"userId":"${actor.userId}"},`;
  text += `"agreementId":"${r.agreementId}","at":"${r.at}",`;
  if (r.breakGlass !== undefined) text += `"breakGlass":${canonicalJson(r.breakGlass)},`;
  text += `"classification":"${r.classification}","conditions":${facts(conditions)},"consent":{`;
  if (consent.refusalNote !== undefined) text += `"refusalNote":${canonicalJson(consent.refusalNote)},`;
  text += `"state":"${consent.state}"`;
  text += consent.withoutReason === undefined ? '},' : `,"withoutReason":"${consent.withoutReason}"},`;
  if (r.contentHash !== undefined) text += `"contentHash":"${r.contentHash}",`;
  text += `"items":${names(r.items)},"kind":"${r.kind}",`;
  if (r.meetingId !== undefined) text += `"meetingId":"${r.meetingId}",`;
  text += `"method":"${r.method}",`;
  if (origin !== undefined) text += `"origin":${canonicalJson(origin)},`;
  if (r.publicInterestRef !== undefined) text += `"publicInterestRef":"${r.publicInterestRef}",`;
  text += `"purpose":"${r.purpose}","recipients":${names(r.recipients)},"requestId":"${r.requestId}",`;
  text += `"sender":"${r.sender}","setting":"${r.setting}",`;
  if (r.statement !== undefined) text += `"statement":${canonicalJson(r.statement)},`;
  text += `"subjects":${subjects(r.subjects)}`;
  return r.version === undefined ? `${text}}` : `${text},"version":"${r.version}"}`;
}

function names(all: readonly string[]): string {
  if (all.length === 0) return '[]';
  let text = `["${all[0]}"`;
  for (let i = 1; i < all.length; i++) text += `,"${all[i]}"`;
  return `${text}]`;
}

function facts(conditions: DecisionRequest['conditions']): string {
  const keys = Object.keys(conditions);
  if (keys.length === 0) return '{}';
  if (keys.length > 1) keys.sort();
  let text = '{';
  for (const key of keys) text += `${text.length > 1 ? ',' : ''}"${key}":${conditions[key]}`;
  return `${text}}`;
}

function subjects(all: DecisionRequest['subjects']): string {
  let text = '[';
  for (const { about, deceased, match, pid } of all) {
    if (text.length > 1) text += ',';
    text += `{"about":"${about}","deceased":${deceased},"match":"${match}","pid":"${pid}"}`;
  }
  return `${text}]`;
}
