import { lookup as resolve } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Outgoing } from '../addresses';
import type { Attempted } from '../webhook';

/** Connecting, sending and the answer, all together. */
const TIME_LIMIT_MS = 10_000;
/** More of an answer is not read: only its status matters. */
const ANSWER_LIMIT = 16_384;

class AddressRefused extends Error {}

/**
 * dispatch sends one webhook and never throws. Only 2xx is taken. A redirect is not followed. Each address that the host
 * resolves to is checked, and the connection is made to those very addresses, so that a name that resolves differently the
 * second time gains nothing.
 */
export function dispatch(
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  outgoing: Outgoing,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<Attempted> {
  const url = new URL(target);
  const isSecure = url.protocol === 'https:';
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (outgoing.refuses(target) !== null) return Promise.resolve({ status: null, outcome: 'address-refused' });
  return new Promise((resolved) => {
    const signal = AbortSignal.timeout(timeLimitMs);
    const request = (isSecure ? secure : plain)(url, {
      ...{
        method: 'POST',
        agent: false,
        signal,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': body.length },
      },
      lookup: checked(outgoing, isSecure),
    });
    const failed = (error: Error): void =>
      resolved({
        status: null,
        outcome: error instanceof AddressRefused ? 'address-refused' : signal.aborted ? 'timed-out' : 'unreachable',
      });
    request.on('error', failed);
    request.on('socket', (socket) =>
      socket.once('connect', () => {
        const address = socket.remoteAddress ?? literal;
        if (!isIP(address) || !outgoing.allowsAddress(address, isSecure)) request.destroy(new AddressRefused());
      }),
    );
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let read = 0;
      const done = (): void => {
        resolved({ status, outcome: status >= 200 && status < 300 ? 'taken' : 'refused' });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => void ((read += chunk.length) > ANSWER_LIMIT && done()));
      response.on('end', done);
      response.on('error', failed);
    });
    request.end(body);
  });
}

const checked =
  (outgoing: Outgoing, isSecure: boolean): LookupFunction =>
  (host, options, answer) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, '');
      if (addresses.length === 0 || !addresses.every(({ address }) => outgoing.allowsAddress(address, isSecure)))
        return answer(new AddressRefused(), '');
      if (options.all) return answer(null, addresses);
      return answer(null, addresses[0]!.address, addresses[0]!.family);
    });
