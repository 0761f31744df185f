import { eventually } from '@concordat/testing';
import { riskyCase } from '../../../web/assessed';
import { answered, askedToApprove, exported, offered, onOffer, startBulk } from '../../../web/handed';
import { whoIs } from '../../../web/known';
import { handOverAgreement } from '../../../web/agreements';
import { entryIn } from '../../../web/states/chronology';
import { checkedPeople } from '../../../web/states/imports';
import { mergedPeople } from '../../../web/states/people';
import { accepted, accessRequest, answering, EASTVALE_NHS, glassBroken, POLICE, staffId } from '../../../web/stories';
import type { World } from '../../../web/world';
import type { Kind } from '../kinds';
import { post, upload, versionAt } from '../partnership';

/** They look across agencies: at what is kept and erased, and at what was opened in an emergency. */
const GOVERNANCE = ['information-governance-lead', 'auditor'] as const;
const CASES = '/api/records/cases';

/** A case that the council leads and the police read, with something of everything that a case holds. */
export async function fullCase(world: World): Promise<{ id: string; parts: Record<string, string> }> {
  const [{ caseId }, second] = [await riskyCase(world), await accepted(world)];
  const [at, amina] = [`${CASES}/${caseId}`, world.app.as('amina')];
  const { reference } = (await amina.get(`${CASES}/${second.caseId}`)).body as { reference: string };
  const { leadOrg } = (await amina.get(at)).body as { leadOrg: string };
  const uploadId = await upload(world, 'amina', `${at}/documents/uploads`, 'Seen by nobody.\nTwice.');
  const document = await post(world, 'amina', `${at}/documents`, { uploadId, title: 'Note of the visit' });
  await post(world, 'amina', `${at}/flags`, { flag: 'needs-attention' });
  const fact = await post(world, 'amina', `${at}/key-facts/steps`, { text: 'Ring the school.', agency: leadOrg });
  await post(world, 'amina', `${at}/links`, { reference, kind: 'repeat' });
  const links = (await amina.get(`${at}/links`)).body as { items: { id: string }[] };
  const entryId = await entryIn(world, caseId, 'amina');
  return {
    id: caseId,
    parts: {
      ...{ entryId, documentId: document.id, flag: 'needs-attention', factId: fact.id, linkId: links.items[0]!.id },
      ...{ orgId: POLICE, stage: 'closure' },
    },
  };
}

