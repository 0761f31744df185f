import { Mismatch, Refusal, tell } from './demo/story';
import { openStage } from './demo/stage';
import { submissionOf } from './demo/submission';

/**
 * `npm run demo [-- --file referral.json]`: plays the story, step by step. Ends with 1 on any mismatch, and when the file
 * is not a referral.
 */
async function main(argv: readonly string[]): Promise<number> {
  const submission = submissionOf(argv);
  if ('trouble' in submission) return failed(submission.trouble);
  const stage = await openStage(process.env);
  const onSignal = (): void => void stage.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  console.log(`${stage.says}\n`);
  try {
    await tell(stage.reception, submission.content, (step) => console.log(`  ✓ ${step}`));
    console.log('\nEvery step was as it must be.');
    return 0;
  } catch (error) {
    if (error instanceof Refusal) return failed(explained(error));
    if (error instanceof Mismatch) return failed(`  ✗ ${error.message}`);
    throw error;
  } finally {
    await stage.close();
  }
}

function explained({ errors }: Refusal): string {
  const lines = errors.map(({ field, code, message }) => `  ${field || '(the whole)'}: ${message}  [${code}]`);
  return ['The referral was not taken. Put these right and send it again:', ...lines].join('\n');
}

function failed(message: string): number {
  console.error(message);
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
