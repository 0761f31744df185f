import { SharingModule } from '@concordat-app/sharing';
import { startApp, type TestApp } from '@concordat/testing';
import { AGREEMENTS, agreementsIn } from './agreements.testing';
import { COUNCIL, POLICE } from './partnership.testing';

describe('an agreement between systems', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([SharingModule])));
  afterAll(() => app?.stop());
  const { active, seen, ask, lastAct } = agreementsIn(() => app);

  it('is given in the vocabulary of Social Care Data, and brought in from it: always a draft that permits nothing', async () => {
    const id = await active();
    const { document, contentHash } = await seen(id);
    const given = await app.as('amina').get(`${AGREEMENTS}/${id}/mais`);
    expect(given.headers.get('content-disposition')).toContain(`${document.id}-1.0.0.mais.json`);
    expect(given.body).toMatchObject({
      ...{ Identifier: { value: `${document.id}@1.0.0` }, 'concordat:contentHash': `sha256:${contentHash}` },
      Party: [{ Name: 'Northbank Council' }, { Name: 'Northbank Police' }, { Name: 'Eastvale NHS Trust' }],
      'concordat:notSaid': expect.arrayContaining(['flows.F1', 'basisLines.S-POLICE']),
    });
    expect(await lastAct('agreement.take-copy')).toMatchObject({ outcome: 'done', items: ['mais'], actorOrg: COUNCIL });
    const copies = await app.as('amina').get(`${AGREEMENTS}/${id}/copies`);
    expect(copies.body.mais.notSaid).toEqual(given.body['concordat:notSaid']);
    for (const part of ['mais', 'copies'])
      expect((await app.as('dov').get(`${AGREEMENTS}/${id}/${part}`)).status).toBe(404);

    const bring = (policy: unknown, username = 'kit') =>
      app.as(username).post(`${AGREEMENTS}/imports`, { content: JSON.stringify(policy) });
    expect((await bring(given.body)).body.code).toBe('agreement.id-taken');
    const { EndDate: _, ...wrong } = {
      ...given.body,
      Party: [...given.body.Party, { Name: 'Nobody', CatalogueID: ['x'] }],
    };
    expect((await bring(wrong)).body.errors).toMatchObject([
      { field: 'content.EndDate', code: 'policy.field-missing' },
    ]);
    expect((await bring({ ...wrong, EndDate: '2099-12-31' })).body.errors).toMatchObject([
      { field: 'content.Party.3.CatalogueID', code: 'policy.party-unknown' },
    ]);
    expect((await bring(given.body, 'amina')).status).toBe(403);
    // Known by the name alone where no catalogue id is known.
    const named = given.body.Party.map((p: object, i: number) => ({ ...p, CatalogueID: [`cat-${i}`] }));
    const made = await bring({
      ...given.body,
      Identifier: { value: 'from-elsewhere', System: 'urn:x:y' },
      Party: named,
    });
    expect([made.status, made.body.status]).toEqual([201, 'DRAFT']);
    expect(await lastAct('agreement.draft')).toMatchObject({ outcome: 'done', items: ['mais'] });
    const draft = await seen(made.body.id);
    expect(draft.document).toMatchObject({
      ...{ status: 'DRAFT', version: '1.0.0', flows: [], basisLines: [], events: [], title: document.title },
      parties: [COUNCIL, POLICE, expect.anything()].map((orgId, i) =>
        expect.objectContaining(typeof orgId === 'string' ? { orgId, catalogueIds: [`cat-${i}`] } : {}),
      ),
      dataItems: document.dataItems,
    });
    expect(draft.history).toMatchObject([
      { what: 'brought-in', reason: expect.stringContaining('LegalCompliance[0]') },
    ]);
    expect(draft.findings.some((f) => f.level === 'BLOCK')).toBe(true);
    expect((await ask('from-elsewhere')).decision).toMatchObject({
      outcome: 'DENY',
      reasons: ['AGREEMENT_UNKNOWN'],
    });
  });
});
