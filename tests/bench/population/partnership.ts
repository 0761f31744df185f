import type { Role } from '@concordat/contracts';
import type { Actor } from '@concordat/platform';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Random } from '../../faults/random';
import { familyName } from './content';
import { given } from './names';

interface Account {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
  readonly mayReceive: boolean;
}

/** A partnership as its file says it (apps/identity: PartnershipFile). */
export interface PartnershipOf {
  readonly organisations: readonly { readonly id: string; readonly code: string }[];
  readonly areas: readonly { readonly id: string; readonly code: string; readonly lead: string }[];
  readonly people: readonly Account[];
}

/** The share of referrals that each area receives: one council sees half of everything, as in a partnership of a county. */
const SHARES: Readonly<Record<string, number>> = {
  northbank: 30,
  harbourside: 20,
  eastvale: 20,
  westmoor: 12,
  southfold: 10,
  highmere: 8,
};
const COUNCILS = ['westmoor', 'southfold', 'highmere'];
const JOINED = 20;

/** partnership is the demonstration's, with three more councils and, for each organisation, twenty more staff; as YAML (JSON). */
export function partnership(seed: number): string {
  const random = new Random(`${seed}/partnership`);
  const file = parse(readFileSync('packs/demo/partnership.yaml', 'utf8')) as PartnershipOf & {
    organisations: object[];
    areas: object[];
    people: object[];
  };
  for (const code of COUNCILS) {
    const id = uuid(random);
    file.organisations.push({ id, code: `${code}-council`, name: `${title(code)} Council`, agencyType: 'COUNCIL' });
    file.areas.push({ id: uuid(random), code, name: title(code), lead: `${code}-council` });
  }
  const areas = file.areas.map((a) => a.code);
  for (const { code } of file.organisations) {
    const led = file.areas.filter((a) => a.lead === code).map((a) => a.code);
    for (let n = 1; n <= JOINED; n++) {
      const leads = led.length > 0 && n % 4 === 0;
      file.people.push({
        id: uuid(random),
        username: `${code}-${n}`,
        displayName: `${given[random.chance(0.6) ? 'female' : 'male'].draw(random)} ${familyName(random)}`,
        organisation: code,
        roles: [leads ? 'safeguarding-lead' : 'practitioner'],
        areas: led.length > 0 ? led : areas,
        mayReceive: true,
      });
    }
  }
  return JSON.stringify(file, null, 1);
}

/** The people of a partnership as the simulation needs them. */
export class Staff {
  private readonly orgs: ReadonlyMap<string, string>;
  private readonly areaIds: ReadonlyMap<string, string>;
  private readonly all: readonly { readonly account: Account; readonly actor: Actor }[];
  /** Areas with their lead organisation, by id. */
  readonly leads: ReadonlyMap<string, string>;

  constructor(readonly file: PartnershipOf) {
    this.orgs = new Map(file.organisations.map((o) => [o.code, o.id]));
    this.areaIds = new Map(file.areas.map((a) => [a.code, a.id]));
    this.leads = new Map(file.areas.map((a) => [a.id, this.orgs.get(a.lead)!]));
    this.all = file.people.map((account) => ({
      account,
      actor: {
        kind: 'user',
        id: account.id,
        orgId: this.orgs.get(account.organisation)!,
        roles: account.roles,
        areas: account.areas.map((code) => this.areaIds.get(code)!),
      },
    }));
    for (const { actor } of this.all) {
      const kept = this.byOrg.get(actor.orgId!) ?? [];
      this.byOrg.set(actor.orgId!, [...kept, actor]);
    }
  }

  private readonly byOrg = new Map<string, Actor[]>();

  static of(text: string): Staff {
    return new Staff(parse(text) as PartnershipOf);
  }

  get organisations(): readonly string[] {
    return [...this.orgs.values()];
  }

  /** An area, as often as it receives referrals. */
  area(random: Random): string {
    return this.areaIds.get(random.weighted(SHARES))!;
  }

  /** Somebody by the name under which they sign in. */
  named(username: string): Actor {
    return this.all.find((p) => p.account.username === username)!.actor;
  }

  usernameOf(id: string): string {
    return this.all.find((p) => p.actor.id === id)!.account.username;
  }

  /** Those of an organisation with one of these roles. */
  with(roles: readonly string[], org: string): Actor[] {
    return (this.byOrg.get(org) ?? []).filter((actor) => actor.roles.some((role) => roles.includes(role)));
  }

  /** Somebody who refers: of any organisation, practitioners mostly. */
  referrer(random: Random): Actor {
    for (;;) {
      const { actor } = random.pick(this.all);
      if (actor.roles.includes('practitioner')) return actor;
    }
  }

  /** A lead of an organisation who covers an area. */
  lead(random: Random, org: string, area: string): Actor {
    const able = (this.byOrg.get(org) ?? []).filter(
      (a) => a.roles.includes('safeguarding-lead') && (a.areas.length === 0 || a.areas.includes(area)),
    );
    return random.pick(able);
  }

  /** Staff of an organisation to whom a referral of an area may be given. */
  mayReceive(id: string, org: string, area: string): boolean {
    const found = this.all.find((p) => p.actor.id === id && p.actor.orgId === org);
    if (!found?.account.mayReceive) return false;
    const able = found.actor.roles.some((r) => r === 'safeguarding-lead' || r === 'practitioner');
    return able && (found.actor.areas.length === 0 || found.actor.areas.includes(area));
  }

  /** Somebody of an organisation, in one of some roles. */
  of(random: Random, org: string, roles: readonly Role[]): Actor | undefined {
    const able = (this.byOrg.get(org) ?? []).filter((a) => roles.some((r) => a.roles.includes(r)));
    return able.length > 0 ? random.pick(able) : undefined;
  }
}

/** A UUID of version 4 from the seed, so that the partnership of a seed is always the same. */
function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const title = (code: string): string => code[0]!.toUpperCase() + code.slice(1);
