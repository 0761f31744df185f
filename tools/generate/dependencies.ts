import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../services/built';

interface Cruised {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** dependencyGraph draws which part of the tree imports which, as dependency-cruiser finds it. Takes some seconds. */
export async function dependencyGraph(): Promise<string> {
  // As a program: it reads tsconfig.json and the rules itself then, exactly as `npm run boundaries` does. It cruises the same
  // folders, so that whichever comes second has its answer from the cache; tools are no part of the graph.
  const bin = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs', 'tools'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 1 << 28 });
  const { modules } = JSON.parse(stdout) as { modules: readonly Cruised[] };
  const edges = new Set<string>();
  for (const { source, dependencies } of modules.filter((m) => !FOR_TESTS.test(m.source)))
    for (const { resolved } of dependencies) {
      const [from, to] = [partOf(source), partOf(resolved)];
      if (from && to && from !== to) edges.add(`  ${nodeOf(from)} --> ${nodeOf(to)}`);
    }
  return `# What imports what

Apps and libraries as dependency-cruiser finds them, tests left out. The rules that keep it so are in
\`.dependency-cruiser.cjs\`; what contexts tell each other by events and HTTP is in [architecture](../architecture.md).

\`\`\`mermaid
graph TD
${[...edges].sort().join('\n')}
\`\`\`
`;
}

const FOR_TESTS = /\.(spec|testing|contract)\.ts$|^libs\/testing\//;
const partOf = (path: string): string | undefined => /^(apps|libs)\/[^/]+/.exec(path)?.[0];
/** An identifier that mermaid takes, and the path as its label. */
const nodeOf = (part: string): string => {
  const id = part.replace(/\W/g, '_');
  return part.startsWith('libs/') ? `${id}(["${part}"])` : `${id}["${part}"]`;
};
