import type { Reception } from '@concordat-app/all-in-one';

/** A running Concordat, whatever it consists of: what the demonstration, the scenarios and the fault harness work with. */
export interface Platform extends Reception {
  readonly mode: 'embedded' | 'services';
  /** Where a browser reaches it. */
  readonly webUrl: string;
  readonly dataDir: string;
  /** To the database `concordat` as its superuser: for looking behind the curtain. */
  readonly adminUrl: string;
  /** What `kill` and `start` take: `all-in-one`, or one name per service. */
  readonly processes: readonly string[];
  /** Ends one process, with SIGKILL unless told otherwise, and waits until it is gone. It stays so until `start`. */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Starts what was killed. Resolves when it is ready. */
  start(name: string): Promise<void>;
  /** Of one process; undefined while it does not run. */
  pid(name: string): number | undefined;
  /** Resident memory of one process, in MB; undefined where the system does not tell. */
  residentMb(name: string): number | undefined;
  /** Stops everything in order, the database last. */
  stop(): Promise<void>;
}
