import { forumSetUp } from '../../../../apps/risk/src/forums/northbank.testing';
import { assessed, begun, riskyCase, worded } from '../../../web/assessed';
import { made, type Conference } from '../../../web/conferences';
import { staffId } from '../../../web/stories';
import type { World } from '../../../web/world';
import type { Kind } from '../kinds';
import { post } from '../partnership';

/** What risk keeps: assessments, and meetings as far as each operation needs them. */
export async function riskMade(world: World): Promise<Kind[]> {
  const at = '/api/risk';
  const get = async <T>(who: string, path: string): Promise<T> => (await world.app.as(who).get<T>(`${at}${path}`)).body;
  const assessment = await assessed(world, 9, await begun(world, 'safelives-dash', await riskyCase(world)));
  const open = await made(world, 'open');
  const issued = await made(world, 'issued');
  const amendment = await post(
    world,
    'idris',
    `${at}/agenda-items/${issued.itemId}/amendments`,
    { part: 'harm', after: 'At work', reason: 'Misheard' },
    1,
  );
  const paper = await post(world, 'idris', `${at}${issued.at}/minutes-papers`);
  const referralOf = async ({ caseId, forumId }: Conference): Promise<string> =>
    (await get<{ items: { id: string; forumId: string }[] }>('idris', `/cases/${caseId}/forum-referrals`)).items.find(
      (r) => r.forumId === forumId,
    )!.id;
  const planned = await made(world, 'planned');
  const sentFrom = await made(world, 'planned');
  const amina = await staffId(world, 'amina');
  const toForum = await forumSetUp(world.app, { title: 'Eastvale MARAC', chairs: [amina], coordinators: [amina] });
  const transfer = await post(
    world,
    'idris',
    `${at}/forum-referrals/${await referralOf(sentFrom)}/transfers`,
    { toForum, reason: 'She has moved', informs: ['RISK'] },
    1,
  );
  const [contact] = (await get<{ items: { id: string }[] }>('amina', '/advocate-contacts')).items;
  const [flag] = (await get<{ items: { id: string }[] }>('amina', '/forum-flags')).items;
  const wording = (await worded(world, 'lena', 'safelives-dash')).split('/')[2]!;
  return [
    { name: 'assessments of a case', path: `${at}/cases/{id}`, id: assessment.caseId, parts: {}, by: ['amina'] },
    { name: 'assessment', path: `${at}/assessments/{id}`, id: assessment.id, parts: {}, by: ['amina'] },
    {
      name: 'case at a meeting',
      path: `${at}/agenda-items/{id}`,
      id: open.itemId,
      parts: {},
      by: ['gwen', 'idris', 'amina'],
      within: [],
    },
    {
      name: 'meeting',
      path: `${at}/meetings/{id}`,
      id: issued.at.split('/')[2]!,
      parts: {},
      by: ['gwen', 'idris', 'amina'],
      within: [],
    },
    {
      name: 'meetings of a forum',
      only: 'get',
      path: `${at}/forums/{id}/meetings`,
      id: planned.forumId,
      parts: {},
      by: ['idris', 'gwen', 'amina'],
      within: [],
    },
    {
      name: 'forum',
      path: `${at}/forums/{id}`,
      id: planned.forumId,
      parts: {},
      by: ['idris', 'gwen', 'amina'],
      everywhere: 'anybody',
    },
    {
      name: 'amendment of minutes',
      path: `${at}/minute-amendments/{id}`,
      id: amendment.id,
      parts: {},
      by: ['gwen'],
      within: [],
    },
    {
      name: 'minutes as a file',
      path: `${at}/minutes-papers/{id}`,
      id: paper.id,
      parts: {},
      by: ['idris'],
      within: [],
    },
    {
      name: 'referral to a forum',
      path: `${at}/forum-referrals/{id}`,
      id: await referralOf(planned),
      parts: {},
      by: ['idris', 'gwen'],
    },
    {
      name: 'transfer to a forum',
      path: `${at}/forum-transfers/{id}`,
      id: transfer.id,
      parts: {},
      by: ['amina'],
      within: [],
    },
    {
      name: 'contact by an advocate',
      path: `${at}/advocate-contacts/{id}`,
      id: contact?.id ?? '',
      parts: {},
      by: ['amina'],
    },
    { name: 'flag after a meeting', path: `${at}/forum-flags/{id}`, id: flag?.id ?? '', parts: {}, by: ['amina'] },
    {
      name: 'action of a meeting',
      path: `${at}/conference-actions/{id}`,
      id: issued.action ?? '',
      parts: {},
      by: ['amina', 'idris'],
    },
    { name: 'wording', path: `${at}/wordings/{id}`, id: wording, parts: {}, by: ['lena'] },
  ];
}
