export { EmbeddedPostgresError } from './errors';
export { startEmbeddedPostgres } from './start';
export { runAs } from './unprivileged';
export type { Archive } from './archiving';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start';
