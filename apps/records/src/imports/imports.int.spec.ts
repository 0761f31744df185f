import { RecordsModule } from '@concordat-app/records';
import { startApp, type TestApp } from '@concordat/testing';
import { PeersStandIn } from '../opened.testing';
import { describeBringingIn } from './bringing-in.testing';
import { describeCorrecting } from './correcting.testing';
import { describeImports } from './imports.testing';

describe('imports', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  describeImports(() => ({ app, referrals }));
  describeBringingIn(() => ({ app, referrals }));
  describeCorrecting(() => ({ app, referrals }));
});
