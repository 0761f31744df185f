import { askRegistry } from './security/ask-registry';
import { ROOT } from './services/built';

const USAGE = `npm run audit:deps [-- --all]   known holes of grade high or critical in what production runs; --all: in what builds it too
Exit: 0 the registry knows of none, 1 it does, 2 nobody has looked: it does not answer such questions here.`;

/** `npm run audit:deps`: asks the registry that this machine uses, and never takes silence for a clean answer. */
function main(args: readonly string[]): number {
  if (args.some((a) => a !== '--all')) {
    console.error(USAGE);
    return 2;
  }
  const which = args.includes('--all') ? [] : ['--omit', 'dev'];
  const { holes, data } = askRegistry(ROOT, which);
  console.log(data);
  if ('unanswered' in holes) {
    console.error(`Nobody has looked for known holes: ${holes.unanswered}. Run it where the registry answers.`);
    return 2;
  }
  console.log(
    holes.found.length > 0 ? holes.found.join('\n') : 'The registry knows of no hole of grade high or critical.',
  );
  return holes.found.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
