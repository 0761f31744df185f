/** The bounded contexts. Each is an app folder, a PostgreSQL schema, a database role and, if it publishes, a topic. */
export const contexts = ['identity', 'referrals', 'records', 'sharing', 'risk', 'reviews', 'insight', 'audit'] as const;
export type ContextName = (typeof contexts)[number];

/** Partitions of every topic, for life: a changed count moves keys, so it means a new topic (events.md §5). */
export const PARTITIONS = 12;

/** The topic that carries a context's events, in order per case. */
export const eventsTopic = (context: ContextName): string => `${context}.events`;

/** The topic that carries a context's audit acts to the ledger: one stream, numbered without gaps by its producer. */
export const actsTopic = (context: ContextName): string => `${context}.acts`;

/** Every topic there is. Names are checked against this list before sending (events.md R8). */
export const topics: readonly string[] = contexts.flatMap((c) => [eventsTopic(c), actsTopic(c)]);
