import fc from 'fast-check';
import { FramedSocket, WholeFrames } from './whole-frames';

const frame = (body: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
};

/** The chunks into which `bytes` fall when cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...places.map((p) => p % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return sorted.map((to, i) => bytes.subarray(i === 0 ? 0 : sorted[i - 1], to));
}

describe('WholeFrames', () => {
  it('hands on every message once, in order and never a part of one, wherever the network cuts', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(), { maxLength: 20 }), (sent, places) => {
        const bytes = Buffer.concat(sent.map(frame));
        const ends = new Set(sent.map((_, i) => Buffer.concat(sent.slice(0, i + 1).map(frame)).length));
        const frames = new WholeFrames();
        let got = Buffer.alloc(0);
        for (const chunk of cut(bytes, places)) {
          const whole = frames.take(chunk);
          if (whole === null) continue;
          got = Buffer.concat([got, whole]);
          expect(ends).toContain(got.length);
        }
        expect(got).toEqual(bytes);
      }),
    );
  });
});

describe('FramedSocket', () => {
  it('holds back a part of a message until the rest has come', () => {
    const socket = new FramedSocket();
    const [one, two] = [frame(Buffer.from('one')), frame(Buffer.from('two'))];
    expect(socket.push(Buffer.concat([one, two.subarray(0, 6)]))).toBe(true);
    expect(socket.push(two.subarray(6, 6))).toBe(true);
    expect(socket.read()).toEqual(one);
    expect(socket.push(two.subarray(6))).toBe(true);
    expect(socket.read()).toEqual(two);
    socket.destroy();
  });
});
