import { named, type Agreement, type Category, type Party } from './agreement';
import { instantOf } from './reading';

/** One party may send another these items for a purpose, under one flow of an agreement. */
export interface Arrow {
  /** `id@version` */
  readonly isa: string;
  readonly title: string;
  readonly flow: string;
  readonly purpose: string;
  /** orgIds. */
  readonly from: string;
  readonly to: string;
  readonly items: readonly { readonly code: string; readonly category: Category }[];
}

/** What of the picture is asked for; an absent one means any. */
export interface PictureFilter {
  readonly purpose?: string;
  readonly category?: Category;
}

/**
 * pictureOf draws who may send what to whom under agreements in force at an instant: an arrow for each flow from each live
 * party that it names to each other one. It shows what flows carry; whether one act may be done is for the decision point,
 * which asks for more (basis, consent, setting). Accords permit nothing and are not in it. In the order of purpose, then flow.
 */
export function pictureOf(inForce: readonly Agreement[], at: Date, filter: PictureFilter = {}): readonly Arrow[] {
  return inForce
    .filter(({ tier }) => tier !== 'ACCORD' && tier !== 'OVERARCHING')
    .flatMap((agreement) => arrowsOf(agreement, at, filter))
    .sort((a, b) => a.purpose.localeCompare(b.purpose) || a.isa.localeCompare(b.isa) || a.flow.localeCompare(b.flow));
}

function arrowsOf(agreement: Agreement, at: Date, { purpose, category }: PictureFilter): Arrow[] {
  const live = agreement.parties.filter((party) => isLive(party, at.getTime()));
  const isa = `${agreement.id}@${agreement.version}`;
  return agreement.flows
    .filter((flow) => purpose === undefined || flow.purpose === purpose)
    .flatMap((flow) => {
      const items = agreement.dataItems
        .filter((item) => flow.items.includes(item.code) && (category === undefined || item.category === category))
        .map(({ code, category: of }) => ({ code, category: of }));
      if (items.length === 0) return [];
      const senders = live.filter((party) => named(flow.from, party));
      const recipients = live.filter((party) => named(flow.to, party));
      return senders.flatMap(({ orgId: from }) =>
        recipients
          .filter(({ orgId }) => orgId !== from)
          .map(({ orgId: to }) => ({
            ...{ isa, title: agreement.title, flow: flow.id, purpose: flow.purpose, from, to, items },
          })),
      );
    });
}

/** Whether a party takes part at an instant, in milliseconds: joined, signed and not left. */
export const isLive = ({ joinedAt, signedAt, withdrawnAt }: Party, at: number): boolean =>
  joinedAt !== undefined &&
  signedAt !== undefined &&
  Math.max(instantOf(joinedAt), instantOf(signedAt)) <= at &&
  (withdrawnAt === undefined || at < instantOf(withdrawnAt));
