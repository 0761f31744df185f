import type { ObjectRef } from '@concordat/contracts';
import type { NameFinding } from '@concordat/matching';
import type { Tx } from '@concordat/messaging';
import type { Count } from '@concordat/platform';
import { shownTo } from '../confidential';
import type { Looks } from '../looks';
import { isAfter, placeTo, type Place } from './place';
import type { Probe } from './probe';
import { reason, whyPerson, type Reason } from './reasons';
import {
  caseCalled,
  casesElsewhere,
  hasTellingWords,
  MARKS,
  peopleElsewhere,
  peopleFound,
  peopleInCases,
  peopleShown,
  textsShown,
  type CaseShown,
  type PersonShown,
  type TextShown,
} from './search.repository';
import { ENOUGH, queriesOf } from './terms';
import { TextsWithin } from './texts-within';

/** So many people are compared at most; when there are as many, there may be more, and the count says so. */
const COMPARED = 200;
/** What was written is counted so far. */
const COUNTED = 100;
/** A whole reference is what was meant. */
const REFERENCE = 1_000;

/** A part of an excerpt; `hit` when it is one of the words. */
export interface Segment {
  readonly text: string;
  readonly hit: boolean;
}
interface Explained {
  readonly reasons: readonly Reason[];
}
export type Hit =
  | ({ readonly kind: 'case' } & Omit<CaseShown, 'qualified'> & Explained)
  | ({ readonly kind: 'person' } & Omit<PersonShown, 'cases'> & {
        readonly cases: readonly Omit<PersonShown['cases'][number], 'qualified'>[];
      } & Explained)
  | (Omit<TextShown, 'qualified' | 'excerpt'> & { readonly excerpt: readonly Segment[] } & Explained);

/** A hit, with what the audit entry says of it. */
interface Item {
  readonly hit: Hit;
  readonly subjects: readonly string[];
  readonly objects: readonly ObjectRef[];
  readonly qualified: boolean;
}
interface Ranked {
  readonly id: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly found?: CaseShown;
}

/** The hits of one search, within one unit of work, as far as its caller may see them. */
export class Hits {
  constructor(
    private readonly tx: Tx,
    private readonly probe: Probe,
    private readonly finding: NameFinding,
    private readonly today: string,
    private readonly looks: Looks,
  ) {}

  async page(place: Place | null, limit: number) {
    const { list, more } = await this.ranked();
    const left = list.filter((r) => isAfter(r, place));
    const shown = left.slice(0, limit);
    const written = await this.written(place?.in === 'texts' ? place.after : null, limit - shown.length);
    const items = [...(await this.rankedItems(shown)), ...written.items];
    return {
      items,
      next: left.length > limit ? ranksAfter(shown.at(-1)!) : written.next,
      count: { people: { value: list.length, more }, texts: written.count },
      tooCommon: list.length === 0 && written.tooCommon,
    };
  }

  /** Cases and people, the best first. */
  private async ranked(): Promise<{ list: Ranked[]; more: boolean }> {
    const { reference } = this.probe;
    const found = reference === null ? undefined : await caseCalled(this.tx, reference);
    const called = found ? [{ id: found.id, score: REFERENCE, reasons: [reason('reference.same')], found }] : [];
    const elsewhere = await this.elsewhere();
    const { people, more } = await this.people();
    const named = new Set(elsewhere.map((r) => r.id));
    const list = [...called, ...elsewhere, ...people.filter((p) => !named.has(p.id))].sort(
      (a, b) => b.score - a.score || (a.id < b.id ? -1 : 1),
    );
    return { list, more };
  }

  /** By what they are called in the system that they were brought in from. */
  private async elsewhere(): Promise<Ranked[]> {
    const called = this.probe.elsewhere;
    if (called === null) return [];
    const why = { score: REFERENCE, reasons: [reason('reference.elsewhere')] };
    const cases = await casesElsewhere(this.tx, called);
    const people = await peopleElsewhere(this.tx, called);
    return [...cases.map((found) => ({ id: found.id, ...why, found })), ...people.map((id) => ({ id, ...why }))];
  }

