/**
 * Writes .env for docker-compose.yml with generated secrets, and leaves empty what only you know: where people sign in,
 * where the site is, and the key that signs the ledger's checkpoints. Never overwrites a file.
 *
 *   node tools/make-env.mjs [FILE]
 */
import { createHmac, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const CONTEXTS = [
  ...['identity', 'referrals', 'records', 'sharing', 'risk', 'reviews'],
  ...['notifications', 'insight', 'audit'],
];
const file = process.argv[2] ?? '.env';
const secret = () => randomBytes(32).toString('base64url');
const key = () => randomBytes(32).toString('base64');

const administrator = secret();
// As libs/platform/src/provision.ts derives them when it makes the roles.
const passwordOf = (context) =>
  createHmac('sha256', administrator).update(`role/concordat_${context}`).digest('base64url');

const lines = [
  '# Generated. Keep it secret and out of version control.',
  `POSTGRES_PASSWORD=${administrator}`,
  '# One per context, derived from POSTGRES_PASSWORD: make a new file rather than change that one alone.',
  ...CONTEXTS.map((context) => `${context.toUpperCase()}_DB_PASSWORD=${passwordOf(context)}`),
  `REDIS_PASSWORD=${secret()}`,
  `SERVICE_CLIENT_SECRET=${secret()}`,
  `SESSION_SECRET=${secret()}`,
  `AUDIT_DETAIL_KEY=${key()}`,
  `LEDGER_WRAP_KEY=${key()}`,
  '',
  '# To fill in: the identity provider, and how it knows this site.',
  'OIDC_ISSUER=',
  'OIDC_CLIENT_SECRET=',
  '# Where the provider wants them (docs/how-to/sign-in-with-your-identity-provider.md).',
  '# OIDC_SCOPE=openid offline_access',
  '# SERVICE_CLIENT_IDS=',
  '# SERVICE_SCOPE=',
  '# The organisations and people to begin with: a file in deploy/partnership, named as the container sees it.',
  '# PARTNERSHIP_FILE=/etc/concordat/partnership.json',
  '# To fill in: the https address that people type.',
  'PUBLIC_URL=',
  '# How many proxies say in X-Forwarded-For whom they were asked by: ours, and what speaks TLS before it if it does.',
  '# TRUSTED_PROXIES=2',
  '# By what messages leave (docs/how-to/send-messages.md): without these, people are told in the pages alone.',
  '# SMTP_URL=smtp://name@mail.example:587',
  '# MAIL_FROM=Concordat <no-reply@concordat.example.org>',
  '# BOUNCE_ADDRESS=bounces@concordat.example.org',
  '# BOUNCE_PORT=2525',
  '# NOTIFY_EMAIL_TEMPLATE=',
  '# NOTIFY_TEXT_TEMPLATE=',
  '# Where files are kept and what looks for malware in them (docs/how-to/deploy.md): without these, no file is taken.',
  '# DOCUMENT_BUCKET=https://s3.example.org/concordat',
  '# S3_ACCESS_KEY_ID=',
  '# S3_SECRET_ACCESS_KEY=',
  '# CLAMD_ADDRESS=clamav:3310',
  '# To fill in: the name of the ledger for ever (such as concordat.example.org/ledger), and the file with its key.',
  'LEDGER_ORIGIN=',
  'LEDGER_KEY_FILE=',
];
try {
  writeFileSync(file, `${lines.join('\n')}\n`, { flag: 'wx', mode: 0o600 });
  console.log(`Wrote ${file}. Fill in the settings that it leaves empty.`);
} catch (error) {
  if (error.code !== 'EEXIST') throw error;
  console.error(`${file} exists already: move it away first.`);
  process.exitCode = 1;
}
