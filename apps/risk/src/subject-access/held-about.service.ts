import { civilDate } from '@concordat/clocks';
import { dayInWords, inWords, NotFound, type HeldItem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { assessmentInWords } from '../in-words';
import { Texts } from '../texts';
import {
  assessmentsAbout,
  characteristicsAbout,
  conferencesAbout,
  referralStepsAbout,
  type HeldCharacteristics,
  type HeldStep,
  type HeldConference,
} from './held-about.repository';

const RECORDS = serviceActorId('records');

/** Gives the records service the assessments of somebody who has asked for what is held about them; to anybody else nothing. */
@Injectable()
export class HeldAboutService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly texts: Texts,
  ) {}

  give(call: Call, personId: string) {
    const objects = [{ t: 'person' as const, id: personId }];
    return this.unit.read({ action: 'access-request.gather', call, objects }, async (tx) => {
      if (tx.actor.kind !== 'service' || tx.actor.id !== RECORDS) throw new NotFound('held-about');
      const rows = await assessmentsAbout(tx, personId);
      const texts = await this.texts.all(tx, rows);
      tx.about({ subjects: [personId], objects: rows.map(({ id }) => ({ t: 'assessment' as const, id })) });
      const items = rows.map(({ id, hash, completedAt, content, result }): HeldItem => {
        const text = texts.get(hash)!;
        // What people say of somebody’s risk tells of others almost always.
        const told = { title: text.title, text: assessmentInWords(text, content, result), others: true };
        return { kind: 'assessment', id, at: completedAt.toISOString(), ...told };
      });
      const conferences = await conferencesAbout(tx, personId);
      tx.about({
        objects: conferences.map(({ id, heldOn }) => ({ t: heldOn ? 'agenda-item' : 'forum-referral', id })),
      });
      const counted = await characteristicsAbout(tx, personId);
      const steps = await referralStepsAbout(tx, personId);
      tx.about({ objects: counted.map(({ id }) => ({ t: 'forum-referral' as const, id })) });
      return { items: [...items, ...conferences.map(conferenceInWords), ...besidesInWords(personId, counted, steps)] };
    });
  }
}

/** What is held beside referrals, as one item: what is counted of them, and what was said before they were heard. Of others too. */
function besidesInWords(
  personId: string,
  counted: readonly HeldCharacteristics[],
  steps: readonly HeldStep[],
): HeldItem[] {
  const last = [...counted, ...steps].map(({ at }) => at.getTime()).sort((a, b) => b - a)[0];
  if (last === undefined) return [];
  const lines = [
    ...counted.flatMap(({ at, title, answers }) =>
      Object.entries(answers)
        .map(([code, answer]) => `${title}, ${dayOf(at)}. ${inWords(code)}: ${answer}`)
        .sort(),
    ),
    ...steps.flatMap(({ at, title, words, advice }) =>
      [words, advice].flatMap((said) => (said ? [`${title}, ${dayOf(at)}. ${said}`] : [])),
    ),
  ];
  const told = { title: 'Beside referrals to forums', text: lines.join('\n'), others: true };
  return [{ kind: 'conference', id: personId, at: new Date(last).toISOString(), ...told }];
}

/** What a forum holds, as lines of text. Of each agency, because somebody else decides what of it is given. */
function conferenceInWords(held: HeldConference): HeldItem {
  const line = (name: string, words: string | null | undefined): string[] => (words ? [`${name}: ${words}`] : []);
  const text = [
    ...held.criteria.flatMap(({ evidence }) => line('Why it was referred', evidence)),
    ...line('Why without consent', held.consent.reason),
    ...line('Possible harm', held.harm),
    ...line('What contributes to it', held.contributory),
    ...line('What protects already', held.protective),
    ...line('Why it was so decided', held.rationale),
    ...(held.research ?? []).flatMap((words) => line('What an agency held', words)),
    ...(held.actions ?? []).flatMap((what) => line('Action', what)),
  ].join('\n');
  const title = held.heldOn ? `${held.title}, ${dayInWords(held.heldOn)}` : `${held.title}, referred`;
  return { kind: 'conference', id: held.id, at: held.at.toISOString(), title, text, others: true };
}

const dayOf = (at: Date): string => dayInWords(civilDate(at));
