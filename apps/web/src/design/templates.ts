import { dirname, join } from 'node:path';
import type { ConfigureOptions, Environment } from 'nunjucks';
import { addFilters } from './filters';

/** The folder of a package that the pages are made with. */
export const packageAt = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** Where templates are looked for: ours, then GOV.UK's, then the MoJ's (user-interface.md §1). */
export const templateFolders = (): string[] => [
  join(__dirname, '..'),
  join(packageAt('govuk-frontend'), 'dist'),
  packageAt('@ministryofjustice/frontend'),
];

/** Autoescape is always on. */
export const templateOptions: ConfigureOptions & { onConfigure: (env: Environment) => void } = {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
  onConfigure: addFilters,
};
