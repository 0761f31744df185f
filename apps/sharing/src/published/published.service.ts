import { UnitOfWork } from '@concordat/messaging';
import { NotFound, Peers, serviceActorId, systemCall } from '@concordat/platform';
import { inForceNow, publishedOf, type PublishedAgreement } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { RegisterKeeper } from '../register-keeper';
import { recordsOf, registerRevision } from './published.repository';

/** Anybody may read this, so while nothing changes it is read, and put on record, once in this time, however many ask. */
const FRESH_MS = 30_000;
const SYSTEM = serviceActorId('sharing');
const call = () => systemCall(SYSTEM, 'publication');

/** An agreement as anybody may read it, its parties by name. */
export type Published = Omit<PublishedAgreement, 'parties'> & {
  readonly parties: readonly (PublishedAgreement['parties'][number] & { readonly name: string })[];
};

interface Organisations {
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

/** Agreements in force, as far as they let themselves be published. Each reading of them for publication is on record. */
@Injectable()
export class PublishedService {
  private kept: {
    readonly revision: string;
    readonly until: number;
    readonly all: Promise<readonly Published[]>;
  } | null = null;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly register: RegisterKeeper,
    private readonly peers: Peers,
  ) {}

  async list() {
    return { agreements: await this.current() };
  }

  /** One by its own id. Throws NotFound when none of that id is in force. */
  async view(code: string): Promise<Published> {
    const found = (await this.current()).find(({ id }) => id === code);
    if (!found) throw new NotFound('agreement');
    return found;
  }

  /** What is kept, unless an agreement has changed since: what was suspended a moment ago is published no more. */
  private async current(): Promise<readonly Published[]> {
    let revision = '';
    await this.unit.project(call(), async (tx) => {
      revision = await registerRevision(tx);
    });
    if (this.kept && this.kept.revision === revision && this.kept.until > Date.now()) return this.kept.all;
    const all = this.read();
    this.kept = { revision, until: Date.now() + FRESH_MS, all };
    // What failed is tried again by the next who asks.
    all.catch(() => (this.kept = null));
    return all;
  }

  private async read(): Promise<readonly Published[]> {
    const { organisations } = await this.peers.get<Organisations>('sharing', 'identity', '/organisations');
    const names = new Map(organisations.map(({ id, name }) => [id, name]));
    return this.unit.read({ action: 'agreement.publish', call: call() }, async (tx) => {
      const agreements = await this.register.agreements(tx);
      const inForce = inForceNow(agreements, await this.register.now(tx), tx.now);
      tx.about({ objects: (await recordsOf(tx, inForce)).map((id) => ({ t: 'agreement', id })) });
      return inForce
        .map((agreement) => publishedOf(agreement, tx.now))
        .map((one) => ({
          ...one,
          parties: one.parties.map((party) => ({ ...party, name: names.get(party.orgId) ?? 'An organisation' })),
        }))
        .sort((a, b) => a.title.localeCompare(b.title) || a.id.localeCompare(b.id));
    });
  }
}
