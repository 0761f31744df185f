/** Read only where somebody asks for them, so they are strings as on the command line. */
const OURS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket file would let every local user try, and its path is limited to 107 bytes.
  unix_socket_directories: '',
  // A partnership's data fits the operating system's cache; PostgreSQL's own stays small so the whole fits 330 MB.
  shared_buffers: '64MB',
  // Every context has a pool, its jobs another, and its relay a connection of its own (settings.spec.ts counts them).
  max_connections: '200',
  // No replica and no archive reads this WAL, so it holds only what recovery needs.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Statements are short: compiling them takes longer than running them.
  jit: 'off',
  // PostgreSQL 18 would fork three workers for reads that are in memory anyway.
  io_method: 'sync',
  max_wal_size: '512MB',
  // A young database grows faster than statistics that are looked to once a minute, and plans are made by them.
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // No ERROR, DETAIL or STATEMENT in the log ('log' ranks above 'error'): they quote values, which are people's data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** W5: an acknowledgement must mean that it is on disk. Given last, so that nothing before can undo them. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/**
 * A test database is thrown away with its run, and a crash of the machine ends the run anyway, so nothing is gained by
 * waiting for a disk; creating a database from a template becomes several times faster. Recovery from `kill -9` of
 * processes is not affected by any of these, only the loss of power is.
 */
const THROWN_AWAY = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '400' };

/** The `-c name=value` arguments. The version is among them so that a server of another version is not taken over. */
export function settingsOf(
  version: string,
  asked: { readonly settings?: Readonly<Record<string, string>>; readonly forTests?: boolean },
): string[] {
  const all = {
    ...OURS,
    cluster_name: `concordat-${version}`,
    ...(asked.forTests === true ? THROWN_AWAY : {}),
    ...asked.settings,
    ...(asked.forTests === true ? {} : DURABLE),
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
