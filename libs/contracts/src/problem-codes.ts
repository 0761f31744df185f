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

/** What whoever is answered with a status can do about it. */
export const whatToDo: Readonly<Record<number, string>> = {
  400: 'Put the request right: sent again as it is, it is refused again',
  401: 'Ask for a new token, or sign in, and send the same again',
  403: 'Nothing, as who you are: “reasons” says which role, scope or part in the record is missing',
  404: 'Look at the address. Whether there is no such record, or you may not see it, is not told',
  405: 'Use another method: the operations of the address are in the description of the API',
  406: 'Ask for JSON, or for nothing in particular',
  408: 'Send it again, faster',
  409: 'Read the record again: “state” says where it stands, “currentVersion” which version is in force',
  413: 'Send less at once',
  414: 'Send less in the address',
  415: 'Send JSON',
  422: 'Change what you send: “errors” says what is wrong with each field; without it a rule stands against the whole',
  429: 'Wait as many seconds as Retry-After says',
  431: 'Send less in the headers',
  500: 'Tell whoever runs the installation the “correlationId”',
  503: 'Send the same again shortly, with the same Idempotency-Key: nothing was done, or it is not known',
};
