import { describeInBrowser } from './browser';
import { withDocument } from './states/documents';
import { World } from './world';

describeInBrowser('documents', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  it('are given as attachments with safe headers, to who reads the case and nobody else', async () => {
    const { caseId, document } = await withDocument(world);
    const path = `${world.url}/cases/${caseId}/documents/${document}/content`;
    const page = await world.as('hana');
    const answer = await page.request.get(path);
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; filename="C-[\w-]+-document-v1\.pdf"$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'/),
    });
    expect((await answer.body()).toString()).toBe('%PDF-1.7\nA letter.');
    expect((await (await world.as('rhys')).request.get(path)).status()).toBe(404);
    expect((await page.request.get(`${path}?version=2`)).status()).toBe(404);
    expect((await page.request.get(`${path}?version=../x`)).status()).toBe(404);
  });

  it('are taken on the pages for them only, from who is signed in only, and with the form token only', async () => {
    const { caseId } = await withDocument(world);
    const file = { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') };
    const send = async (path: string, username?: string) => {
      const page = username ? await world.as(username) : await world.nobody();
      const answer = await page.request.post(world.url + path, { multipart: { title: 'x', file }, maxRedirects: 0 });
      return answer.status();
    };
    expect(await send(`/cases/${caseId}/documents/add`, 'amina')).toBe(400); // no form token
    expect(await send(`/cases/${caseId}/chronology/add`, 'amina')).toBe(400);
    expect([302, 303, 401]).toContain(await send(`/cases/${caseId}/documents/add`));
    const [{ n } = { n: 0 }] = await world.app.sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM records.document WHERE case_id = $1',
      [caseId],
    );
    expect(n).toBe(1);
  });
});
