import { demand } from '@concordat/access';
import { Invalid, newId, NotShared, PersonAskedAbout, TooMany } from '@concordat/contracts';
import { blockingKeys, prepare } from '@concordat/matching';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import {
  expectVersion,
  Lifecycle,
  LOGGER,
  serviceActorId,
  Sweep,
  systemCall,
  valid,
  type Call,
} from '@concordat/platform';
import { askedOf, personInfoAsked, type Outcome } from '@concordat/sharing';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { THAT_THEY_ARE_KNOWN, type Match } from '../disclosure';
import { toldKnown } from '../both-ends';
import { Disclosures, type Permit } from '../disclosures';
import { Weights } from '../duplicates/weights';
import { HandOverPractices } from '../hand-over-practice';
import { askedTooOften, detailsAsked, matchOf, mustWait, tooLittle, type AskedPerson } from '../known-question';
import { factsOf } from '../person';
import { withoutWords } from '../sharing.dto';
import { AskByRequestDto, AskKnownDto, PersonInfoOfDto } from './asking.dto';
import * as kept from './asking.repository';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Asked = Pick<kept.KnownQuestion, 'id' | 'toOrg' | 'purpose' | 'consent' | 'policies'>;

/**
 * "Is this person known to you?", asked of another agency (information-sharing rules, section 6). Whether anything may be answered is
 * decided before anybody is looked for, as if somebody were known, so that a refusal says nothing of anybody. Then they are looked
 * for, and that answer is decided. Whoever is restricted takes the way of whoever is not known.
 */
