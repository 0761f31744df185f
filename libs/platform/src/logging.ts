import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * logger writes structured lines to standard output. Log codes, ids and counts; never a body, a query, a name or an
 * address (house.md: personal data never appears in a log line). Errors are logged by name, code and stack only.
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level,
    base: { service: name },
    serializers: {
      err: (err: Error & { code?: string }) => ({ type: err.name, code: err.code, stack: withoutMessage(err) }),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Stack without its first line: messages of drivers can quote values (a failing row, a bad date). */
const withoutMessage = (err: Error): string =>
  (err.stack ?? '')
    .split('\n')
    .filter((l) => /^\s+at /.test(l))
    .join('\n');

/** Lets Nest's own messages go through pino. */
export function nestLogger(log: Logger): LoggerService {
  const text = (message: unknown): string => (typeof message === 'string' ? message : 'nest');
  return {
    log: (message: unknown, context?: string) => log.debug({ context }, text(message)),
    error: (message: unknown, ...rest: unknown[]) => log.error({ context: rest.at(-1) }, text(message)),
    warn: (message: unknown, context?: string) => log.warn({ context }, text(message)),
    debug: (message: unknown, context?: string) => log.trace({ context }, text(message)),
    verbose: (message: unknown, context?: string) => log.trace({ context }, text(message)),
  };
}
