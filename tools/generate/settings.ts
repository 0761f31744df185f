import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../services/built';

const SOURCE = 'libs/platform/src/environment.ts';
const SETTING =
  /\/\*\*\s*((?:(?!\*\/)[\s\S])+?)\s*\*\/\s+@IsOptional\(\)[^;]*?\b([A-Z][A-Z0-9_]+)\??: [^=;]+(?:=\s*([^;]+))?;/g;

/** settingsTable lists every setting, with what its declaration says of it. Throws when nothing is said of one. */
export function settingsTable(): string {
  const text = readFileSync(join(ROOT, SOURCE), 'utf8');
  const found = [...text.matchAll(SETTING)];
  const declared = text.split('@IsOptional()').length - 1;
  if (found.length !== declared)
    throw new Error(`${SOURCE}: of ${declared} settings ${found.length} say what they are`);
  const rows = found.map(([, says = '', name = '', value]) => {
    const said = says.replace(/^\*\s+|\n\s+\*\s+/g, (at) => (at.startsWith('*') ? '' : ' ')).replaceAll('|', '\\|');
    const unlessGiven = value && `\`${/^\d/.test(value) ? value.replaceAll('_', '') : value.replaceAll("'", '')}\``;
    return `| \`${name}\` | ${unlessGiven ?? ''} | ${said} |`;
  });
  return `# Settings

From \`${SOURCE}\`: what a process reads from its environment, and nothing else. Whatever is wrong or missing is said
together, before anything starts. How secrets are given by a file or a key store is in [keys](../how-to/keys.md), and which
service needs what in \`docker-compose.yml\` and \`deploy/helm/values.yaml\`.

| setting | unless given | what |
| --- | --- | --- |
${rows.join('\n')}
`;
}
