import { newId } from '@concordat/contracts';
import type { Random } from '../../faults/random';
import type { Answer, Shot } from '../load';
import { content } from '../population/content';
import type { Staff } from '../population/partnership';
import type { Doing, Send } from './drive';
import type { Known } from './known';

/** Who leads triage in the mix, the council with half of everything first; and whose staff read cases and refer. */
export const LEADS = ['amina', 'farid', 'westmoor-council-4'];
export const PRACTITIONERS = ['harbour-housing-3', 'northbank-police-5', 'eastvale-nhs-7', 'safe-harbour-9'];
const AUDITOR = 'erin';

/** Of a hundred things done. Changing an action of a plan is not among them: there are no actions yet. */
const MIX = { worklist: 22, case: 24, 'case-list': 4, referral: 8, search: 14, submit: 10, triage: 10, trail: 8 };

const OPEN = 'received,rated,information-requested,returned,reopened';
type Body = Record<string, unknown>;
type Items = { items: (Body & { id: string })[]; count: { value: number; more: boolean } };

/** What each of its requests leaves in the ledger, by action. */
export type Expected = Record<string, number>;

/** Makes what users do, and counts what it must leave on record. */
export class Mix {
  readonly expected: Expected = {};
  /** Ids of referrals that were acknowledged. */
  readonly acknowledged: string[] = [];

  constructor(
    private readonly known: Known,
    private readonly staff: Staff,
    private readonly tokens: Readonly<Record<string, string>>,
    private readonly random: Random,
    /** Referrals made for this run, to be triaged in it, with the lead who may. */
    private readonly waiting: { id: string; lead: string }[],
  ) {}

  next(): Doing {
    const { random } = this;
    const what = random.weighted(MIX);
    switch (what) {
      case 'worklist':
        return this.worklist(random.pick(LEADS));
      case 'case':
        return this.caseRead();
      case 'case-list':
        return this.get('case-list', random.pick(LEADS), '/api/records/cases?limit=25', 'case.list', (b: Items) =>
          b.items.length === 25 ? null : `${b.items.length} cases`,
        );
      case 'referral': {
        const { id } = random.pick(this.known.referrals);
        return this.get('referral', LEADS[0]!, `/api/referrals/${id}`, 'referral.view', is(id));
      }
      case 'search':
        return this.search();
      case 'submit':
        return this.submit();
      case 'triage':
        return this.triage() ?? this.next();
      case 'trail':
        return this.trail();
    }
  }

  private worklist(lead: string): Doing {
    const { firstOpen, firstSignposted } = this.known;
    const kind = this.random.weighted({ open: 50, newest: 25, oldest: 25 });
    const at = '/api/referrals?limit=25';
    if (kind === 'open' && firstOpen[lead])
      return this.get(
        'worklist',
        lead,
        `${at}&side=received&status=${OPEN}&sort=due`,
        'referral.list',
        firstIs(firstOpen[lead]),
      );
    if (kind === 'oldest' && firstSignposted[lead])
      return this.get(
        'worklist',
        lead,
        `${at}&side=received&status=signposted&sort=received`,
        'referral.list',
        firstIs(firstSignposted[lead]),
      );
    return this.get('worklist', lead, at, 'referral.list', (b: Items) =>
      b.items.length === 25 ? null : 'not a full page',
    );
  }

  private caseRead(): Doing {
    const { id, org } = this.random.pick(this.known.cases);
    const who = [...LEADS, ...PRACTITIONERS].find((name) => this.staff.named(name).orgId === org)!;
    return this.get('case', who, `/api/records/cases/${id}`, 'case.view', is(id));
  }

  /** By a name that many have, by one person's full name and number, by a reference: POST, then what was found. */
  private search(): Doing {
    const r = this.random.pick(this.known.referrals);
    const kind = this.random.weighted({ family: 35, name: 30, person: 20, reference: 15 });
    const q = {
      family: r.family,
      name: `${r.given} ${r.family}`,
      person: r.phone === null ? r.reference : `${r.given} ${r.family} ${r.phone.replace(/ /g, '')}`,
      reference: r.reference,
    }[kind];
    this.expect('referral.search', 2);
    const lead = LEADS[0]!;
    return {
      name: `search`,
      run: async (send) => {
        const started = await send(this.post(lead, '/api/referrals/searches', { q }));
        if (started.status !== 201) return `${kind} ${started.status}`;
        const { searchId } = JSON.parse(started.body) as { searchId: string };
        const answer = await send(this.shot(lead, `/api/referrals/searches/${searchId}`));
        return parsed<Items>(answer, 200, ({ items, count }) => {
          const isThere = items.some((i) => i.id === r.id);
          const isFurther = items.length === 25 && (count.more || count.value > 25);
          return isThere || isFurther ? null : `${kind}: the referral is not among ${items.length} of ${count.value}`;
        });
      },
    };
  }

