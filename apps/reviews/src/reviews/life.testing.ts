import { newId } from '@concordat/contracts';
import type { ReviewGuard, ReviewKind } from '@concordat/packs';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, org, person, REVIEWS } from './desk.testing';

interface Seen {
  readonly version: number;
  readonly state: string;
  readonly next: string | null;
  readonly definition: ReviewKind;
  readonly document: { readonly panel?: readonly { id: string; userId: string | null; declarations: unknown[] }[] };
  readonly ways: readonly { readonly to: string; readonly missing: readonly { readonly code: string }[] }[];
}
/** Who has an account and sits on the panel declares for themselves. */
const USERNAMES: ReadonlyMap<string, string> = new Map(['gwen', 'amina', 'nia'].map((u) => [person(u), u]));

/**
 * The life of a review in a test, as its people lead it: each guard that is missing is met by its own command, whatever the kind, and
 * each step is taken. Nothing is set in the database.
 */
export function lifeOf(running: () => TestApp) {
  const { seen, done, step, tested, scoped } = deskOf(running);
  const view = (id: string): Promise<Seen> => seen(id);

  /** A file of plain text that Jo brings, and that Gwen, who chairs it, releases. */
  const released = async (id: string, artefact: string) => {
    const answer = await fetch(`${running().url}${REVIEWS}/${id}/release/uploads`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await running().tokenFor('jo')}`,
        ...{ 'content-type': 'application/octet-stream', 'idempotency-key': newId() },
      },
      body: Buffer.from(`The ${artefact} about Alice`),
    });
    const { id: uploadId } = (await answer.json()) as { id: string };
    await done(id, 'release/files', { uploadId, artefact, name: `${artefact}.txt` });
    await done(id, `release/files/${uploadId}/release`, { looked: true }, 'gwen');
    return uploadId;
  };

  /** A chair, every seat that must be filled, and what each declares. */
  const seated = async (id: string, { panel: { essential } }: ReviewKind) => {
    const sits = async (): Promise<
      { id: string; seat: string; role: string; userId: string | null; declarations: unknown[] }[]
    > => (await seen(id)).document.panel ?? [];
    if (!(await sits()).some(({ role }) => role === 'chair'))
      await done(id, 'panel', { role: 'chair', seat: 'independent chair', userId: person('gwen') });
    const there = new Set((await sits()).map(({ seat }) => seat));
    for (const seat of essential.filter((e) => !there.has(e)))
      await done(id, 'panel', { role: 'member', seat, name: 'An invited member', orgId: org('northbank-council') });
    for (const member of await sits()) {
      if (member.declarations.length > 0) continue;
      const who = USERNAMES.get(member.userId ?? '') ?? 'jo';
      await done(id, `panel/${member.id}/declarations`, { statement: 'No part in it', conflict: false }, who);
    }
  };
  const met = async (id: string, agreed: string) => {
    const present = (await view(id)).document.panel?.map((m) => m.id) ?? [];
    await done(id, 'meetings', { on: ago(60), present, agreed: [agreed], minute: 'All agreed' });
  };

  const decision = ({ outcomes, legalBasis, criteria, mustConsult }: ReviewKind) => ({
    ...{ outcome: outcomes[0]!.code, legalBasis: legalBasis.find(({ inForce }) => inForce !== false)!.code },
    ...{
      decider: 'Who decides',
      deciderRole: 'Chair',
      decidedOn: ago(250),
      rationale: 'All are met',
      conflicts: 'None',
    },
    criteria: criteria.map(({ code }) => ({ code, answer: 'yes', evidence: 'A summary' })),
    consulted: mustConsult.map(({ code }) => ({ code, noReply: true })),
  });

  /** Meets one guard by the command that it asks for. */
  async function meet(id: string, kind: ReviewKind, guard: ReviewGuard): Promise<unknown> {
    const said = { guard: guard.code, evidence: 'As minuted' };
    switch (guard.check) {
      case 'fact':
        return done(id, 'dates', { code: guard.fact, date: ago(guard.fact === 'start' ? 200 : 40) });
      case 'decision':
        return done(id, 'decisions', decision(kind));
      case 'notices':
        for (const { code, outcomes } of kind.notices)
          if (outcomes.includes(kind.outcomes[0]!.code))
            await done(id, 'notices', { code, sentOn: ago(240), how: 'Secure mail', receipt: 'N-1' });
        return;
      case 'kinds-tested':
        return tested(id);
      case 'scoping':
        return scoped(id);
      case 'chair':
      case 'panel':
        return seated(id, kind);
      case 'terms':
        await done(id, 'terms', { text: 'From 2020 on' });
        return met(id, guard.code);
      case 'meeting':
        return met(id, guard.code);
      case 'family':
        return done(id, 'family/contacts', {
          ...{ topic: guard.topic, on: ago(50), channel: 'letter', spoke: 'The chair', outcome: 'not-reached' },
          said: 'Three letters',
        });
      case 'chronology':
        await done(id, 'chronology/items', {
          ...{ date: ago(420), event: 'Asked to move', source: 'C-1', seen: 'yes' },
          informs: [kind.evidence!.informs[0]!.code],
        });
        return done(id, 'chronology/versions', {});
      case 'release': {
        const { body } = await running().as('jo').get(`${REVIEWS}/${id}/release`);
        if (body.people.length === 0)
          await done(id, 'release/people', {
            ...{ pseudonym: 'Alice', chosenBy: 'Her sister', why: 'A name that she liked' },
            identifiers: [{ kind: 'full-name', value: 'Mira Kestle' }],
          });
        for (const artefact of guard.package ?? []) await released(id, artefact);
        return;
      }
      case 'confirmed':
      case 'silence-told':
        return done(id, 'confirmations', said);
      // What a second person confirms is not confirmed by Jo, who takes the step.
      case 'second-person':
      case 'answered':
      case 'management-reviews':
        return done(id, 'confirmations', said, 'gwen');
      case 'submitted':
        return done(id, 'submissions', { sentOn: ago(30), how: 'Secure mail', receipt: 'QA-1' });
      case 'letter':
        return done(id, 'quality-letters', {
          ...{
            receivedOn: ago(20),
            verdict: guard.verdicts![0],
            points: guard.verdicts![0] === 'publish' ? [] : ['Why?'],
          },
        });
      case 'publication':
        return done(id, 'publication-decisions', {
          ...{ decision: 'full', reasons: [], decider: 'Who decides', decidedOn: ago(10) },
        });
      case 'copies':
        for (const { code } of kind.copies ?? []) await done(id, 'copies', { code, sentOn: ago(5), receipt: 'R-1' });
        return;
      default:
        throw new Error(`nothing here meets a guard of the check ${guard.check}`);
    }
  }

  /** Takes the next usual steps until the review is where the test begins. */
  async function lead(id: string, to: string): Promise<void> {
    for (let at = await view(id); at.state !== to; at = await view(id)) {
      const { definition, next } = at;
      // A quality panel that has nothing to change is the shortest way.
      const way = at.ways.find((w) => w.to === 'PUBLICATION_DECISION') ?? at.ways.find((w) => w.to === next);
      if (!way) throw new Error(`nothing leads from ${at.state} to ${to}`);
      await ready(id, way.to);
      const taken = await step(id, way.to);
      expect([definition.code, way.to, taken.status, taken.body.reasons]).toEqual([
        definition.code,
        way.to,
        200,
        undefined,
      ]);
    }
  }

  /** Meets everything that one step still lacks, but what the test meets itself. */
  async function ready(id: string, to: string, but: readonly string[] = []): Promise<void> {
    const { ways, definition } = await view(id);
    const missing = ways.find((w) => w.to === to)!.missing.map(({ code }) => code);
    for (const code of missing.filter((m) => !but.includes(m))) {
      // What met another has perhaps met this one.
      const still = (await view(id)).ways.find((w) => w.to === to)!.missing.some((m) => m.code === code);
      if (still)
        await meet(
          id,
          definition,
          definition.guards.find((g) => g.code === code)!,
        );
    }
  }
  return { lead, ready };
}
