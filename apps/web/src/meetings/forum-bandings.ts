import type { Submitted } from '../design/submitted';

/** A scored instrument whose thresholds may be set for a forum, with those that the rules have. */
export interface Banded {
  readonly code: string;
  readonly title: string;
  /** Lowest first: it holds from 0. */
  readonly bands: readonly { readonly code: string; readonly title: string }[];
  readonly bandings: readonly { readonly id: string; readonly title: string; readonly verified: boolean }[];
  readonly given: string | null;
}
/** What is set of one. */
export interface ForumBanding {
  readonly instrument: string;
  readonly banding?: string;
  readonly from?: readonly { readonly band: string; readonly value: number }[];
  readonly source?: string;
}

/** What stands for thresholds of the forum itself, among the choices. */
const OWN = 'own';
const at = (instrument: string, ...rest: string[]): string => ['bandings', instrument, ...rest].join('.');

/** What may be chosen of each instrument, for the form. Pure, as everything here. */
export const bandingChoices = (banded: readonly Banded[]) =>
  banded.map(({ code, title, bands, bandings, given }) => ({
    ...{ title, field: at(code), source: at(code, 'source') },
    blank: `As the rules give them: ${bandings.find(({ id }) => id === given)?.title ?? 'those of the instrument'}`,
    choices: [
      ...bandings.map((each) => ({
        value: each.id,
        text: each.verified ? each.title : `${each.title} (not verified)`,
      })),
      { value: OWN, text: 'Thresholds of this forum itself, entered below' },
    ],
    levels: bands.slice(1).map((band) => ({ title: band.title, field: at(code, 'from', band.code) })),
  }));

/** What stands in the form of what is set. */
export const bandingValues = (bandings: readonly ForumBanding[]): Record<string, string> =>
  Object.fromEntries(
    bandings.flatMap(({ instrument, banding, from = [], source }): (readonly [string, string])[] => [
      [at(instrument), banding ?? OWN] as const,
      ...from.map(({ band, value }) => [at(instrument, 'from', band), String(value)] as const),
      ...(source ? [[at(instrument, 'source'), source] as const] : []),
    ]),
  );

/** What was sent, as the API takes it: of each instrument of which something was chosen. */
export function bandingsFrom(sent: Submitted, banded: readonly Banded[]): ForumBanding[] {
  return banded.flatMap(({ code, bands }): ForumBanding[] => {
    const chosen = sent.text(at(code));
    if (chosen === undefined) return [];
    if (chosen !== OWN) return [{ instrument: code, banding: chosen }];
    const from = bands.slice(1).flatMap(({ code: band, title }) => {
      const value = sent.count(at(code, 'from', band), `From which score ${title} is reached`);
      return value === undefined ? [] : [{ band, value }];
    });
    return [{ instrument: code, from, source: sent.text(at(code, 'source')) ?? '' }];
  });
}

/** What is set of thresholds, in sentences. */
export const bandingTexts = (bandings: readonly ForumBanding[], banded: readonly Banded[]): string[] =>
  banded.map(({ code, title, bands, bandings: known, given }) => {
    const own = bandings.find(({ instrument }) => instrument === code);
    const levels = (own?.from ?? []).map(
      ({ band, value }) => `${bands.find((each) => each.code === band)?.title ?? band} from ${value}`,
    );
    if (own?.from) return `${title}: ${levels.join(', ')}. ${own.source ?? ''}`;
    const named = known.find(({ id }) => id === (own?.banding ?? given))?.title ?? 'those of the instrument';
    return `${title}: ${named}${own ? ', as this forum has chosen' : ''}`;
  });
