import type { TestApp } from '@concordat/testing';
import { newId } from '@concordat/contracts';
import { ago, deskOf, org, REVIEWS } from '../reviews/desk.testing';

const FIGURES = '/api/reviews/asb-figures';

/** ASB case reviews over HTTP: ledger, threshold, figures, on the app that the context's own tests have started. */
export function asbTests(running: () => TestApp): void {
  describe('ASB case reviews', () => {
    const { seen, lastAct, take, done, step, confirm, scoped } = deskOf(running);
    const applied = async (on: string): Promise<string> => {
      const { status, body } = await running()
        .as('jo')
        .post(REVIEWS, {
          ...{ kind: 'northbank-asb-case-review', about: 'Noise and threats', notifier: 'The applicant' },
          dates: [{ code: 'application', date: on }],
        });
      expect([status, body.errors]).toEqual([201, undefined]);
      return body.id as string;
    };
    const complain = (id: string, on: number, who: string, more: object = {}) =>
      done(id, 'complaints', {
        ...{ behaviourOn: ago(on), complainedOn: ago(on - 1), complainant: who, summary: 'Shouting at night' },
        ...more,
      });
    const decision = (outcome: string, decidedOn: string) => ({
      ...{ outcome, legalBasis: 'ASBCPA_s104', decider: 'The relevant bodies', deciderRole: 'Panel', decidedOn },
      ...{ rationale: 'As the ledger shows', conflicts: 'None' },
      criteria: ['qualifying-complaints', 'persistence', 'harm', 'response'].map((code) => ({
        ...{ code, answer: 'no', evidence: 'The ledger' },
      })),
      consulted: [{ code: 'relevant-bodies', view: 'All agree' }],
    });

    it('are of an area where whoever registers one says so, and of none of elsewhere', async () => {
      const [{ id: areaId }] = (await running().sql<{ id: string }>(
        'SELECT area_id AS id FROM reviews.area WHERE active LIMIT 1',
      )) as [{ id: string }];
      const register = (area: string) =>
        running()
          .as('jo')
          .post(REVIEWS, {
            ...{ kind: 'northbank-asb-case-review', about: 'Noise', notifier: 'The applicant', areaId: area },
            dates: [{ code: 'application', date: ago(3) }],
          });
      expect((await register(newId())).body.errors).toEqual([
        { field: 'areaId', code: 'area.unknown', message: 'Choose an area of the partnership' },
      ]);
      const { id } = (await register(areaId)).body as { id: string };
      expect((await seen(id)).document.areaId).toBe(areaId);
      await done(id, 'complaints', {
        ...{ behaviourOn: ago(9), complainedOn: ago(8), complainant: 'Neighbour A', summary: 'Shouting at night' },
      });
      const told = await running().sql<{ area: string }>(
        `SELECT convert_from(body, 'UTF8')::jsonb #>> '{data,areaId}' AS area FROM reviews.outbox WHERE stream_id = $1`,
        [id],
      );
      expect(told.map(({ area }) => area)).toEqual([areaId, areaId]);
    });

    it('count complaints by the ledger: what the number gives, nobody can decide away', async () => {
      const id = await applied(ago(90));
      await complain(id, 120, 'Neighbour A');
      await complain(id, 110, 'Neighbour B');
      expect(await lastAct('review.keep-complaint')).toMatchObject({ items: ['complaint.2'] });
      expect((await seen(id)).threshold).toMatchObject({ qualifying: 2, needed: 3, mandatory: false });
      expect((await take(id, 'decisions', decision('MET_MANDATORY', ago(80)))).body.errors).toEqual([
        expect.objectContaining({ field: 'outcome', code: 'threshold' }),
      ]);
      await complain(id, 100, 'Neighbour C', { complainedOn: ago(101) });
      await complain(id, 100, 'Neighbour C');
      expect((await seen(id)).threshold).toMatchObject({
        ...{ qualifying: 3, mandatory: true },
        complaints: [{ not: null }, { not: null }, { not: 'before-behaviour' }, { not: null }],
      });
      for (const outcome of ['NOT_MET', 'MET_DISCRETIONARY'])
        expect((await take(id, 'decisions', decision(outcome, ago(80)))).body.errors[0].message).toContain(
          '3 complaints qualify and it takes 3',
        );
      await done(id, 'decisions', decision('MET_MANDATORY', ago(80)));

      const dhr = await running()
        .as('jo')
        .post(REVIEWS, {
          ...{ kind: 'domestic-homicide-review', about: 'A death', notifier: 'Police' },
          dates: ['death', 'notice', 'aware'].map((code) => ({ code, date: ago(20) })),
        });
      const no = await take(dhr.body.id as string, 'complaints', {
        ...{ behaviourOn: ago(9), complainedOn: ago(8), complainant: 'A', summary: 'x' },
      });
      expect(no.body.code).toBe('review.no-ledger');
      expect((await running().as('gwen').post(`${REVIEWS}/${id}/complaints`, {}, { version: 1 })).status).toBe(404);
    });

    it('make yearly figures, which nobody publishes while they contradict each other', async () => {
      const period = { from: ago(1000), to: ago(700) };
      const count = async () =>
        (await running().as('jo').get(`${FIGURES}?from=${period.from}&to=${period.to}`)).body.figures;
      const publish = (more: object = {}) =>
        running()
          .as('jo')
          .post(FIGURES, { ...period, ...more });
      const refused = await applied(ago(900));
      await done(refused, 'decisions', decision('NOT_MET', ago(890)));
      const reviewed = await applied(ago(880));
      await done(reviewed, 'dates', { code: 'acknowledged', date: ago(878) });
      for (const to of ['ACKNOWLEDGED', 'SHARED', 'RETURNS', 'THRESHOLD', 'PANEL', 'PLAN']) {
        if (to === 'SHARED') await confirm(reviewed, 'shared');
        if (to === 'THRESHOLD') {
          await scoped(reviewed);
          await done(reviewed, 'decisions', decision('MET_DISCRETIONARY', ago(870)));
        }
        if (to === 'PANEL') {
          await done(reviewed, 'notices', { code: 'applicant', sentOn: ago(869), receipt: 'Letter 1' });
          await confirm(reviewed, 'victim-invited');
        }
        if (to === 'PLAN') await done(reviewed, 'dates', { code: 'panel', date: ago(850) });
        expect([to, (await step(reviewed, to)).body.reasons]).toEqual([to, undefined]);
      }
      const withdrawn = await applied(ago(800));
      await done(withdrawn, 'decisions', decision('WITHDRAWN', ago(801)));

      expect(await count()).toMatchObject({
        ...{ applications: 3, notMet: 1, reviews: 1, withRecommendations: 0, withdrawn: 1, openAtEnd: 1 },
        contradictions: [
          '3 came in or were open, and 4 are accounted for',
          expect.stringMatching(/^SR-.*: withdrawn while it was not open$/),
        ],
      });
      expect(await lastAct('asb-figures.count')).toMatchObject({ outcome: 'done' });
      const contradictory = await publish();
      expect(contradictory).toMatchObject({ status: 422, body: { code: 'asb-figures.contradictory' } });
      expect((await running().asNobody().get('/api/reviews/published-figures')).body.figures).toEqual([]);
      // Put right by a decision that supersedes the one with the wrong date.
      await done(withdrawn, 'decisions', decision('WITHDRAWN', ago(799)));
      expect(await count()).toMatchObject({ withdrawn: 1, openAtEnd: 0, contradictions: [] });

      expect((await publish({ to: ago(0) })).body.errors[0]).toMatchObject({ field: 'to', code: 'too-long' });
      expect((await publish({ from: ago(100), to: ago(0) })).body.errors[0]).toMatchObject({ code: 'not-over' });
      for (const username of ['gwen', 'amina'])
        expect((await running().as(username).post(FIGURES, period)).status).toBe(403);
      expect((await publish()).status).toBe(201);
      expect((await publish({ note: 'Four applications were made' })).body.errors).toEqual([
        expect.objectContaining({ field: 'note', code: 'contradicts', message: expect.stringContaining('say 3') }),
      ]);
      const explained = { note: 'Two reviews of 2019 are open', noteExplained: 'Of an earlier period' };
      expect((await publish(explained)).body).toMatchObject({ version: 2 });
      expect(await lastAct('asb-figures.publish')).toMatchObject({ reasons: ['figures.note-explained'] });
      expect((await publish({ note: 'One more was found' })).body).toMatchObject({ version: 3 });
      expect(await lastAct('asb-figures.publish')).toMatchObject({ outcome: 'done', decision: 'published' });
      const shown = await running().asNobody().get('/api/reviews/published-figures');
      expect(shown.body.figures).toMatchObject([
        { ...period, edition: 3, name: 'Northbank Council', note: 'One more was found', figures: { applications: 3 } },
      ]);
      expect(JSON.stringify(shown.body)).not.toMatch(/SR-|Neighbour/);
      expect(await lastAct('asb-figures.show')).toMatchObject({ outcome: 'done' });
    });

    it('begin with an application of anybody, sent or told, and whoever is asked makes a review of it', async () => {
      const at = '/api/reviews/asb-applications';
      const web = running().asService('web');
      const council = org('northbank-council');
      const { body } = await web.get(`${at}/bodies`);
      expect(body.bodies).toEqual([{ id: council, name: 'Northbank Council' }]);
      expect(await lastAct('asb-application.offer')).toMatchObject({ outcome: 'done' });
      const application = {
        ...{ ownerOrg: council, appliesFor: 'other', name: 'A tenant', contact: '01632 960 000' },
        ...{ appliedBy: 'A neighbour', consent: true, about: 'Threats at the door' },
        complaints: [{ behaviourOn: ago(20), complainedOn: ago(19), summary: 'Told the police' }],
      };
      const fields = async (more: object) =>
        (await web.post(at, { ...application, ...more })).body.errors?.map((e: { field: string }) => e.field);
      expect(await fields({ consent: false, appliedBy: '' })).toEqual(['appliedBy', 'consent']);
      expect(await fields({ ownerOrg: org('northbank-police') })).toEqual(['ownerOrg']);
      expect(await fields({ complaints: [{ ...application.complaints[0], behaviourOn: ago(-2) }] })).toEqual([
        'complaints.0.behaviourOn',
      ]);
      expect(await fields({ complaints: [{ ...application.complaints[0], behaviourOn: ago(18) }] })).toEqual([
        'complaints.0.complainedOn',
      ]);
      const sent = await web.post(at, application);
      expect(sent).toMatchObject({ status: 201, body: { reference: expect.stringMatching(/^AP-/) } });
      const { id } = sent.body as { id: string };
      expect(await lastAct('asb-application.receive')).toMatchObject({ decision: 'online', actorRole: 'service' });
      const [event] = await running().sql<{ body: string }>(
        `SELECT convert_from(body, 'UTF8') AS body FROM reviews.outbox WHERE stream_id = $1`,
        [id],
      );
      expect(event?.body).not.toMatch(/tenant|Threats|01632/);
      for (const caller of [web, running().as('gwen'), running().as('amina')])
        expect((await caller.get(at)).status).toBe(403);
      expect((await running().asNobody().post(at, application)).status).toBe(401);

      const jo = running().as('jo');
      const told = await jo.post(at, { ...application, appliesFor: 'self', ownerOrg: undefined });
      expect((await jo.get(at)).body.items.map((a: { channel: string }) => a.channel)).toEqual(['online', 'told']);
      expect(await lastAct('asb-application.list')).toMatchObject({
        objects: expect.arrayContaining([{ t: 'asb-application', id, ver: '1' }]),
      });
      expect((await jo.get(at)).body).toMatchObject({ total: 2, page: 1, pages: 1 });
      expect((await jo.get(`${at}?page=2`)).body.items).toEqual([]);
      expect((await jo.get(`${at}/${id}`)).body).toMatchObject({ id, channel: 'online' });
      const settle = (what: string, given: object, of = id, version = 1) =>
        jo.post(`${at}/${of}/${what}`, given, { version });
      expect((await settle('register', { kind: 'no-such' })).body.errors[0]).toMatchObject({ field: 'kind' });
      const registered = await settle('register', { kind: 'northbank-asb-case-review' });
      expect(registered.status).toBe(200);
      expect((await jo.get(`${at}/${id}`)).status).toBe(404);
      expect(await lastAct('asb-application.register')).toMatchObject({
        objects: expect.arrayContaining([{ t: 'review', id: registered.body.reviewId, ver: '1' }]),
      });
      expect(await seen(registered.body.reviewId as string)).toMatchObject({
        ...{ state: 'APPLICATION', threshold: { qualifying: 1 } },
        document: { about: 'Threats at the door', facts: [{ code: 'application', date: ago(0) }] },
      });
      expect((await settle('register', { kind: 'northbank-asb-case-review' }, id, 2)).body.code).toBe(
        'asb-application.settled',
      );
      expect((await settle('set-aside', { reason: ' ' }, told.body.id as string)).status).toBe(422);
      expect((await settle('set-aside', { reason: 'Told twice' }, told.body.id as string)).status).toBe(200);
      expect(await lastAct('asb-application.set-aside')).toMatchObject({ outcome: 'done' });
      expect((await jo.get(at)).body.items).toEqual([]);
    });
  });
}
