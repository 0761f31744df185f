export { ContextModule, ContextRuntime, CONTEXT_NAME, type ContextOptions } from './context.module';
export { UnitOfWork, type Receipt, type Receipted } from './unit-of-work';
export { Tx, partitionOf, type Stream, type About } from './tx';
export { type Act, actStream, seal, unseal } from './act';
export { On, OnBatch } from './on';
export { OnJob, type Job, type JobQueue, type JobRequest } from './job';
export { waistTables, MEMBER_TABLES, MEMBER_PLACES, CASE_ACCESS_TABLES, RESTRICTION_TABLES } from './schema';
export { type Parked } from './parking';
export { prepareTopics } from './topics';
