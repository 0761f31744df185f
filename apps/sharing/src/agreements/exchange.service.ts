import { demand } from '@concordat/access';
import { agencyTypes } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Invalid, Peers, SETTINGS, valid, type Call, type Settings } from '@concordat/platform';
import { draftOf, lossesOf, policyOf, type Agreement, type DraftOfPolicy, type Party } from '@concordat/sharing';
import { Inject, Injectable } from '@nestjs/common';
import { Law } from '../law';
import { BringInDto } from './agreements.dto';
import { visibleAgreement } from './agreements.repository';
import { AgreementsService } from './agreements.service';
import { usualParty } from './beginning';
import { asFields } from './reading-terms';

interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly active: boolean;
}

/** Agreements in the draft vocabulary of Social Care Data (MAIS): given to other systems, and drafted from what they say. */
@Injectable()
export class AgreementsExchange {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly peers: Peers,
    private readonly law: Law,
    private readonly agreements: AgreementsService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** A version as a SharingPolicy. It names organisations, no people, and the places in its terms that it cannot say. */
  async policy(call: Call, id: string) {
    const organisations = await this.organisations();
    const names = new Map(organisations.map(({ id, name }) => [id, name]));
    const act = { action: 'agreement.take-copy', call, objects: [{ t: 'agreement' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const { document } = await visibleAgreement(tx, id);
      demand(tx.actor, 'agreement.take-copy');
      tx.about({ rule: `${document.id}@${document.version}`, items: ['mais'] });
      const told = {
        organisation: (orgId: string) => names.get(orgId) ?? 'An organisation',
        published: this.published(document),
      };
      const policy = { ...policyOf(document, this.law.mais, told), 'concordat:notSaid': this.losses(document) };
      return { name: `${document.id}-${document.version}.mais.json`, policy };
    });
  }

  /** What its machine-readable copies cannot say, by place. */
  copies(call: Call, id: string) {
    const act = { action: 'agreement.view', call, objects: [{ t: 'agreement' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const { document } = await visibleAgreement(tx, id);
      demand(tx.actor, 'agreement.view');
      tx.about({ rule: `${document.id}@${document.version}` });
      const { id: code, version, title } = document;
      return { code, number: version, title, mais: { notSaid: this.losses(document) } };
    });
  }

  /** A draft of what another system says. Nothing of it is in force before it is completed, checked and signed here. */
  async bringIn(call: Call) {
    const organisations = await this.organisations();
    return this.agreements.broughtIn(call, () => {
      const { content } = valid(BringInDto, call.body);
      const read = draftOf(
        content,
        this.law.mais,
        ({ Name }, orgId) => recognise(organisations, Name, orgId),
        this.law.table,
      );
      if (!read.ok) throw new Invalid(asFields('content', read.problems));
      return { document: read.value.agreement, reason: reasonOf(read.value) };
    });
  }

  private losses(document: Agreement): readonly string[] {
    return lossesOf(document, this.law.mais, ({ orgId, agencyType }) => usualParty(orgId, agencyType));
  }

  /** Where the machine-readable copy is published while it is in force; its own name where nobody has said where we are. */
  private published({ id, version }: Agreement): string {
    const { PUBLIC_URL } = this.settings;
    if (!PUBLIC_URL) return `urn:concordat:agreement:${encodeURIComponent(`${id}@${version}`)}`;
    return new URL(`/published-agreements/${encodeURIComponent(id)}`, PUBLIC_URL).href;
  }

  private async organisations(): Promise<readonly Organisation[]> {
    type Told = { readonly organisations: readonly Organisation[] };
    return (await this.peers.get<Told>('sharing', 'identity', '/organisations')).organisations;
  }
}

/** An organisation by the id that stands for its catalogue id; without one, by its name, if one alone is called so. Pure. */
function recognise(all: readonly Organisation[], name: string, orgId: string | undefined): Party | undefined {
  const called = (o: Organisation): boolean => o.name.toLowerCase() === name.trim().toLowerCase();
  const found = all.filter((o) => o.active && (orgId === undefined ? called(o) : o.id === orgId));
  const [one] = found;
  const kind = agencyTypes.find((type) => type === one?.type);
  return one && kind && found.length === 1 ? usualParty(one.id, kind) : undefined;
}

/** What whoever goes on with the draft has to look at, by place: it stays with what was done to it. */
function reasonOf({ assumed, left }: DraftOfPolicy): string {
  const told = [`Not said there, so to be confirmed: ${assumed.join(', ')}`];
  if (left.length > 0) told.push(`Said there, and to be written here: ${left.join(', ')}`);
  return told.join('. ');
}
