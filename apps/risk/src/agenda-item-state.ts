import { IllegalTransition, type AgendaItemState } from '@concordat/contracts';
import type { MeetingCommand } from './meeting';

/** What can be done about one case on an agenda. Each is a command of its meeting as well, which must be open there too. */
export const itemCommands = [
  'name-home-agency',
  'research',
  'open-case',
  'defer',
  'keep-presence',
  'admit-observer',
  'note',
  'propose-action',
  'put-to-vote',
  'vote',
  'hear',
  'amend',
] as const satisfies readonly MeetingCommand[];
export type ItemCommand = (typeof itemCommands)[number];

interface Open {
  readonly from: readonly AgendaItemState[];
  /** Where it leads; absent where the case stays as it stands. */
  readonly to?: AgendaItemState;
}
/** In which states of a case each may be done (domain/risk-conferences.md §7). */
const OPEN: Readonly<Record<ItemCommand, Open>> = {
  'name-home-agency': { from: ['listed', 'open'] },
  research: { from: ['listed', 'open', 'heard'] },
  'open-case': { from: ['listed'], to: 'open' },
  defer: { from: ['listed', 'open'], to: 'deferred' },
  'keep-presence': { from: ['open', 'heard'] },
  'admit-observer': { from: ['open'] },
  note: { from: ['open', 'heard'] },
  'propose-action': { from: ['open', 'heard'] },
  'put-to-vote': { from: ['open'] },
  vote: { from: ['open'] },
  hear: { from: ['open'], to: 'heard' },
  amend: { from: ['heard'] },
};

/** Whether a command is open for a case where it stands. Pure, as everything here. */
export const itemOpen = (state: AgendaItemState, command: ItemCommand): boolean => OPEN[command].from.includes(state);

/** The state that a command leads to; null where the case stays as it stands. */
export const itemTaken = (command: ItemCommand): AgendaItemState | null => OPEN[command].to ?? null;

/** Throws IllegalTransition (409) unless the command is open for a case where it stands. */
export function mustBe({ state }: { readonly state: AgendaItemState }, command: ItemCommand): void {
  if (!itemOpen(state, command))
    throw new IllegalTransition('agenda-item.not-open', 'This cannot be done where the case stands now', state);
}
