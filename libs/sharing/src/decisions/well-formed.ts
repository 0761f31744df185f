import { classifications, subjectKinds } from '../agreement';
import { instantOf } from '../reading';
import {
  consentStates,
  isNote,
  kinds,
  matches,
  MOST_NAMES,
  NAME,
  parseDecisionRequest,
  settings,
  withoutReasons,
  type DecisionRequest,
} from './request';

/*
 * R1 on the hot path: the same answer as parseDecisionRequest, without building anything. A property test holds the two
 * together. Members are counted as they are met, so that an unknown one, such as a misspelt `origin`, shows in the sum.
 */
const setOf = (codes: readonly string[]): ReadonlySet<unknown> => new Set(codes);
const KINDS = setOf(kinds);
const CLASSES = setOf(classifications);
const SETTINGS = setOf(settings);
const STATES = setOf(consentStates);
const WITHOUT = setOf(withoutReasons);
const ABOUT = setOf(subjectKinds);
const MATCHES = setOf(matches);
const MEMBERS_NEEDED = 15;

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): boolean => typeof value === 'string' && NAME.test(value);
const memberCount = (value: Loose): number => Object.keys(value).length;

function areNames(value: unknown, least: number, once: boolean): boolean {
  if (!Array.isArray(value) || value.length < least || value.length > MOST_NAMES) return false;
  for (let i = 0; i < value.length; i++) {
    if (!isName(value[i])) return false;
    if (once) for (let j = 0; j < i; j++) if (value[j] === value[i]) return false;
  }
  return true;
}

/** wellFormed tells whether an untrusted value is a request that can be decided. */
export function wellFormed(r: unknown): r is DecisionRequest {
  if (!isObject(r)) return false;
  // An emergency is rare and its part is large: the slow reader will do.
  if (r['breakGlass'] !== undefined) return parseDecisionRequest(r).ok;
  const { actor, consent } = r;
  return (
    isName(r['requestId']) &&
    typeof r['at'] === 'string' &&
    !Number.isNaN(instantOf(r['at'])) &&
    KINDS.has(r['kind']) &&
    isName(r['agreementId']) &&
    isName(r['sender']) &&
    areNames(r['recipients'], 1, true) &&
    isObject(actor) &&
    memberCount(actor) === 3 &&
    isName(actor['userId']) &&
    isName(actor['orgId']) &&
    areNames(actor['permissions'], 0, false) &&
    isName(r['purpose']) &&
    areNames(r['items'], 1, true) &&
    areFacts(r['conditions']) &&
    areSubjects(r['subjects']) &&
    isName(r['method']) &&
    CLASSES.has(r['classification']) &&
    SETTINGS.has(r['setting']) &&
    isConsent(consent) &&
    optionalMembers(r) === memberCount(r) - MEMBERS_NEEDED
  );
}

const OPTIONAL_NAMES = ['action', 'version', 'contentHash', 'meetingId', 'publicInterestRef'] as const;

/** How many optional members there are, or -1 when one of them is wrong. */
function optionalMembers(r: Loose): number {
  let count = 0;
  for (const key of OPTIONAL_NAMES) {
    const value = r[key];
    if (value === undefined) continue;
    if (!isName(value)) return -1;
    count++;
  }
  const { statement, origin } = r;
  if (statement !== undefined) {
    if (!isNote(statement)) return -1;
    count++;
  }
  if (origin !== undefined) {
    if (!isOrigin(origin)) return -1;
    count++;
  }
  return count;
}

function areFacts(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (keys.length > MOST_NAMES) return false;
  for (const key of keys) if (typeof value[key] !== 'boolean' || !NAME.test(key)) return false;
  return true;
}

function areSubjects(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MOST_NAMES) return false;
  for (let i = 0; i < value.length; i++) {
    const one: unknown = value[i];
    if (!isObject(one) || memberCount(one) !== 4 || !isName(one['pid']) || typeof one['deceased'] !== 'boolean') {
      return false;
    }
    if (!ABOUT.has(one['about']) || !MATCHES.has(one['match'])) return false;
  }
  return true;
}

function isConsent(value: unknown): boolean {
  if (!isObject(value) || !STATES.has(value['state'])) return false;
  const { withoutReason, refusalNote } = value;
  let count = 1;
  if (withoutReason !== undefined) {
    if (!WITHOUT.has(withoutReason)) return false;
    count++;
  }
  if (refusalNote !== undefined) {
    if (!isNote(refusalNote)) return false;
    count++;
  }
  return count === memberCount(value);
}

const ORIGIN_NAMES = ['agreementId', 'version', 'flowId', 'consentRef'] as const;

function isOrigin(value: unknown): boolean {
  if (!isObject(value) || !isName(value['orgId'])) return false;
  let count = 1;
  for (const key of ORIGIN_NAMES) {
    const each = value[key];
    if (each === undefined) continue;
    if (!isName(each)) return false;
    count++;
  }
  return count === memberCount(value);
}
