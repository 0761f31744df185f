import { randomUUID } from 'node:crypto';
import type { Random } from '../random';
import { STEM, type Canaries } from './canaries';
import type { Kind } from './history';
import { colours, type Known, type Population } from './population';

/** Who asks: a referrer, a safeguarding lead of the agency that triages, or who sees to that agency's systems. */
export type Persona = 'referrer' | 'lead' | 'auditor' | 'administrator';

/** A request to be made, and what to learn from its answer. */
export interface Operation {
  readonly kind: Kind;
  readonly persona: Persona;
  readonly service: 'referrals' | 'records';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly subject: string | null;
  readonly version?: number;
  readonly body?: unknown;
  learn(answer: { readonly [name: string]: unknown }): void;
  /** Told what a refusal says of the referral as it is. */
  refused?(news: { version?: number; decided?: true }): void;
}

const WEIGHTS: Readonly<Record<Kind, number>> = {
  submit: 26,
  rate: 18,
  note: 14,
  accept: 8,
  decide: 4,
  read: 17,
  'read-case': 5,
  list: 8,
};
/** So many are sent wrong on purpose, because a refusal must leave nothing either (I2). */
const WRONG = 0.06;
const nothing = (): void => undefined;

/** Chooses what a client does next. The same random source and the same answers give the same operations. */
export class Operations {
  constructor(
    private readonly population: Population,
    private readonly canaries: Canaries,
    private readonly example: Readonly<Record<string, unknown>>,
  ) {}

  next(random: Random): Operation {
    const kind = this.population.size < 60 ? 'submit' : random.weighted(WEIGHTS);
    const wrong = random.chance(WRONG);
    switch (kind) {
      case 'rate':
        return this.rate(random, this.population.any(random), wrong);
      case 'note':
        return this.note(random, this.population.any(random), wrong);
      case 'accept':
      case 'decide':
        return this.decide(kind, this.population.decidable(random)) ?? this.submit(random, wrong);
      case 'read':
        return this.read(random, this.population.any(random));
      case 'read-case':
        return this.readCase(this.population.withCase(random)) ?? this.list(random);
      case 'list':
        return this.list(random);
      case 'submit':
        return this.submit(random, wrong);
    }
  }

  private submit(random: Random, wrong: boolean): Operation {
    const id = randomUUID();
    const content = this.content(random);
    return {
      ...post('submit', '/api/referrals', id),
      persona: 'referrer',
      body: { id, content: wrong ? { ...content, area: randomUUID() } : content },
      learn: (answer) => this.population.add(id, Number(answer['version'])),
    };
  }

  private rate(random: Random, known: Known | undefined, wrong: boolean): Operation {
    if (!known || known.decided) return this.submit(random, wrong);
    const colour = random.pick(colours.filter((c) => c !== known.colour));
    return {
      ...post('rate', `/api/referrals/${known.id}/ratings`, known.id),
      refused: (news) => void Object.assign(known, news),
      version: wrong ? Math.max(0, known.version - 1) : known.version,
      body: { colour, rationale: `${STEM} rated ${colour}` },
      learn: (answer) => {
        learnVersion(known, answer);
        known.colour = colour;
      },
    };
  }

  private note(random: Random, known: Known | undefined, wrong: boolean): Operation {
    if (!known) return this.submit(random, wrong);
    return {
      ...post('note', `/api/referrals/${known.id}/notes`, known.id),
      // A note overwrites nothing, so If-Match is a choice.
      ...(wrong ? { version: Math.max(0, known.version - 1) } : {}),
      body: { text: `${STEM} note ${random.between(1, 9_999)}` },
      learn: (answer) => learnVersion(known, answer),
    };
  }

  /** What is not rated yet is rated first, so that there is something to decide. */
  private decide(kind: 'accept' | 'decide', known: Known | undefined): Operation | undefined {
    if (!known) return undefined;
    const decision =
      kind === 'accept'
        ? { outcome: 'accept', rationale: `${STEM} accepted` }
        : { outcome: 'no-further-action', reason: 'information-only', rationale: `${STEM} for information` };
    const rated = known.colour !== null;
    return {
      ...post(rated ? kind : 'rate', `/api/referrals/${known.id}/${rated ? 'decisions' : 'ratings'}`, known.id),
      refused: (news) => void Object.assign(known, news),
      version: known.version,
      body: rated ? decision : { colour: 'amber', rationale: `${STEM} rated amber` },
      learn: (answer) => {
        learnVersion(known, answer);
        if (!rated) known.colour = 'amber';
        else known.decided = true;
        if (typeof answer['caseId'] === 'string') this.population.opened(known, answer['caseId']);
      },
    };
  }

  private read(random: Random, known: Known | undefined): Operation {
    if (!known) return this.list(random);
    return {
      ...get('read', 'referrals', `/api/referrals/${known.id}`, known.id),
      learn: (answer) => {
        learnVersion(known, answer);
        if (typeof answer['caseId'] === 'string' && known.caseId === null)
          this.population.opened(known, answer['caseId']);
      },
    };
  }

  private readCase(known: Known | undefined): Operation | undefined {
    if (!known?.caseId) return undefined;
    return { ...get('read-case', 'records', `/api/records/cases/${known.caseId}`, known.caseId), learn: nothing };
  }

  private list(random: Random): Operation {
    const records = random.chance(0.2);
    const path = records ? '/api/records/cases?limit=10' : '/api/referrals?limit=10&sort=-received';
    return { ...get('list', records ? 'records' : 'referrals', path, null), learn: nothing };
  }

  private content(random: Random): Record<string, unknown> {
    const { family, born, nhsNumber, phone } = this.canaries.person(random);
    const people = (this.example['people'] as Record<string, unknown>[]).map((person, i) => ({
      ...person,
      name: { given: STEM, family },
      ...(i === 0
        ? { datesOfBirth: [{ value: born, precision: 'day', preferred: true }], nhsNumber, phones: [phone] }
        : {}),
    }));
    const concerns = this.example['concerns'] as Record<string, unknown>;
    return { ...this.example, people, concerns: { ...concerns, summary: `${STEM} was seen` } };
  }
}

const post = (kind: Kind, path: string, subject: string) =>
  ({ kind, persona: 'lead', service: 'referrals', method: 'POST', path, subject }) as const;

const get = (kind: Kind, service: 'referrals' | 'records', path: string, subject: string | null) =>
  ({ kind, persona: 'lead', service, method: 'GET', path, subject }) as const;

function learnVersion(known: Known, answer: { readonly [name: string]: unknown }): void {
  const version = answer['version'];
  if (typeof version === 'number') known.version = Math.max(known.version, version);
}
