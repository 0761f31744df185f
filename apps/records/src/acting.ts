/** Who acts, as the unit of work says it to the walls. Written out and no function, so that PostgreSQL plans by it. */
export const USER = "nullif(current_setting('concordat.user', true), '')::uuid";
/** For which organisation they act. */
export const ORG = "nullif(current_setting('concordat.org', true), '')::uuid";
