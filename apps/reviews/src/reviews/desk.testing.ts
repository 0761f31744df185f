import { addDays, civilDate } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export const REVIEWS = '/api/reviews/reviews';
export const TODAY = civilDate(new Date());
export const ago = (days: number): string => addDays(TODAY, -days);
const partnership = parse(readFileSync('packs/demo/partnership.yaml', 'utf8')) as {
  organisations: { id: string; code: string }[];
  people: { id: string; username: string }[];
};
export const org = (code: string): string => partnership.organisations.find((o) => o.code === code)!.id;
export const person = (username: string): string => partnership.people.find((p) => p.username === username)!.id;

/** A coordinator's desk in a test of this context: Jo's, unless somebody else is named. */
export function deskOf(running: () => TestApp) {
  const seen = async (id: string, username = 'jo') => (await running().as(username).get(`${REVIEWS}/${id}`)).body;
  const lastAct = async (action: string) => (await running().acts('reviews')).findLast((a) => a.action === action);
  /** Does something to a review, from the version that it has. */
  const take = async (id: string, what: string, body: object, username = 'jo') =>
    running()
      .as(username)
      .post(`${REVIEWS}/${id}/${what}`, body, { version: (await seen(id, 'jo')).version });
  const done = async (id: string, what: string, body: object, username = 'jo') => {
    const answer = await take(id, what, body, username);
    expect([what, answer.status, answer.body.errors ?? answer.body.code]).toEqual([what, 200, undefined]);
    return answer.body;
  };
  const step = (id: string, to: string, more: object = {}) => take(id, 'steps', { to, ...more });
  const confirm = (id: string, guard: string, username = 'jo') =>
    done(id, 'confirmations', { guard, evidence: 'Minutes of the meeting' }, username);

  const notification = (more: object = {}) => ({
    ...{ kind: 'domestic-homicide-review', about: 'A death at home', notifier: 'Northbank Police' },
    dates: [
      ...[
        { code: 'death', date: ago(300) },
        { code: 'notice', date: ago(280) },
        { code: 'aware', date: ago(280) },
      ],
    ],
    ...more,
  });
  const registered = async (more: object = {}): Promise<string> => {
    const { status, body } = await running().as('jo').post(REVIEWS, notification(more));
    expect([status, body.errors]).toEqual([201, undefined]);
    return body.id as string;
  };
  /** Every kind of review is tested, and the answer to each question is yes. */
  const tested = async (id: string) => {
    const { questions } = (await running().as('jo').get('/api/reviews/kinds/checklist')).body as {
      questions: { id: string }[];
    };
    const answers = questions.map((q) => ({ question: q.id, answer: 'yes' }));
    return done(id, 'kind-tests', { nation: 'england', answers });
  };
  /** Police are asked what they know, and it is nothing. */
  const scoped = async (id: string) => {
    await done(id, 'scoping', { agencies: [org('northbank-police')], dueOn: addDays(TODAY, 10) });
    const [{ id: request }] = (await seen(id)).scoping;
    await done(id, `scoping/${request}/returns`, { answer: 'nil' });
  };
  return { tested, scoped, seen, lastAct, take, done, step, confirm, notification, registered };
}