  private submit(): Doing {
    const who = this.random.pick(PRACTITIONERS);
    const body = { content: content(this.random, this.staff.area(this.random), new Date()) };
    this.expect('referral.submit', 1);
    return this.sends('submit', this.post(who, '/api/referrals', body), 201, (b: { id: string }) => {
      this.acknowledged.push(b.id);
      return null;
    });
  }

  /** The steps of one referral that waits, one after another: seen, rated, given to somebody, noted, accepted. */
  private triage(): Doing | null {
    const referral = this.waiting.pop();
    if (!referral) return null;
    const { id, lead } = referral;
    const at = `/api/referrals/${id}`;
    const steps: [string, string, Body, number][] = [
      ['ratings', 'referral.rate', { colour: 'amber' }, 200],
      ['assignment', 'referral.assign', { assignedTo: this.staff.named(lead).id }, 200],
      ['notes', 'referral.note', { text: 'Spoke to the referrer.' }, 201],
      ['decisions', 'referral.decide', { outcome: 'accept' }, 201],
    ];
    for (const [, action] of steps) this.expect(action, 1);
    this.expect('referral.view', 1); // the claim check, by the service that opens the case
    this.expect('case.open', 1);
    return {
      name: 'triage',
      run: async (send: Send) => {
        let version = 1;
        for (const [path, , body, status] of steps) {
          const answer = await send(this.post(lead, `${at}/${path}`, body, version));
          if (answer.status !== status) return `${path} ${answer.status} ${answer.body.slice(0, 200)}`;
          version = (JSON.parse(answer.body) as { version: number }).version;
        }
        return version === 5 ? null : `version ${version}`;
      },
    };
  }

  private trail(): Doing {
    const { random, known } = this;
    const kind = random.weighted({ case: 40, person: 30, user: 30 });
    const c = random.pick(known.cases);
    const id = { case: c.id, person: c.person, user: random.pick(known.users) }[kind];
    return this.get(`trail-${kind}`, AUDITOR, `/api/audit/trail?${kind}=${id}&limit=25`, 'trail.read', (b: Items) => {
      if (b.items.length === 0) return `nothing about ${kind}`;
      const about = (i: Body): unknown[] =>
        kind === 'user'
          ? [i['actor']]
          : kind === 'person'
            ? (i['subjects'] as unknown[])
            : (i['objects'] as { id: string }[]).map((o) => o.id);
      const isAll =
        // What was done to the referral that opened a case is in its trail: of one that heads a list, mostly that.
        kind === 'case'
          ? b.items.some((i) => about(i).some((o) => o === id || o === c.referral))
          : b.items.every((i) => about(i).includes(id));
      return isAll ? null : `not all of it is about that ${kind}`;
    });
  }

  private get<T>(name: string, who: string, path: string, action: string, right: (body: T) => string | null): Doing {
    this.expect(action, 1);
    return this.sends(name, this.shot(who, path), 200, right);
  }

  private sends<T>(name: string, shot: Shot, status: number, right: (body: T) => string | null): Doing {
    return { name, run: async (send) => parsed(await send(shot), status, right) };
  }

  private expect(action: string, n: number): void {
    this.expected[action] = (this.expected[action] ?? 0) + n;
  }

  private shot(who: string, path: string): Shot {
    return { method: 'GET', path, headers: { authorization: `Bearer ${this.tokens[who]}` } };
  }

  post(who: string, path: string, body: unknown, version?: number): Shot {
    return {
      method: 'POST',
      path,
      headers: {
        authorization: `Bearer ${this.tokens[who]}`,
        'idempotency-key': newId(),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      body: JSON.stringify(body),
    };
  }
}

function parsed<T>(answer: Answer, status: number, right: (body: T) => string | null): string | null {
  if (answer.status !== status) return `${answer.status} ${answer.body.slice(0, 200)}`;
  return right(JSON.parse(answer.body) as T);
}

const is = (id: string) => (body: { id: string }) => (body.id === id ? null : `another: ${body.id}`);
const firstIs = (id: string) => (body: Items) =>
  body.items[0]?.id === id ? null : `the first is ${body.items[0]?.id}, not ${id}`;
