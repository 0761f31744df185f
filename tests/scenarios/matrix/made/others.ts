import { addDays, civilDate } from '@concordat/clocks';
import { newEventId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { breachFound, decided, leftToAPerson, agreementDrafted } from '../../../web/agreements';
import { rated, sealed, staffId } from '../../../web/stories';
import type { World } from '../../../web/world';
import type { Kind } from '../kinds';
import { post } from '../partnership';

const AMINA = '70e30f01-5677-48ad-b963-31ce6738bbf2';
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const HARBOURSIDE = '021623d7-8c46-4daf-826f-8d83f4133408';

/** What identity, sharing, notifications, insight and the ledger keep. */
export async function othersMade(world: World, person: string): Promise<Kind[]> {
  const unique = crypto.randomUUID().slice(0, 8);
  const agreement = await agreementDrafted(world);
  const decision = await decided(world, ['NAME']);
  const question = await leftToAPerson(world);
  const breach = await breachFound(world);
  const referral = await rated(world, 'red');
  const member = `matrix-${unique}`;
  const { id: userId } = await post(world, 'lena', '/api/identity/members', {
    name: 'Robin Vale',
    username: member,
    orgId: COUNCIL,
    roles: ['practitioner'],
    areas: [HARBOURSIDE],
  });
  const area = await post(world, 'lena', '/api/identity/areas', { code: member, name: member, leadOrg: COUNCIL });
  const organisation = await post(world, 'lena', '/api/identity/organisations', {
    code: member,
    name: member,
    type: 'VCS',
  });
  const client = await post(world, 'lena', '/api/identity/clients', {
    orgId: COUNCIL,
    name: 'Case system',
    scopes: ['directory.read'],
  });
  const { body: clients } = await world.app.as('lena').get(`/api/identity/clients?org=${COUNCIL}`);
  const webhook = await post(world, 'lena', '/api/notifications/webhooks', {
    url: 'https://hooks.example.org/concordat',
    events: ['records.case-opened.v1'],
  });
  const today = civilDate(new Date());
  const standIn = await post(world, 'amina', '/api/notifications/stand-ins', {
    toId: await staffId(world, 'tomas'),
    from: today,
    until: addDays(today, 1),
  });
  const contact = await post(world, 'amina', '/api/notifications/contact-details', {
    channel: 'email',
    address: `${member}@example.test`,
  });
  const notice = crypto.randomUUID();
  await world.app.sql(
    `INSERT INTO notifications.notice (id, user_id, org_id, channel, what, state, attempts, made_at, next_at, ended_at, failure)
     SELECT $1, user_id, org_id, 'email', 'now', 'failed', 1, now(), now() + interval '1 hour', now(), 'recipient-refused'
       FROM notifications.member WHERE user_id = $2`,
    [notice, await staffId(world, 'lena')],
  );
  const deadlines = () =>
    world.app.sql<{ id: string }>('SELECT id FROM notifications.deadline WHERE record_id = $1', [referral]);
  await eventually(async () => (await deadlines()).length > 0, { timeoutMs: 20_000 });
  const feed = (await world.app.as('amina').post('/api/notifications/calendar-feed', {})).body as { secret: string };
  const pack = await post(world, 'amina', '/api/insight/quarterly-packs', { period: '2026-Q3' });
  const auditId = await sealed(world, `user=${await staffId(world, 'amina')}&action=stand-in.name`);
  const message = crypto.randomUUID();
  await world.app.sql(
    `INSERT INTO notifications.message (id, user_id, org_id, deadline_id, kind, to_whom, times, told_at)
     SELECT $1, $2, org_id, id, kind, 'owner', 1, now() FROM notifications.deadline WHERE record_id = $3 LIMIT 1`,
    [message, AMINA, referral],
  );
  const secretId = (clients as { clients: { id: string; secrets: { id: string }[] }[] }).clients.find(
    (c) => c.id === client.id,
  )!.secrets[0]!.id;
  const about = ['audit', 'referrals', 'risk'].map((context): Kind => ({
    ...{ name: `what ${context} holds about somebody`, path: `/api/${context}/held-about/{id}`, id: person, parts: {} },
    ...{ by: ['kit'], within: [] },
  }));
  return [
    ...about,
    {
      name: 'calendar',
      path: '/api/notifications/calendars/{secret}',
      id: `${feed.secret}.ics`,
      parts: {},
      by: ['amina'],
      everywhere: 'anybody',
    },
    {
      name: 'agreement that is published',
      path: '/api/sharing/published/{code}',
      id: 'northbank-hand-over',
      parts: {},
      by: ['amina'],
      everywhere: 'anybody',
    },
    { name: 'agreement', path: '/api/sharing/agreements/{id}', id: agreement, parts: {}, by: ['kit'] },
    {
      name: 'decision about sharing',
      path: '/api/sharing/decisions/{id}',
      id: decision,
      parts: {},
      by: ['amina'],
      within: ['information-governance-lead', 'auditor'],
    },
    {
      name: 'question left to a person',
      path: '/api/sharing/questions/{id}',
      id: question,
      parts: {},
      by: ['kit'],
      within: ['information-governance-lead', 'auditor'],
    },
    {
      name: 'breach of personal data',
      path: '/api/sharing/breaches/{id}',
      id: breach,
      parts: {},
      by: ['kit'],
      within: ['information-governance-lead', 'auditor'],
    },
    { name: 'area', path: '/api/identity/areas/{id}', id: area.id, parts: {}, by: ['lena'], everywhere: 'anybody' },
    {
      name: 'agency',
      path: '/api/identity/organisations/{id}',
      id: organisation.id,
      parts: {},
      by: ['lena'],
      everywhere: 'anybody',
    },
    {
      name: 'membership',
      path: '/api/identity/members/{userId}',
      id: userId,
      parts: { orgId: COUNCIL },
      by: ['lena'],
      everywhere: 'anybody',
    },
    {
      name: 'system of an agency',
      path: '/api/identity/clients/{id}',
      id: client.id,
      parts: { secretId },
      by: ['lena'],
    },
    { name: 'webhook', path: '/api/notifications/webhooks/{id}', id: webhook.id, parts: {}, by: ['lena'] },
    {
      name: 'standing in',
      path: '/api/notifications/stand-ins/{id}',
      id: standIn.id,
      parts: {},
      by: ['amina'],
      within: [],
    },
    {
      name: 'contact details',
      path: '/api/notifications/contact-details/{id}',
      id: contact.id,
      parts: {},
      by: ['amina'],
      within: [],
    },
    { name: 'notice that failed', path: '/api/notifications/notices/{id}', id: notice, parts: {}, by: ['lena'] },
    {
      name: 'deadline',
      path: '/api/notifications/deadlines/{id}',
      id: (await deadlines())[0]!.id,
      parts: {},
      by: ['amina'],
    },
    {
      name: 'pack of a quarter',
      path: '/api/insight/quarterly-packs/{id}',
      id: pack.id,
      parts: {},
      by: ['amina'],
      within: [],
    },
    { name: 'message', path: '/api/notifications/messages/{id}', id: message, parts: {}, by: ['amina'], within: [] },
    {
      name: 'entry of the ledger',
      path: '/api/audit/entries/{eventId}',
      id: auditId,
      parts: {},
      by: ['erin'],
      everywhere: ['auditor'],
    },
    {
      name: 'proof',
      path: '/api/audit/proofs/{eventId}',
      id: auditId,
      parts: {},
      by: ['erin'],
      everywhere: ['auditor'],
    },
    {
      name: 'receipt',
      path: '/api/audit/receipts/{auditId}',
      id: auditId,
      parts: {},
      by: ['amina'],
      within: [],
      absentId: newEventId(),
    },
  ];
}
