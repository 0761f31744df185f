import { PROBLEM_CODES } from './problem-codes.generated';

/** A problem that a service answers with, as the catalogue tells of it. */
export interface ProblemCode {
  readonly status: number;
  readonly says: string;
}

/** Every code that a service of the platform answers with (RFC 9457 `code`), by code. */
export const problemCodes: Readonly<Record<string, ProblemCode>> = Object.fromEntries(
  PROBLEM_CODES.trim()
    .split('\n')
    .map((line) => {
      const [, status = '', code = '', says = ''] = /^(\d{3}) (\S+) ?(.*)$/.exec(line) ?? [];
      return [code, { status: Number(status), says }];
    }),
);
