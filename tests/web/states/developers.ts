import { at, then } from '../stories';
import type { Drives } from '../world';

export const drives: Drives = {
  'developers/operations': {
    all: then(at('lena', '/developers'), async (page) => {
      const operations = await page.locator('main tbody tr').count();
      expect(operations).toBeGreaterThan(300);
      expect(await page.innerText('main')).toContain('Idempotency.');
    }),
    found: then(at('lena', '/developers?q=make+draft'), async (page) =>
      expect(await page.innerText('main')).toMatch(/POST \/api\/referrals\/drafts/),
    ),
    'nothing-found': then(at('lena', '/developers?q=nothing+is+called+this'), async (page) =>
      expect(await page.innerText('main')).toContain('No operation has all these words'),
    ),
  },
  'developers/operation': {
    'with-body': then(at('lena', '/developers/operations/post-identity-clients'), async (page) => {
      const text = await page.innerText('main');
      for (const part of ['orgId', 'Idempotency-Key', '"scopes"', 'idempotency-key.reused', 'client.register'])
        expect(text).toContain(part);
    }),
    open: at('lena', '/developers/operations/get-audit-checkpoint'),
  },
  'developers/events': {
    filled: then(at('lena', '/developers/events'), async (page) =>
      expect(await page.innerText('main')).toContain('referrals.referral-submitted.v1'),
    ),
  },
  'developers/problems': {
    found: then(at('lena', '/developers/problems?q=scope'), async (page) => {
      const text = await page.innerText('main');
      for (const part of ['scope.insufficient', 'which role, scope or part in the record is missing'])
        expect(text).toContain(part);
    }),
  },
};
