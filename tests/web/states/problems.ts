import { randomUUID } from 'node:crypto';
import { answered, offered } from '../handed';
import { restricted as restrictedCase } from '../stories';
import type { Drive, Drives, World } from '../world';

const at =
  (username: string | null, path: string): Drive =>
  async (world) => {
    const page = username ? await world.as(username) : await world.nobody();
    await page.goto(world.url + path);
    return page;
  };

/** Shows a page while the lists of the referrals context answer so. */
const whileListsAnswer =
  (answer: () => Promise<Response>): Drive =>
  async (world) => {
    const real = globalThis.fetch;
    const spy = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation((input, init) =>
        (typeof input === 'string' ? input : '').includes('/api/referrals?') ? answer() : real(input, init),
      );
    try {
      return await at('hana', '/referrals/made')(world);
    } finally {
      spy.mockRestore();
    }
  };

/** Does something while the decision point refuses whatever it is asked. */
export async function whileRefused<T>(work: () => Promise<T>): Promise<T> {
  const decision = { outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'], isa: 'a@1.0.0', flowId: null, lineIds: [] };
  const real = globalThis.fetch;
  const spy = jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation((input, init) =>
      (typeof input === 'string' ? input : '').endsWith('/api/sharing/decisions')
        ? Promise.resolve(Response.json({ id: randomUUID(), decision }))
        : real(input, init),
    );
  try {
    return await work();
  } finally {
    spy.mockRestore();
  }
}

/** What Bevan was shown, when the decision point refuses it. */
const whileDecisionsRefuse: Drive = async (world) => {
  const { id } = await offered(world);
  await answered(world, id, 'acceptance');
  return whileRefused(() => at('bevan', `/hand-over/referrals/${id}/case`)(world));
};

/** A sign-in by one factor at an installation that demands two. */
const whileSignInsAreTooWeak: Drive = async (world) => {
  const real = globalThis.fetch;
  const problem = { code: 'sign-in.too-weak', detail: 'x', acrValues: 'gold' };
  const spy = jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation((input, init) =>
      (typeof input === 'string' ? input : '').endsWith('/api/identity/sessions')
        ? Promise.resolve(Response.json(problem, { status: 401 }))
        : real(input, init),
    );
  try {
    const page = await at(null, '/sign-in')(world);
    await page.click('button[value="hana"]');
    await page.waitForSelector('text=Sign in with a second factor');
    return page;
  } finally {
    spy.mockRestore();
  }
};

async function memberThatWas(world: World) {
  const context = await world.signedIn('quinn');
  const admin = world.app.as('zola');
  const { body: me } = await world.app.as('quinn').get('/api/identity/me');
  const at = `/api/identity/members/${me.id}/${me.organisation.id}/revocation`;
  const { body } = await admin.get(`/api/identity/members?org=${me.organisation.id}`);
  const { version } = body.members.find((m: { userId: string }) => m.userId === me.id) as { version: number };
  expect((await admin.post(at, {}, { version })).status).toBe(200);
  const page = await context.newPage();
  for (let tries = 0; tries < 100; tries++) {
    await page.goto(`${world.url}/referrals/made`);
    if ((await page.innerText('h1')) === 'You cannot use Concordat yet') return page;
  }
  throw new Error('still a member');
}

/** Pages for problems (apps/web/src/design/problems.ts). */
export const drives: Drives = {
  'design/problems': {
    'session-expired': async (world) => {
      const page = await world.nobody();
      await page.context().addCookies([{ name: 'concordat', value: 'x'.repeat(43), url: world.url }]);
      await page.goto(`${world.url}/referrals/made`);
      return page;
    },
    'sign-in-failed': at(null, '/sign-in/callback?code=x&state=y'),
    'sign-in-too-weak': whileSignInsAreTooWeak,
    'not-a-member': memberThatWas,
    'no-access': at('erin', '/referrals/make-a-referral'),
    'not-shared': whileDecisionsRefuse,
    'not-found': at('hana', '/nothing-here'),
    unreadable: at('hana', '/referrals/made?status=nonsense'),
    unavailable: whileListsAnswer(() => Promise.reject(new Error('refused'))),
    error: whileListsAnswer(() => Promise.resolve(Response.json({}))),
    conflict: async (world) => {
      const content = { pathway: 'other', people: [{ ref: 'p1', roles: ['subject'], name: { family: 'Halloway' } }] };
      const { id, version } = await world.draft('hana', content);
      const page = await at('hana', `/referrals/make-a-referral/${id}/people/p1/remove`)(world);
      const changed = { content: { ...content, wishes: 'None' } };
      expect((await world.app.as('hana').put(`/api/referrals/drafts/${id}`, changed, { version })).status).toBe(200);
      await page.click('button:has-text("Remove this person")');
      await page.waitForSelector('text=Somebody else changed this first');
      return page;
    },
    'step-not-open': async (world) => {
      const { id } = await world.referral();
      await world.act('amina', id, 'ratings', { colour: 'green' });
      await world.act('amina', id, 'information-requests', { question: 'Where does he work?' });
      const page = await at('hana', `/referrals/${id}/answer`)(world);
      await world.act('hana', id, 'withdrawals', { reason: 'made-in-error', rationale: 'Sent twice.' });
      const { body } = await world.app.as('hana').get(`/api/referrals/${id}`);
      await page
        .locator('input[name="_version"]')
        .evaluate((field, v) => field.setAttribute('value', String(v)), body.version);
      await page.fill('#answer', 'At the docks.');
      await page.click('text=Send answer');
      await page.waitForSelector('text=This can no longer be done');
      return page;
    },
    'form-expired': async (world) => {
      const page = await at('hana', '/referrals/make-a-referral')(world);
      await page.locator('main input[name="_csrf"]').evaluate((field) => field.setAttribute('value', 'another'));
      await page.click('button:has-text("Continue")');
      await page.waitForSelector('text=This form is no longer valid');
      return page;
    },
    'too-many': async (world) => {
      const context = await world.signedIn('wren');
      const page = await context.newPage();
      await page.goto(`${world.url}/referrals/make-a-referral`);
      const send = () => page.request.post(`${world.url}/referrals/make-a-referral`, { form: {}, maxRedirects: 0 });
      for (let i = 0; i < 60; i++) await send();
      await page.click('button:has-text("Continue")');
      await page.waitForSelector('text=Too many requests');
      return page;
    },
    restricted: async (world) => {
      const { caseId } = await restrictedCase(world, 'conflict-of-interest');
      return at('tomas', `/cases/${caseId}`)(world);
    },
    'preview-only': async (world) => {
      const { caseId } = await world.case();
      const amina = world.app.as('amina');
      const bevan = (await world.app.as('bevan').get('/api/identity/me')).body;
      const { version } = (await amina.get(`/api/records/cases/${caseId}`)).body as { version: number };
      const body = { orgId: bevan.organisation.id, level: 'preview' };
      expect((await amina.post(`/api/records/cases/${caseId}/participations`, body, { version })).status).toBe(200);
      return at('bevan', `/cases/${caseId}`)(world);
    },
  },
};
