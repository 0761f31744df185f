import { Forbidden, IllegalTransition } from '@concordat/platform';
import type { Ownership } from '../apis/transfers';

/** Throws unless the visitor may offer the case now: its owner may, or a lead of the agency that leads it; one offer at a time. */
export function demandTransferable({ may, onOffer }: Ownership): void {
  if (!may.transfer) throw new Forbidden('page.forbidden', 'Its owner decides whom this case passes to');
  if (onOffer) throw new IllegalTransition('transfer.open', 'This case is on offer already', 'offered');
}