  private async people(): Promise<{ people: Ranked[]; more: boolean }> {
    const org = this.tx.actor.orgId ?? '';
    const people = new Map<string, Ranked>();
    let more = false;
    for (const query of queriesOf(this.probe, this.finding, org)) {
      if (people.size >= ENOUGH) break;
      const meant = await peopleFound(this.tx, query, COMPARED);
      more ||= meant.length === COMPARED;
      for (const { id, content, aside, leads } of meant) {
        const looker = { orgId: org, leads };
        const told = { content: shownTo(looker, content), aside: aside.map((d) => shownTo(looker, d)) };
        const why = people.has(id) ? null : whyPerson(this.probe, told, this.finding, this.today);
        if (why) people.set(id, { id, ...why });
      }
    }
    return { people: [...people.values()], more };
  }

  private async rankedItems(shown: readonly Ranked[]): Promise<Item[]> {
    const ids = shown.filter((r) => !r.found).map((r) => r.id);
    const people = new Map((ids.length > 0 ? await peopleShown(this.tx, ids) : []).map((p) => [p.id, p]));
    const called = shown.flatMap((r) => (r.found && r.found.level !== 'preview' ? [r.found.id] : []));
    const inCalled = called.length > 0 ? await peopleInCases(this.tx, called) : [];
    return shown.flatMap(({ id, reasons, found }): Item[] => {
      if (found) {
        const { qualified, ...of } = found;
        return [{ hit: { kind: 'case', ...of, reasons }, subjects: inCalled, objects: [refOf('case', of)], qualified }];
      }
      const person = people.get(id);
      if (!person) return [];
      const cases = person.cases.map(({ qualified: _qualified, ...c }) => c);
      return [
        {
          hit: { kind: 'person', ...person, cases, reasons },
          subjects: [id],
          objects: [refOf('person', person), ...cases.map((c) => ({ t: 'case' as const, id: c.id }))],
          qualified: person.cases.every((c) => c.qualified),
        },
      ];
    });
  }

  /** The next of what was written, and how much there is. Room for none still says whether there is any. */
  private async written(after: { at: string; id: string } | null, room: number) {
    const { text } = this.probe;
    const isTelling = text !== null && (await hasTellingWords(this.tx, text));
    if (!isTelling) return { items: [], next: null, count: countTo(0), tooCommon: text !== null };
    const texts = new TextsWithin(this.tx, this.looks, text);
    const first = await texts.next(null, COUNTED + 1);
    const rows = after === null ? first.slice(0, room + 1) : await texts.next(after, room + 1);
    const wanted = rows.slice(0, room);
    const last = wanted.at(-1);
    const beyond = rows.length > room;
    return {
      items: await this.writtenItems(
        wanted.map((r) => r.id),
        text,
      ),
      next: beyond ? placeTo({ in: 'texts', after: last ? { at: last.at, id: last.id } : after }) : null,
      count: countTo(first.length),
      tooCommon: false,
    };
  }

  private async writtenItems(ids: readonly string[], text: string): Promise<Item[]> {
    if (ids.length === 0) return [];
    const shown = new Map((await textsShown(this.tx, ids, text)).map((t) => [t.id, t]));
    const subjects = await peopleInCases(this.tx, [...new Set([...shown.values()].map((t) => t.caseId))]);
    return ids.flatMap((id): Item[] => {
      const written = shown.get(id);
      if (!written) return [];
      const { qualified, excerpt, ...rest } = written;
      const object = rest.kind === 'entry' ? 'chronology-entry' : rest.kind;
      return [
        {
          hit: { ...rest, excerpt: segments(excerpt), reasons: [reason(`words.${rest.kind}`)] },
          subjects,
          objects: [refOf(object, rest), { t: 'case', id: rest.caseId }],
          qualified,
        },
      ];
    });
  }
}

const ranksAfter = ({ score, id }: Ranked): string => placeTo({ in: 'ranked', score, id });
const countTo = (n: number): Count => ({ value: Math.min(n, COUNTED), more: n > COUNTED });

const refOf = (t: ObjectRef['t'], { id, version }: { readonly id: string; readonly version: number }): ObjectRef => ({
  t,
  id,
  ver: String(version),
});

/** segments divides an excerpt at its marks. */
export const segments = (excerpt: string): Segment[] =>
  excerpt
    .split(MARKS.from)
    .flatMap((part, i): Segment[] => {
      if (i === 0) return [{ text: part, hit: false }];
      const [hit = '', ...rest] = part.split(MARKS.to);
      return [
        { text: hit, hit: true },
        { text: rest.join(''), hit: false },
      ];
    })
    .filter((s) => s.text !== '');
