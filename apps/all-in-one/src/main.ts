import 'reflect-metadata';
import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { NotificationsModule } from '@concordat-app/notifications';
import { InsightModule } from '@concordat-app/insight';
import { RecordsModule } from '@concordat-app/records';
import { ReferralsModule } from '@concordat-app/referrals';
import { RiskModule } from '@concordat-app/risk';
import { ReviewsModule } from '@concordat-app/reviews';
import { SharingModule } from '@concordat-app/sharing';
import { WebModule } from '@concordat-app/web';
import { run, asProcess, type Running } from '@concordat/platform';
import { loadDemonstration, type Loaded } from './demonstration/demonstration';
import { inPlainWords } from './in-plain-words';
import { welcome } from './welcome';

/** Every context in one process, with an embedded database: nothing installed but Node. */
async function main(): Promise<void> {
  const running = await run('all-in-one', [
    IdentityModule,
    ReferralsModule,
    RecordsModule,
    SharingModule,
    RiskModule,
    ReviewsModule,
    NotificationsModule,
    InsightModule,
    AuditModule,
    WebModule,
  ]);
  asProcess(running, (text) => console.log(`\n${text} …`));
  const demonstrated = running.settings.CONCORDAT_DEMO === 'yes' && !running.settings.PARTNERSHIP_FILE;
  const loaded = demonstrated ? await demonstrate(running) : null;
  // From the start of the process, which the person at the terminal has waited for, and not of this function.
  const readyMs = Math.round(performance.now());
  welcome({ publicUrl: running.process.publicUrl, dataDir: running.settings.dataDir, loaded, demonstrated, readyMs });
}

/** A demonstration that cannot be loaded is no reason to leave the database running behind. */
async function demonstrate(running: Running): Promise<Loaded | null> {
  const { url, process, settings } = running;
  try {
    return await loadDemonstration({
      urlOf: (path) => `${url}${path}`,
      tokenUrl: `${url}/oidc/token`,
      personaSecret: process.secret('persona-client'),
      dataDir: settings.dataDir,
    });
  } catch (error) {
    await running.stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(inPlainWords(error));
  process.exit(1);
});
