import {
  addressLines,
  births,
  forenames,
  nicknamesOf,
  postcodes,
  surnames,
  turned,
  yearsApart,
  type Nicknames,
} from './agreement';
import type { Prepared, PreparedName } from './facts';
import {
  bands,
  bitsOf,
  type Band,
  type Frequencies,
  type Likelihood,
  type MatchingField,
  type MatchingModel,
} from './model';
import { wordsFor } from './words';

/** One field's part in a comparison: how it agreed, what that is worth in bits, and that in words without any value. */
export interface Reason {
  readonly field: MatchingField | 'household';
  readonly level: string;
  /** Bits for (positive) or against (negative) one person. */
  readonly bits: number;
  readonly words: string;
}

export interface Comparison {
  /** Sum of the fields' bits, after what families and conflicts take away. */
  readonly bits: number;
  /** Null when it is not worth anybody's look. */
  readonly band: Band | null;
  /** Different numbers of a kind of which a person has one: never a match, whatever else agrees. */
  readonly conflict: boolean;
  readonly reasons: readonly Reason[];
}

type Weighed = Omit<Reason, 'words'>;
/** Kinds of which nobody has two. */
const ONE_EACH = 'nhs-number';

/** Compares people by a model. Pure; one matcher serves any number of comparisons. */
export class Matcher {
  private readonly nicknames: Nicknames;

  /** `frequencies` are those of the place where it is used; without them the pack's own u stands for every value. */
  constructor(
    readonly model: MatchingModel,
    private readonly frequencies: Frequencies | null = null,
  ) {
    this.nicknames = nicknamesOf(model.nicknames);
  }

  /** compare weighs two people's facts field by field. Symmetric: the order of the two does not matter. */
  compare(a: Prepared, b: Prepared): Comparison {
    const numbers = this.numbers(a, b);
    if (numbers === 'conflict') {
      const reason = { field: ONE_EACH, level: 'conflict', bits: -Infinity } as const;
      return { bits: -Infinity, band: null, conflict: true, reasons: [explained(reason)] };
    }
    const name = this.names(a, b);
    const birth = this.birth(a, b);
    const place = this.place(a, b);
    const weighed = [...name, ...birth, ...place, ...this.sex(a, b), ...this.phone(a, b), ...numbers];
    let bits = weighed.reduce((sum, w) => sum + w.bits, 0);
    // The same NHS number, which is one person's own, outweighs what families share.
    const cap = numbers.some((n) => n.field === ONE_EACH) ? null : this.limit(a, b, [...name, ...birth, ...place]);
    if (cap && bits > cap.most) {
      weighed.push({ field: 'household', level: cap.level, bits: cap.most - bits });
      bits = cap.most;
    }
    return { bits, band: this.band(bits), conflict: false, reasons: weighed.map(explained) };
  }

  band(bits: number): Band | null {
    return bands.findLast((band) => bits >= this.model.bands[band]) ?? null;
  }

  /** The best of all pairs of names, written straight or the wrong way round. */
  private names(a: Prepared, b: Prepared): Weighed[] {
    const chances = a.names.length * b.names.length;
    let best: Weighed[] = [];
    a.names.forEach((x, i) =>
      b.names.forEach((y, j) => {
        // Turned round, either of the two may be the one that is written right.
        const round = better(this.name(x, turned(y), true), this.name(turned(x), y, true));
        const found = better(this.name(x, y, false), round);
        best = better(i + j === 0 ? found : byChance(found, chances), best);
      }),
    );
    return best;
  }

  private name(a: PreparedName, b: PreparedName, transposed: boolean): Weighed[] {
    const given = forenames(a.given, b.given, this.nicknames);
    const family = surnames(a.family, b.family);
    if (transposed && (given === null || family === null || given === 'different' || family === 'different')) return [];
    return [
      ...(given === null ? [] : [this.valued('forename', given, a.given.join(''))]),
      ...(family === null ? [] : [this.valued('surname', family, a.family.join(''))]),
      ...(transposed ? [this.weigh('order', 'transposed')] : []),
    ];
  }

  private birth(a: Prepared, b: Prepared): Weighed[] {
    const pairs = a.births.flatMap((x) => b.births.map((y) => [this.weigh('birth', births(x, y))]));
    return bestOf(pairs);
  }

