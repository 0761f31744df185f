import { Socket } from 'node:net';

/** Bytes of the length that precedes every message of the Kafka protocol: a signed 32-bit integer, big-endian. */
const PREFIX = 4;

/** Cuts a stream of bytes into whole messages of the Kafka protocol. */
export class WholeFrames {
  private pieces: Buffer[] = [];
  private held = 0;
  private needed = PREFIX;

  /** What is whole now, one message or several; null while the first of them is not. The rest is held back. */
  take(chunk: Buffer): Buffer | null {
    this.pieces.push(chunk);
    this.held += chunk.length;
    if (this.held < this.needed) return null;
    const all = this.pieces.length === 1 ? chunk : Buffer.concat(this.pieces);
    let end = 0;
    let needed = PREFIX;
    while ((needed = lengthAt(all, end)) <= all.length - end) end += needed;
    this.pieces = [all.subarray(end)];
    this.held = all.length - end;
    this.needed = needed;
    return end > 0 ? all.subarray(0, end) : null;
  }
}

/** Bytes of the message that begins at `at`, its length included; of the length alone while that is not there. */
const lengthAt = (bytes: Buffer, at: number): number =>
  bytes.length - at < PREFIX ? PREFIX : PREFIX + Math.max(0, bytes.readInt32BE(at));

/**
 * A socket that hands on whole replies only. kafkajs keeps the bytes of a reply that was cut off when its connection was
 * lost, takes what the next connection brings for the rest of it, and from then on understands no reply any more: its
 * consumer stands still and its producer fails, both for good, and neither says so (docs/decisions/0011).
 */
export class FramedSocket extends Socket {
  private readonly frames = new WholeFrames();

  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (chunk === null) return super.push(null);
    const whole = this.frames.take(chunk);
    return whole === null || super.push(whole, encoding);
  }
}

/** Makes an encrypted socket hand on whole replies only, as a FramedSocket does; what it is given is decrypted already. */
export function wholeFrames<S extends Socket>(socket: S): S {
  const frames = new WholeFrames();
  const push: Socket['push'] = socket.push.bind(socket);
  socket.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    if (chunk === null) return push(null);
    const whole = frames.take(chunk);
    return whole === null || push(whole, encoding);
  };
  return socket;
}