@Injectable()
export class AskingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: HandOverPractices,
    private readonly disclosures: Disclosures,
    private readonly weights: Weights,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('those whom other agencies were asked about', HOUR_MS, () => this.forget(), log));
  }

  /** Whom questions were about is not kept beyond its time. */
  forget(): Promise<void> {
    return this.unit.project(systemCall(serviceActorId('records'), 'operation'), (tx) => kept.forgetAsked(tx));
  }

  ask(call: Call) {
    return this.asking(call, () => ({ dto: valid(AskKnownDto, call.body), policies: [] }));
  }

  /** As a Request of Social Care Data says it: decided by the agreements that it names, each by itself, and the best answers. */
  askByRequest(call: Call) {
    return this.asking(call, (tx) => {
      const { toOrg, content, consent } = valid(AskByRequestDto, call.body);
      const { askedOrg, person, purpose, policies } = wholly(askedOf(content, this.practice.mais), 'content');
      if (askedOrg !== tx.actor.orgId)
        throw new Invalid([
          {
            field: 'content.RequesterIdentifier.value',
            code: 'request.requester-other',
            message: 'Another agency asks this',
          },
        ]);
      const dto = valid(AskKnownDto, { toOrg, purpose, person, ...(consent ? { consent } : {}) });
      tx.about({ items: ['mais'] });
      return { dto, policies };
    });
  }

  /** As another system's `$person-info-query` says it; what it leaves open of consent is not said. */
  askByPersonInfo(call: Call) {
    return this.asking(call, (tx) => {
      const { agency: toOrg } = valid(PersonInfoOfDto, call.query);
      const { person, purpose } = wholly(personInfoAsked(call.body, this.practice.mais));
      tx.about({ items: ['fhir'] });
      return { dto: valid(AskKnownDto, { toOrg, purpose, person }), policies: [] };
    });
  }

  private async asking(call: Call, read: (tx: Tx) => { dto: AskKnownDto; policies: readonly string[] }) {
    const done = await this.unit.run({ action: 'person.ask-known', call }, async (tx) => {
      demand(tx.actor, 'person.ask-known');
      const { dto, policies } = read(tx);
      // What names them goes to the ledger sealed (AUD-10).
      tx.about({ detail: { terms: dto.person, pack: this.practice.stamp, consent: dto.consent ?? null } });
      const { purpose, consent } = await this.meant(tx, dto);
      const limits = this.practice.handOver.asking;
      if (askedTooOften(await kept.askedSince(tx, new Date(tx.now.getTime() - HOUR_MS)), limits))
        throw new TooMany('known-question.too-many', 'This has been asked too often within the hour', {
          retryAfterSeconds: HOUR_MS / 1000,
        });
      const id = newId();
      const codes = withoutWords({ purpose, consent }).consent ?? null;
      const first = await this.permitted(tx, { id, toOrg: dto.toOrg, purpose, consent: codes, policies }, 'EXACT');
      const question: kept.KnownQuestion = {
        ...{ id, version: 1, state: 'waiting', askedBy: tx.actor.id, askedOrg: tx.actor.orgId!, askedAt: tx.now },
        ...{ toOrg: dto.toOrg, purpose, consent: codes, policies, pack: this.practice.stamp, who: { ...dto.person } },
        ...{ forgetAt: new Date(tx.now.getTime() + limits.keptDays * DAY_MS), contact: null, answeredAt: null },
        ...first,
      };
      await kept.insertQuestion(tx, question);
      return this.settled(tx, tx.open(id), question, dto.person, 1);
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A person had to look: what they answered decides, under the agreements as they are now. */
  async again(call: Call, id: string) {
    const objects = [{ t: 'known-question' as const, id }];
    const done = await this.unit.run({ action: 'person.ask-known', call, objects }, async (tx) => {
      await kept.visibleQuestion(tx, id);
      const stream = await tx.lock(id);
      const was = await kept.visibleQuestion(tx, id);
      expectVersion(call, 'known-question', was.version);
      demand(tx.actor, 'person.ask-known', { orgs: [was.askedOrg] });
      const who = mustWait(was.state, was.who);
      const question = { ...was, ...(await this.permitted(tx, was, 'EXACT')) };
      await kept.replaceQuestion(tx, question);
      return this.settled(tx, stream, question, who, was.version + 1);
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Looks for them where that is permitted, and decides the answer. The same is done whoever is found. */
  private async settled(tx: Tx, stream: Stream, asked: kept.KnownQuestion, who: AskedPerson, version: number) {
    tx.about({ objects: [{ t: 'known-question', id: asked.id }], justification: asked.purpose });
    if (!asked.permit) {
      const waiting = { ...asked, version };
      await kept.replaceQuestion(tx, waiting);
      return { id: asked.id, version, state: waiting.state };
    }
    const match = await this.lookFor(tx, asked.id, who);
    const answer = await this.permitted(tx, asked, match);
    const isRefused = answer.permit === null && answer.reasons[0] === NOT_THEM && answer.refused;
    const state = answer.permit ? (match === 'NONE' ? 'not-known' : 'known') : isRefused ? 'not-known' : 'waiting';
    const { refused: _refused, ...decided } = answer;
    const question: kept.KnownQuestion = {
      ...{ ...asked, ...decided, permit: decided.permit ?? asked.permit, version, state },
      contact: state === 'known' ? (decided.permit?.contact ?? null) : null,
      answeredAt: state === 'waiting' ? null : tx.now,
    };
    await kept.replaceQuestion(tx, question);
    if (state === 'known' && question.permit) tx.about(toldKnown(question.permit));
    if (state !== 'waiting')
      stream.publish(PersonAskedAbout, {
        ...{ recordId: asked.id, askedBy: asked.askedBy, askedOrg: asked.askedOrg, toOrg: asked.toOrg },
        ...{ purpose: asked.purpose, match: state === 'known', decisionId: question.decisionId },
      });
    return { id: asked.id, version, state };
  }

  private async lookFor(tx: Tx, id: string, who: AskedPerson): Promise<Match> {
    const matcher = await this.weights.matcher(tx);
    const wanted = prepare(factsOf(detailsAsked(who)));
    const found = (await kept.candidatesFor(tx, id, blockingKeys(wanted))).flatMap(({ personId, facts }) => {
      const { band } = matcher.compare(wanted, prepare(facts));
      return band === null ? [] : [{ id: personId, band }];
    });
    await kept.keepMatches(tx, id, found);
    return matchOf(found.map(({ band }) => band));
  }

  /**
   * What the decision point says: a permit, or, where a person has to look or has said that it is not them, why there is none.
   * Throws NotShared for any other refusal, Unavailable when it cannot be decided.
   */
  private async permitted(tx: Tx, asked: Asked, match: Match): Promise<Decided> {
    const { id, toOrg, purpose, consent, policies } = asked;
    try {
      const permit = await this.disclosures.permit(tx, {
        ...{
          kind: 'ASK_KNOWN',
          fromOrg: toOrg,
          toOrg: tx.actor.orgId!,
          byId: tx.actor.id,
          purpose,
          consent: consent ?? undefined,
        },
        // The question stands for whoever it is about: nobody's own id is told to whoever asks.
        ...{ items: THAT_THEY_ARE_KNOWN, people: [{ id, match }], policies },
      });
      return { permit, decisionId: permit.decisionId, isa: permit.isa, reasons: [], refused: false };
    } catch (error) {
      if (!(error instanceof NotShared)) throw error;
      const reasons = error.details.reasons ?? [];
      const refused = error.code !== 'sharing.review';
      if (refused && !(match === 'POSSIBLE' && reasons[0] === NOT_THEM)) throw error;
      return { permit: null, decisionId: error.decisionId, isa: null, reasons, refused };
    }
  }

  private async meant(tx: Tx, { toOrg, person, purpose, consent }: AskKnownDto) {
    const problems = [...tooLittle(person)];
    const wrong = (code: string, message: string) => problems.push({ field: 'toOrg', code, message });
    if (toOrg === tx.actor.orgId) wrong('organisation.own', 'Choose another agency. Search finds whom yours knows');
    else if (!(await kept.isAgency(tx, toOrg))) wrong('organisation.unknown', 'Choose an agency of the partnership');
    if (problems.length > 0) throw new Invalid(problems);
    return this.practice.sharing({ kind: '' }, { purpose, ...(consent ? { consent } : {}) });
  }
}

/** What was read of another system's words. Throws Invalid with every problem at its place. */
function wholly<T>(read: Outcome<T>, within = ''): T {
  if (read.ok) return read.value;
  throw new Invalid(
    read.problems.map(({ path, code, message }) => ({
      field: [within, path.replaceAll(/\[(\d+)\]/g, '.$1')].filter(Boolean).join('.'),
      code,
      message: message.charAt(0).toUpperCase() + message.slice(1),
    })),
  );
}

interface Decided extends Pick<kept.KnownQuestion, 'decisionId' | 'isa' | 'reasons'> {
  readonly permit: Permit | null;
  readonly refused: boolean;
}

/** R19: it is not certain who they are. A person who was asked has refused it: it is somebody else. */
const NOT_THEM = 'SUBJECT_AMBIGUOUS';