/** What records keep beside cases, each made by the people of the council who would. */
export async function recordsMade(world: World, old: string): Promise<Kind[]> {
  await handOverAgreement(world);
  const { id: caseId, parts } = await fullCase(world);
  const retained = `/api/records/retention/${old}`;
  // How long a case is kept is calculated within half a minute of its opening.
  await eventually(async () => (await world.app.as('kit').get(retained)).status === 200, { timeoutMs: 60_000 });
  const held = await post(
    world,
    'kit',
    `${retained}/holds`,
    { reason: 'An inquest' },
    await versionAt(world, 'kit', retained),
  );
  const erased = await erasedCase(world);
  const merged = await mergedPeople(world);
  await post(
    world,
    'amina',
    `/api/records/people/${merged.person}/relationships`,
    { otherId: merged.other, kind: 'sibling' },
    await versionAt(world, 'amina', `/api/records/people/${merged.person}`),
  );
  const related = (await world.app.as('amina').get(`/api/records/people/${merged.person}`)).body as {
    relationships?: { id: string }[];
  };
  const asked = await accessRequest(world);
  await answering(world, 'kit', asked.id, 'gathering');
  const { items } = (await world.app.as('kit').get(`/api/records/access-requests/${asked.id}`)).body as {
    items: { id: string }[];
  };
  const approval = await askedToApprove(world);
  const glass = await glassBroken(world);
  const { body: restrictions } = await world.app.as('amina').get(`${CASES}/${glass.caseId}/restrictions`);
  const bulk = await startBulk(world, [(await accepted(world)).caseId]);
  const exportId = await exported(world);
  const importId = await checkedPeople(world);
  const known = await post(world, 'amina', '/api/records/known-questions', {
    toOrg: EASTVALE_NHS,
    purpose: 'safeguarding-adult',
    person: whoIs('Qmatrixley'),
  });
  const referral = await offered(world);
  const { people } = (await world.app.as('amina').get(`${CASES}/${referral.caseId}`)).body as {
    people: { id: string }[];
  };
  const taken = await offered(world);
  await answered(world, taken.id, 'acceptance');
  const { people: theirs } = (await world.app.as('amina').get(`${CASES}/${taken.caseId}`)).body as {
    people: { id: string }[];
  };
  const transfer = await onOffer(world);
  const found = async (context: string): Promise<string> =>
    ((await world.app.as('amina').post(`/api/${context}/searches`, { q: 'Castellan' })).body as { searchId: string })
      .searchId;
  await eventually(
    async () => (await world.app.as('amina').get(`/api/records/known-questions/${known.id}`)).status === 200,
  );
  const at = '/api/records';
  return [
    { name: 'case', path: `${at}/cases/{id}`, id: caseId, parts, by: ['amina'] },
    {
      name: 'retention of a case',
      path: `${at}/retention/{id}`,
      id: old,
      parts: { holdId: held.id },
      everywhere: GOVERNANCE,
      by: ['kit'],
    },
    {
      name: 'case that was erased',
      path: `${at}/erasures/{id}`,
      id: erased,
      parts: {},
      by: ['kit'],
      everywhere: GOVERNANCE,
    },
    {
      name: 'person',
      path: `${at}/people/{id}`,
      id: merged.person,
      parts: { mergeId: merged.mergeId, relationshipId: related.relationships?.[0]?.id ?? '' },
      by: ['amina'],
    },
    {
      name: 'access request',
      path: `${at}/access-requests/{id}`,
      id: asked.id,
      parts: { itemId: items[0]!.id },
      by: ['kit'],
      everywhere: ['information-governance-lead'],
    },
    { name: 'approval', path: `${at}/approvals/{id}`, id: approval.id, parts: {}, by: ['amina'] },
    {
      name: 'opening in an emergency',
      path: `${at}/break-glass/{id}`,
      id: glass.useId,
      parts: {},
      by: ['amina', 'kit'],
      everywhere: GOVERNANCE,
      within: [],
    },
    {
      name: 'restriction',
      path: `${at}/restrictions/{id}`,
      id: (restrictions as { items?: { id: string }[] }).items?.[0]?.id ?? '',
      parts: {},
      by: ['amina'],
      within: ['restricted-records'],
    },
    { name: 'bulk work', path: `${at}/bulk/{id}`, id: bulk, parts: {}, by: ['amina'], within: [] },
    { name: 'export', path: `${at}/exports/{id}`, id: exportId, parts: {}, by: ['amina'], within: [] },
    { name: 'import', path: `${at}/imports/{id}`, id: importId, parts: { number: '1' }, by: ['amina'], within: [] },
    {
      name: 'question whether somebody is known',
      path: `${at}/known-questions/{id}`,
      id: known.id,
      parts: {},
      by: ['amina'],
      within: [],
    },
    {
      name: 'onward referral',
      path: `${at}/onward-referrals/{id}`,
      id: referral.id,
      parts: { personId: people[0]!.id },
      by: ['amina', 'bevan'],
    },
    {
      name: 'onward referral that is accepted',
      path: `${at}/onward-referrals/{id}/case`,
      id: taken.id,
      parts: {},
      by: ['bevan'],
    },
    {
      name: 'person of an onward referral',
      path: `${at}/onward-referrals/{id}/people`,
      id: taken.id,
      parts: { personId: theirs[0]!.id },
      by: ['bevan'],
    },
    { name: 'transfer', path: `${at}/transfers/{id}`, id: transfer.id, parts: {}, by: ['amina', 'bevan'] },
    {
      name: 'search of records',
      path: `${at}/searches/{id}`,
      id: await found('records'),
      parts: {},
      by: ['amina'],
      within: [],
    },
    {
      name: 'search of referrals',
      path: '/api/referrals/searches/{id}',
      id: await found('referrals'),
      parts: {},
      by: ['amina'],
      within: [],
    },
  ];
}

/** A case that is long gone. It takes years to come to that; what it leaves is put there. */
async function erasedCase(world: World): Promise<string> {
  const id = crypto.randomUUID();
  await world.app.sql(
    `INSERT INTO records.erasure SELECT $1, 'C-2011-0001', NULL, kind, area_id, lead_org, false, 'case', 1, 'england-wales@1', '2026-01-01', $1, $2, now(), $3, now(), now(), 1, 0
       FROM records.case_file LIMIT 1`,
    [id, await staffId(world, 'kit'), await staffId(world, 'yusuf')],
  );
  return id;
}
