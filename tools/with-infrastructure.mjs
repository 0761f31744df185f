/**
 * Runs a command with Kafka and Redis started beside it, as `npm test` does, for work on a suite that needs them:
 *   node tools/with-infrastructure.mjs npx jest --selectProjects int libs/messaging
 * The command finds them by CONCORDAT_TEST_KAFKA and CONCORDAT_TEST_REDIS.
 */
import { spawn } from 'node:child_process';
import { startForTests } from './test/infrastructure.mjs';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: node tools/with-infrastructure.mjs COMMAND [arguments]');
  process.exit(2);
}
const infrastructure = await startForTests();
if (infrastructure.missing.length > 0) console.error(`Without Kafka and Redis: ${infrastructure.missing.join('; ')}`);
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...infrastructure.env } });
// Ctrl-C reaches the command by itself; this process stays to stop the servers after it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
process.exitCode = await new Promise((done) => {
  child.once('error', (error) => (console.error(error.message), done(127)));
  child.once('exit', (code) => done(code ?? 1));
});
await infrastructure.stop();
