import { Socket } from 'node:net';

interface Target {
  port?: number | string;
  host?: string;
  path?: string;
}

const HERE = [undefined, '127.0.0.1', 'localhost', '::1'];

/**
 * Sends this process's connections through the proxies, whatever library opens them: Kafka's brokers say where they are, so
 * no address in a setting could do it. What the process believes to talk to stays the same, as with a bad network.
 */
export function route(routes: Readonly<Record<string, number>>): void {
  const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
  const redirected = (target: Target): Target => {
    const through = HERE.includes(target.host) ? routes[String(target.port)] : undefined;
    return through === undefined ? target : { ...target, host: '127.0.0.1', port: through };
  };
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
    const [first, second, ...rest] = args;
    // net.connect hands over an array that it has put in order itself, known to it by a symbol.
    if (Array.isArray(first)) first[0] = redirected(first[0] as Target);
    else if (typeof first === 'object' && first !== null) return connect.call(this, redirected(first), second, ...rest);
    else if (typeof first === 'number' || /^[0-9]+$/.test(String(first))) {
      const host = typeof second === 'string' ? second : undefined;
      const more = host === undefined ? [second, ...rest] : rest;
      const target = redirected({ port: first as number, ...(host === undefined ? {} : { host }) });
      return connect.call(this, target, ...more.filter((each) => each !== undefined));
    }
    return connect.call(this, ...args);
  };
}
