import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { counted } from '../instruments.testing';
import { forumSetUp, northbankMarac } from './northbank.testing';

const AT = '/api/risk';

/**
 * Ten of twenty-four yes are assessed (hana) for a forum that calls ten high, in a case in which amina and hana may assess: high. Then
 * the forum gives its own thresholds up: what was completed or begun stays, and what is begun later is medium.
 */
export async function followsItsForum(app: TestApp, place: { caseId: string; subject: string }): Promise<void> {
  const { caseId, subject } = place;
  const [hana, amina] = [app.as('hana'), app.as('amina')];
  const view = (id: string) => amina.get(`${AT}/assessments/${id}`);
  const from = [{ band: 'high', value: 10 }];
  const bandings = [{ instrument: 'safelives-dash', from, source: 'Steering group, 4 November 2026' }];
  const forumId = await forumSetUp(app, { bandings });
  const begin = (forum: string) =>
    hana.post(`${AT}/cases/${caseId}/assessments`, {
      instrument: 'safelives-dash',
      subjectId: subject,
      forumId: forum,
    });
  const finish = async (id: string) => {
    expect((await hana.put(`${AT}/assessments/${id}`, counted('safelives-dash', 10), { version: 1 })).status).toBe(200);
    expect((await hana.post(`${AT}/assessments/${id}/completion`, {}, { version: 2 })).status).toBe(200);
    return (await view(id)).body;
  };
  expect((await begin(newId())).body.errors).toEqual([expect.objectContaining({ code: 'forum.unknown' })]);
  const [first, underWay] = [(await begin(forumId)).body.id as string, (await begin(forumId)).body.id as string];
  expect((await app.acts('risk')).findLast(({ action }) => action === 'assessment.start')!.objects).toContainEqual(
    expect.objectContaining({ t: 'forum', id: forumId }),
  );
  const done = await finish(first);
  expect(done.result).toMatchObject({
    ...{ score: 10, band: 'high', banding: 'forum@1' },
    thresholds: { setBy: 'forum', source: bandings[0]!.source, forum: { id: forumId, version: 1 } },
    routes: [{ forum: 'marac', met: true, rule: 'forum@1' }],
  });

  const idris = app.as('idris');
  const { kind: _kind, ...settings } = northbankMarac();
  const wrong = [{ instrument: 'safelives-dash', banding: 'gone' }];
  const refused = await idris.put(`${AT}/forums/${forumId}`, { ...settings, bandings: wrong }, { version: 1 });
  expect(refused.body.errors).toEqual([expect.objectContaining({ field: 'bandings.safelives-dash' })]);
  expect((await idris.put(`${AT}/forums/${forumId}`, settings, { version: 1 })).status).toBe(200);
  expect((await view(first)).body.result).toEqual(done.result);
  expect((await finish(underWay)).result).toMatchObject({ band: 'high', banding: 'forum@1' });
  const later = await finish((await begin(forumId)).body.id as string);
  expect(later.result).toMatchObject({
    ...{ score: 10, band: 'medium', banding: 'dash-count@1' },
    thresholds: { setBy: 'instrument', forum: { version: 2 } },
  });
}