  private place(a: Prepared, b: Prepared): Weighed[] {
    const pairs = a.places.flatMap((x) =>
      b.places.map((y) => {
        const code = postcodes(x.postcode, y.postcode);
        const lines = addressLines(x, y);
        return [
          ...(code === null ? [] : [this.valued('postcode', code, x.postcode)]),
          ...(lines === null ? [] : [this.weigh(code === 'same' ? 'address-near' : 'address-far', lines)]),
        ];
      }),
    );
    return bestOf(pairs);
  }

  private sex(a: Prepared, b: Prepared): Weighed[] {
    if (a.sex === '' || b.sex === '') return [];
    return [this.weigh('sex', a.sex === b.sex ? 'same' : 'different')];
  }

  private phone(a: Prepared, b: Prepared): Weighed[] {
    if (a.phones.size === 0 || b.phones.size === 0) return [];
    return [this.weigh('phone', shareAny(a.phones, b.phones) ? 'same' : 'different')];
  }

  private numbers(a: Prepared, b: Prepared): Weighed[] | 'conflict' {
    const found: Weighed[] = [];
    for (const kind of [ONE_EACH, 'police', 'housing'] as const) {
      const [x, y] = [a.identifiers.get(kind), b.identifiers.get(kind)];
      if (!x || !y) continue;
      if (kind !== ONE_EACH) found.push(this.weigh(kind, shareAny(x, y) ? 'same' : 'different'));
      else if (!shareAny(x, y)) return 'conflict';
      else found.push(this.weigh(kind, 'same'));
    }
    return found;
  }

  /**
   * Independence of the fields, on which adding bits rests, fails within a family: it shares surname and home, twins the
   * birth as well, and father and son may share both names. Most pairs that agree so are two people, so bits are limited.
   */
  private limit(a: Prepared, b: Prepared, weighed: readonly Weighed[]): { level: string; most: number } | null {
    const level = (field: MatchingField): string | undefined => weighed.find((w) => w.field === field)?.level;
    const lines = level('address-near') ?? level('address-far');
    const home = level('postcode') === 'same' || lines === 'same';
    if (!home) return null;
    const [given, family] = [level('forename'), level('surname')];
    const sameFamily = family !== undefined && family !== 'different';
    if (sameFamily && given === 'different')
      return { level: level('birth') === 'same' ? 'twins' : 'family', most: this.model.family };
    const apart = Math.min(...a.births.flatMap((x) => b.births.map((y) => yearsApart(x, y))));
    const named = given !== undefined && given !== 'different' && sameFamily;
    if (named && level('birth') === 'different' && apart >= this.model.generationYears)
      return { level: 'generations', most: this.model.generations };
    return null;
  }

  private weigh<F extends MatchingField>(field: F, level: keyof MatchingModel['fields'][F] & string): Weighed {
    return { field, level, bits: bitsOf(this.model.fields[field][level]) };
  }

  /** As `weigh`; to agree in what is rare says more than to agree in what is common (Winkler 1990; Fellegi and Sunter §3.3). */
  private valued<F extends 'forename' | 'surname' | 'postcode'>(
    field: F,
    level: keyof MatchingModel['fields'][F] & string,
    value: string,
  ): Weighed {
    const share = level === 'same' ? this.frequencies?.(field, value) : undefined;
    if (share === undefined) return this.weigh(field, level);
    const { m } = this.model.fields[field][level] as Likelihood;
    return { field, level, bits: Math.log2(m / Math.max(this.model.rarest, share)) };
  }
}

const explained = (weighed: Weighed): Reason => ({ ...weighed, words: wordsFor(weighed.field, weighed.level) });
const total = (weighed: readonly Weighed[]): number => weighed.reduce((sum, w) => sum + w.bits, 0);
const better = (a: Weighed[], b: Weighed[]): Weighed[] => {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return total(b) > total(a) ? b : a;
};

/** The best of all pairs of alternatives; the first pair is that of the preferred ones. */
const bestOf = (pairs: readonly Weighed[][]): Weighed[] =>
  pairs
    .map((found, i) => (i === 0 ? found : byChance(found, pairs.length)))
    .reduce<Weighed[]>((best, found) => better(best, found), []);

/** Several alternatives are several chances to agree by accident: what speaks for a match is worth so much less. */
function byChance(weighed: Weighed[], chances: number): Weighed[] {
  let left = Math.log2(chances);
  return weighed.map((w) => {
    const taken = Math.min(left, Math.max(0, w.bits));
    left -= taken;
    return taken === 0 ? w : { ...w, bits: w.bits - taken };
  });
}

const shareAny = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((value) => b.has(value));
