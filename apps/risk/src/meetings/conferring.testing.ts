import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { RecordsTells } from '../assessments/told.testing';

const AT = '/api/risk';

/** What tests of meetings do over and over, over HTTP: somebody by their username, a path under `/api/risk`. */
export class Conferring {
  readonly today = civilDate(new Date());
  readonly records: RecordsTells;

  constructor(private readonly app: TestApp) {
    this.records = new RecordsTells(app);
  }

  get = (who: string, path: string) => this.app.as(who).get(AT + path);
  post = (who: string, path: string, body: object = {}, version?: number) =>
    this.app.as(who).post(AT + path, body, version === undefined ? { key: newId() } : { version, key: newId() });
  put = (who: string, path: string, body: object, version: number) =>
    this.app.as(who).put(AT + path, body, { version });
  lastAct = async (action: string) => (await this.app.acts('risk')).findLast((a) => a.action === action)!;

  /** A case with a child, in which the council leads, housing and the police take part, and the NHS reads. */
  async place() {
    const made = await this.records.opened();
    const child = newId();
    const { caseId } = made;
    await this.records.tell(caseId, 'person-joined-case', { caseId, personId: child, roles: ['child'] });
    await this.records.part(caseId, 'eastvale-nhs', { level: 'reader' });
    return { ...made, child };
  }

  refer = (who: string, forumId: string, at: { caseId: string; subject: string; other: string }, more: object = {}) =>
    this.post(who, `/cases/${at.caseId}/forum-referrals`, {
      ...{ forumId, subjectId: at.subject, otherIds: [at.other], childIds: [], consent: { answer: 'given' } },
      criteria: [{ code: 'professional-judgement', evidence: 'She is terrified of Friday' }],
      ...more,
    });

  meeting = async (who: string, id: string) => (await this.get(who, `/meetings/${id}`)).body;
  item = async (who: string, id: string) => (await this.get(who, `/agenda-items/${id}`)).body;

  /** Takes a step of a meeting, from the version that it has. */
  async step(who: string, id: string, what: string, more: object = {}) {
    const { meeting } = await this.meeting(who, id);
    return this.post(who, `/meetings/${id}/steps`, { do: what, ...more }, meeting.version);
  }

  async stepped(who: string, id: string, what: string, more: object = {}) {
    const done = await this.step(who, id, what, more);
    expect([what, done.status, done.body.code]).toEqual([what, 200, undefined]);
  }

  sign = (who: string, id: string) => this.post(who, `/meetings/${id}/signatures`, { agreed: true, noConflict: true });

  /** What was put to the vote in a case last. */
  ballot = async (who: string, itemId: string) =>
    (await this.item(who, itemId)).votes.ballots.at(-1) as { id: string; result: string | null };
  vote = (who: string, itemId: string, vote: { ballot: string; choice: string; orgId?: string }) =>
    this.post(who, `/agenda-items/${itemId}/votes`, vote);
  hear = (who: string, itemId: string, said: object, version: number) =>
    this.post(who, `/agenda-items/${itemId}/decisions`, { rationale: 'So', ...said }, version);
}
