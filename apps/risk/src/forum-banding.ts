import { inForce, type Band, type Banding, type ForumKind, type Instrument } from '@concordat/packs';
import { bandingOf } from './scoring';

/** What a place sets of the thresholds of an instrument: one of its bandings in the pack, or its own. */
export interface ForumBanding {
  readonly instrument: string;
  /** Absent where the thresholds are the forum's own. */
  readonly banding?: string;
  /** The forum's own: the least score of each band but the lowest, which holds from 0. */
  readonly from?: readonly { readonly band: string; readonly value: number }[];
  /** Who decided them, and where that stands. Of the forum's own only. */
  readonly source?: string;
}

/** By which thresholds an assessment follows, as they stood when it was begun. Kept with it: later settings change nothing. */
export interface Practice {
  /** For which forum it is made. */
  readonly forum: { readonly id: string; readonly version: number; readonly kind: string; readonly title: string };
  /** Who says that these thresholds hold: the forum's settings, its kind in the pack, or the instrument by default. */
  readonly setBy: 'forum' | 'kind' | 'instrument';
  /** Null of an instrument without a score. */
  readonly banding: Banding | null;
}

interface BandingForum {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly title: string;
  readonly bandings?: readonly ForumBanding[];
}

/**
 * By which thresholds somebody is assessed for a forum: its own settings before what its kind says, and that before the default of
 * the instrument (domain/risk-conferences.md §1). Null when what the forum or its kind chose is not in force, so that nothing else
 * takes its place unsaid. Pure.
 */
export function practiceOf(
  instrument: Instrument,
  forum: BandingForum,
  kind: Pick<ForumKind, 'bandings'>,
  day: string,
): Practice | null {
  const { id, version, title } = forum;
  const of = (setBy: Practice['setBy'], banding: Banding | null): Practice => ({
    ...{ forum: { id, version, kind: forum.kind, title }, setBy },
    banding,
  });
  const own = forum.bandings?.find((each) => each.instrument === instrument.code);
  const named = kind.bandings?.find((each) => each.instrument === instrument.code);
  if (instrument.scoring === 'none') return of('instrument', null);
  if (own?.from && wrongBanding(own, instrument, day).length > 0) return null;
  const banding = own?.from
    ? ownBanding(own, instrument, forum, day)
    : bandingOf(instrument, day, own?.banding ?? named?.banding ?? instrument.banding);
  return banding && of(own ? 'forum' : named ? 'kind' : 'instrument', banding);
}

/** A forum's own thresholds as a banding: its version is that of the forum's settings. */
function ownBanding({ from = [], source = '' }: ForumBanding, { bands }: Instrument, forum: BandingForum, day: string) {
  const thresholds = bands.flatMap(({ code: band }, rank): Banding['thresholds'][number][] => {
    const value = rank === 0 ? 0 : from.find((each) => each.band === band)?.value;
    return value === undefined ? [] : [{ operator: '>=', value, band }];
  });
  const { version, title } = forum;
  return {
    id: 'forum',
    version,
    title: `Thresholds of ${title}`,
    effectiveFrom: day,
    source,
    verified: false,
    thresholds,
  };
}

const MOST_POINTS = 1_000;

/** What is wrong with what a place sets of one instrument, as pairs of field and what to do. Pure. */
function wrongBanding(
  { instrument: code, banding, from, source }: ForumBanding,
  instrument: Instrument,
  day: string,
): { field: string; message: string }[] {
  const at = `bandings.${code}`;
  if (banding !== undefined)
    return inForce(instrument.bandings, day).some(({ id }) => id === banding) && from === undefined
      ? []
      : [{ field: at, message: 'Choose thresholds that are in force, or enter your own' }];
  const problems: { field: string; message: string }[] = [];
  const [, ...above] = instrument.bands;
  let last = 0;
  for (const { code: band, title } of above) {
    const value = from?.find((each) => each.band === band)?.value;
    if (value === undefined) continue;
    if (value <= last || value > MOST_POINTS)
      problems.push({ field: `${at}.from.${band}`, message: `Enter a score for ${title} above ${last}` });
    last = value;
  }
  if (from?.some(({ band }) => !above.some((each) => each.code === band)))
    problems.push({ field: at, message: 'Enter scores for its levels only' });
  if (last === 0 && problems.length === 0)
    problems.push({ field: `${at}.from.${top(above)}`, message: 'Enter from which score a level is reached' });
  if (!source?.trim()) problems.push({ field: `${at}.source`, message: 'Say who decided these thresholds, and when' });
  return problems;
}
const top = (bands: readonly Band[]): string => bands.at(-1)?.code ?? '';

/**
 * What is wrong with the thresholds that a place sets for its forum: each of a scored instrument, once. Pure.
 * @param instrumentOf the instrument of a code as it is in force, if it is
 */
export function wrongBandings(
  bandings: readonly ForumBanding[],
  instrumentOf: (code: string) => Instrument | undefined,
  day: string,
): { field: string; message: string }[] {
  return bandings.flatMap((each, index) => {
    const [instrument, field] = [instrumentOf(each.instrument), `bandings.${each.instrument}`];
    if (!instrument || instrument.scoring === 'none')
      return [{ field, message: 'There is no such instrument with a score' }];
    if (bandings.findIndex((other) => other.instrument === each.instrument) < index)
      return [{ field, message: 'Set the thresholds of each instrument once' }];
    return wrongBanding(each, instrument, day);
  });
}
