import type { TriageDecision } from '@concordat/contracts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as yaml from 'yaml';

/** How far a demonstration referral is taken (packs/demo/README.md). */
export interface Bring {
  readonly status: 'draft' | 'received' | 'rated' | 'information-requested' | 'returned' | keyof typeof DECISIONS;
  readonly triagedBy?: string;
  readonly colour?: string;
  readonly assignedTo?: string;
  readonly note?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly explanation?: string;
  readonly outcome?: string;
  readonly question?: string;
  readonly answer?: string;
}

/** The decision that leads to each end of triage. */
export const DECISIONS = {
  accepted: 'accept',
  redirected: 'redirect',
  'stepped-up': 'step-up',
  'stepped-down': 'step-down',
  signposted: 'signpost',
  'no-further-action': 'no-further-action',
} as const satisfies Record<string, TriageDecision>;

export interface DemoReferral {
  readonly key: string;
  /** Username of who makes it. */
  readonly by: string;
  readonly bring: Bring;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Somebody whom one may sign in as. */
export interface SignInName {
  readonly username: string;
  readonly name: string;
  readonly organisation: string;
  readonly organisationId: string;
  readonly roles: readonly string[];
  readonly id: string;
}

/** The demonstration agreement: how it begins, and who signs it (packs/demo/agreement.yaml). */
export interface DemoAgreement {
  readonly [part: string]: unknown;
  readonly dpiaRef: string;
  readonly apdRef: string;
  /** Usernames: the first drafts it, the second checks it. */
  readonly signedBy: readonly string[];
}

/** Read from the source tree and from `dist` alike: beside `apps`, or beside the `dist` that `apps` is in. */
const FOLDER = ['../../../../packs/demo', '../../../../../packs/demo']
  .map((path) => join(__dirname, path))
  .find((path) => existsSync(join(path, 'partnership.yaml')));

/** The demonstration referrals, in the order of the file. Parses YAML: some 100 ms. */
export const demoReferrals = (): DemoReferral[] => parse<DemoReferral[]>('referrals.yaml');

export const demoAgreement = (): DemoAgreement => parse<DemoAgreement>('agreement.yaml');

/** The agreement under which members of the demonstration MARAC see each other's research (packs/demo/marac-agreement.yaml). */
export const demoMaracAgreement = (): DemoAgreement => parse<DemoAgreement>('marac-agreement.yaml');

/** A forum as its coordinator sets it up: people by usernames, agencies by codes (packs/demo/forums.yaml). */
export interface DemoForum {
  readonly [setting: string]: unknown;
  readonly setUpBy: string;
  /** Code of the agency that speaks with the person harmed before a meeting. */
  readonly advocate?: string;
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly chairs: readonly string[];
  readonly coordinators: readonly string[];
}

/** Where somebody is reached outside of the pages (packs/demo/contacts.yaml). */
export interface DemoContact {
  readonly username: string;
  readonly email?: string;
  readonly text?: string;
}

export const demoContacts = (): DemoContact[] => parse<DemoContact[]>('contacts.yaml');

export const demoForums = (): DemoForum[] => parse<DemoForum[]>('forums.yaml');

/** The people of the demonstration partnership who can sign in, in the order of the file. */
export function signInNames(): SignInName[] {
  const { organisations, people } = parse<PartnershipFile>('partnership.yaml');
  const known = new Map(organisations.map((o) => [o.code, o]));
  return people.map(({ id, username, displayName, organisation: code, roles }) => {
    const { name: organisation, id: organisationId } = known.get(code) ?? { name: code, id: code };
    return { id, username, name: displayName, organisation, organisationId, roles };
  });
}

interface PartnershipFile {
  readonly organisations: readonly { readonly id: string; readonly code: string; readonly name: string }[];
  readonly people: readonly {
    readonly id: string;
    readonly username: string;
    readonly displayName: string;
    readonly organisation: string;
    readonly roles: readonly string[];
  }[];
}

function parse<T>(name: string): T {
  if (FOLDER === undefined) throw new Error('packs/demo is not here: start with CONCORDAT_DEMO=no');
  // Required here: a start that loads nothing does not pay for the YAML parser.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('yaml') as typeof yaml).parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
}
