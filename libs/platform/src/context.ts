import type { ContextName } from '@concordat/contracts';
import type { Type } from '@nestjs/common';
import type { MigrationInterface } from 'typeorm';

/** A migration class of TypeORM; raw SQL, one schema, named `<Verb><Noun><timestamp>`. */
export type Migration = new () => MigrationInterface;

/** What a bounded context is to the process that runs it. */
export interface ContextDefinition {
  readonly name: ContextName;
  /** Migrations of its schema, oldest first. */
  readonly migrations: readonly Migration[];
}

/** A Nest module that is a context's front door. `web` has no context: it has no database of its own. */
export interface AppModule extends Type<object> {
  readonly context?: ContextDefinition;
}
