import type { World } from '../../../web/world';
import type { Kind } from '../kinds';

/** What the demonstration has of referrals, and what all staff or nobody in particular may know: packs, forms, numbers. */
export async function kept(world: World, own: string, opened: string): Promise<Kind[]> {
  const [draft] = await world.app.sql<{ id: string; author: string }>(
    `SELECT r.id, s.username AS author FROM referrals.referral r JOIN identity.staff s ON s.user_id = r.referred_by WHERE r.status = 'draft' LIMIT 1`,
  );
  const [referral] = await world.app.sql<{ id: string; author: string }>(
    `SELECT r.id, s.username AS author FROM referrals.referral r JOIN identity.staff s ON s.user_id = r.referred_by
      WHERE r.status <> 'draft' AND r.receiving_org = $1 AND r.case_id IS NULL ORDER BY r.id LIMIT 1`,
    [own],
  );
  const at = '/api/referrals';
  const anybody = { everywhere: 'anybody' as const };
  return [
    { name: 'draft', path: `${at}/drafts/{id}`, id: draft!.id, parts: {}, by: [draft!.author], within: [] },
    { name: 'referral', path: `${at}/{id}`, id: referral!.id, parts: {}, by: ['amina', referral!.author] },
    {
      name: 'referral that opened a case',
      path: `${at}/{id}/case-file`,
      id: opened,
      parts: {},
      by: ['amina'],
      within: [],
    },
    {
      name: 'pack document of which there is one',
      path: `${at}/packs/{kind}`,
      id: 'matching',
      parts: {},
      by: ['lena'],
      ...anybody,
    },
    {
      name: 'pack',
      path: `${at}/packs/{kind}/{code}`,
      id: 'pathways',
      parts: { code: 'domestic-abuse' },
      by: ['lena'],
      ...anybody,
    },
    { name: 'pathway', path: `${at}/pathways/{code}`, id: 'domestic-abuse', parts: {}, by: ['amina'], ...anybody },
    { name: 'figures', path: '/api/insight/figures/{subject}', id: 'referrals', parts: {}, by: ['amina'], ...anybody },
    { name: 'tile of the ledger', path: '/api/audit/tile/{path}', id: '0/000', parts: {}, by: ['erin'], ...anybody },
  ];
}
