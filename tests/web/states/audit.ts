import { Audit } from '../../../apps/web/src/apis/audit';
import { answered, offered } from '../handed';
import type { Drives } from '../world';
import { accepted, at, sealed, sendWrongly, signed, then } from '../stories';

const NOBODY = '021623d7-8c46-4daf-826f-8d83f4133409';

export const drives: Drives = {
  'audit/trail': {
    start: at('erin', '/audit'),
    filled: at('erin', async (world) => {
      const { caseId } = await accepted(world);
      await sealed(world, `case=${caseId}`);
      return `/audit?case=${caseId}`;
    }),
    filtered: at('erin', async (world) => {
      await sealed(world, 'all=true&action=session.start');
      return '/audit?all=true&action=session.start&outcome=done&from=1%2F1%2F2020';
    }),
    empty: at('erin', `/audit?person=${NOBODY}`),
    error: at('erin', '/audit?person=Halloway&from=31%2F2%2F2026'),
  },
  'audit/disclosures': {
    filled: then(
      at('erin', async (world) => {
        const { caseId, id } = await offered(world);
        await answered(world, id, 'acceptance');
        await sealed(world, `case=${caseId}&action=referral.accept`);
        return `/audit/disclosures?case=${caseId}`;
      }),
      async (page) => expect(await page.innerText('.app-table-box')).toMatch(/both ends say the same/i),
    ),
    unmatched: at('erin', '/audit/disclosures?unmatched=true'),
    empty: at('erin', `/audit/disclosures?person=${NOBODY}`),
    error: at('erin', '/audit/disclosures?person=Halloway&from=31%2F2%2F2026'),
  },
  'audit/entry': {
    filled: at('erin', async (world) => `/audit/entries/${await sealed(world, 'all=true')}`),
  },
  'audit/seen': {
    shown: then(
      at('erin', async (world) => {
        const { caseId } = await accepted(world);
        await world.app.as('amina').get(`/api/records/cases/${caseId}`);
        return `/audit/entries/${await sealed(world, `case=${caseId}&action=case.view&outcome=done`)}/seen`;
      }),
      async (page) => expect(await page.innerText('main')).toContain('Their agency took part'),
    ),
    refused: then(
      at('erin', async (world) => {
        await world.app.as('amina').get('/api/audit/trail?all=true');
        return `/audit/entries/${await sealed(world, 'all=true&kind=refused&action=trail.read')}/seen`;
      }),
      async (page) => expect(await page.innerText('main')).toContain('Nothing was shown to them'),
    ),
  },
  'audit/ledger': {
    well: then(at('zola', '/audit/ledger'), async (page) => expect(await page.innerText('main')).toContain('No alarm')),
    alarm: at('zola', (world) => {
      const audit = world.app.running.app.get(Audit, { strict: false });
      const standing = { finalSize: null, finalAt: null, silent: ['police'], overdue: true };
      jest.spyOn(audit, 'status').mockResolvedValueOnce({
        ...{ origin: 'log.example/a', size: '9', checkpointSize: '7', checkpointAt: null, ageSeconds: 9, pending: 2 },
        ...{ trouble: null, late: true, altered: ['3'], witnesses: standing },
        copies: { kind: 'bucket', size: null, at: null, overdue: true },
      });
      return Promise.resolve('/audit/ledger');
    }),
  },
  'audit/proof': {
    verified: at('erin', async (world) => `/audit/entries/${await signed(world, 'all=true')}/proof`),
    // A checkpoint is signed within a second, so the moment before it is held fast here.
    pending: at('erin', async (world) => {
      const eventId = await sealed(world, 'all=true');
      jest.spyOn(world.app.running.app.get(Audit, { strict: false }), 'proof').mockResolvedValueOnce(null);
      return `/audit/entries/${eventId}/proof`;
    }),
  },
  'audit/export': {
    empty: at('erin', '/audit/export'),
    filled: at('erin', `/audit/export?case=${NOBODY}`),
    error: then(at('erin', '/audit/export'), sendWrongly('Download export')),
  },
};
