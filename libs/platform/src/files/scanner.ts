import { createConnection } from 'node:net';

/** What a scan found. `not-scanned`: there is no scanner here, which only a development machine may say. */
export type Scan = 'clean' | 'infected' | 'not-scanned';

/** Looks for malware. MUST throw when it cannot tell: what is not known to be clean is not taken. */
export type Scanner = (bytes: Buffer) => Promise<Scan>;

const PATIENCE_MS = 60_000;
const CHUNK = 64 * 1024;

/** A ClamAV daemon, asked by its INSTREAM command (clamd(8)): chunks with their length before each, and nothing for the end. */
export function clamd(host: string, port: number): Scanner {
  return (bytes) =>
    new Promise((resolve, reject) => {
      const socket = createConnection({ host, port });
      let answer = '';
      socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the scanner does not answer')));
      socket.on('error', reject);
      socket.on('data', (data) => (answer += data.toString('utf8')));
      socket.on('close', () => {
        if (/\bOK\0?\s*$/.test(answer)) resolve('clean');
        else if (/\bFOUND\0?\s*$/.test(answer)) resolve('infected');
        else reject(new Error('the scanner gave no verdict'));
      });
      socket.write('zINSTREAM\0');
      for (let at = 0; at < bytes.length; at += CHUNK) {
        const part = bytes.subarray(at, at + CHUNK);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        socket.write(Buffer.concat([length, part]));
      }
      socket.write(Buffer.alloc(4));
    });
}
