import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';

/** Opens an archive by the format's own words, from its directory, with none of the writer's code. */
export function openZip(bytes: Buffer, password: string): { name: string; text: string } {
  const end = bytes.length - 22;
  must(bytes.readUInt32LE(end) === 0x06054b50, 'its end');
  const directory = bytes.readUInt32LE(end + 16);
  must(bytes.readUInt32LE(directory) === 0x02014b50, 'its directory');
  must(bytes.readUInt16LE(directory + 10) === 99, 'its method');
  const sealed = bytes.readUInt32LE(directory + 20);
  const nameLength = bytes.readUInt16LE(directory + 28);
  const name = bytes.subarray(directory + 46, directory + 46 + nameLength).toString();
  const header = bytes.readUInt32LE(directory + 42);
  const content = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const data = bytes.subarray(content, content + sealed);
  const keys = pbkdf2Sync(password, data.subarray(0, 16), 1000, 66, 'sha1');
  must(keys.subarray(64).equals(data.subarray(16, 18)), 'the password');
  const body = data.subarray(18, -10);
  const code = createHmac('sha1', keys.subarray(32, 64)).update(body).digest().subarray(0, 10);
  must(code.equals(data.subarray(-10)), 'its authentication code');
  const plain = Buffer.alloc(body.length);
  for (let i = 0; i * 16 < body.length; i++) {
    const counter = Buffer.alloc(16);
    counter.writeUInt32LE(i + 1, 0);
    const block = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null).setAutoPadding(false).update(counter);
    for (let j = 0; j < 16 && i * 16 + j < body.length; j++) plain[i * 16 + j] = body[i * 16 + j]! ^ block[j]!;
  }
  return { name, text: plain.toString('utf8') };
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`wrong: ${what}`);
}
