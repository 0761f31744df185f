import * as fc from 'fast-check';
import { NoteKeeper, type Kept, type Sending } from './note-keeper.mjs';

/** One text with versions, as the risk context keeps it: a key counts once, a version that was changed is refused. */
class Server {
  text = '';
  version = 0;
  private readonly done = new Map<string, number>();

  send({ key, texts, version }: Sending): Kept {
    const before = this.done.get(key);
    if (before !== undefined) return { status: 'kept', version: before };
    if (version !== this.version) return { status: 'changed' };
    this.text = texts['harm']!;
    this.done.set(key, ++this.version);
    return { status: 'kept', version: this.version };
  }
}

/** Somebody who types words that nobody else types, on a line of their own, over a connection that breaks as it is told to. */
class NoteTaker {
  text = '';
  typed = 0;
  readonly said: string[] = [];
  readonly keeper: NoteKeeper;
  private keys = 0;

  constructor(
    private readonly server: Server,
    readonly name: string,
    /** What becomes of each request in turn: it arrives, it does not, or its answer is lost. */
    private readonly fates: ('arrives' | 'lost' | 'unanswered')[],
  ) {
    this.keeper = new NoteKeeper({
      page: { read: () => ({ harm: this.text }), write: ({ harm }) => void (this.text = harm!) },
      server: {
        send: (sending) => this.over(() => this.server.send(sending)),
        present: () =>
          this.over(() => ({
            status: 'present' as const,
            open: true,
            version: this.server.version,
            texts: { harm: this.server.text },
          })),
      },
      pause: () => Promise.resolve(),
      say: (state) => void this.said.push(state),
      newKey: () => `${this.name}-${this.keys++}`,
      ...{ texts: { harm: '' }, version: 0 },
    });
  }

  type(): void {
    const word = `${this.name}${this.typed++}`;
    const lines = this.text.split('\n');
    const own = lines.findIndex((line) => line.startsWith(this.name));
    if (own >= 0) lines[own] += ` ${word}`;
    else lines.push(word);
    this.text = lines.join('\n').replace(/^\n/, '');
  }

  private async over<T>(ask: () => T): Promise<T | null> {
    await Promise.resolve();
    const fate = this.fates.shift() ?? 'arrives';
    const answer = fate === 'lost' ? null : ask();
    await Promise.resolve();
    return fate === 'arrives' ? answer : null;
  }
}

describe('keeping notes until they are acknowledged', () => {
  const fates = fc.array(fc.constantFrom('arrives' as const, 'lost' as const, 'unanswered' as const), {
    maxLength: 20,
  });
  const steps = fc.array(
    fc.constantFrom('a types', 'b types', 'a keeps', 'b keeps', 'a hears', 'b hears', 'time goes by'),
    {
      maxLength: 40,
    },
  );

  it('loses and doubles no word of two who type at once, whatever the connection does', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fates, steps, async (ofA, ofB, taken) => {
        const server = new Server();
        const [a, b] = [new NoteTaker(server, 'a', [...ofA]), new NoteTaker(server, 'b', [...ofB])];
        const running: Promise<unknown>[] = [];
        for (const step of taken) {
          const who = step.startsWith('a') ? a : b;
          if (step.endsWith('types')) who.type();
          else if (step.endsWith('keeps')) running.push(who.keeper.keep());
          else if (step.endsWith('hears')) running.push(who.keeper.heard(server.version));
          else for (let i = 0; i < 3; i++) await Promise.resolve();
        }
        await Promise.all(running);
        for (const who of [a, b, a, b]) await who.keeper.keep();
        for (const who of [a, b]) await who.keeper.lookAgain();
        const words = (name: string, n: number) => Array.from({ length: n }, (_, i) => `${name}${i}`);
        const all = [...words('a', a.typed), ...words('b', b.typed)].sort();
        for (const text of [server.text, a.text, b.text]) expect(text.split(/\s+/).filter(Boolean).sort()).toEqual(all);
        expect([a.text, b.text]).toEqual([server.text, server.text]);
        expect([a.keeper.settled, b.keeper.settled]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('says that it waits, sends the same again under the same key, and says when it is kept', async () => {
    const server = new Server();
    const a = new NoteTaker(server, 'a', ['unanswered', 'lost', 'arrives']);
    a.type();
    await a.keeper.keep();
    expect(a.said).toEqual(['keeping', 'waiting', 'keeping', 'waiting', 'keeping', 'kept']);
    expect([server.text, server.version]).toEqual(['a0', 1]);
  });

  it('stops when notes can be kept no more, and leaves what was typed on the page', async () => {
    const said: string[] = [];
    const text = { harm: 'He may find her' };
    const keeper = new NoteKeeper({
      page: { read: () => text, write: () => undefined },
      server: {
        send: () => Promise.resolve({ status: 'changed' as const }),
        present: () => Promise.resolve({ status: 'present' as const, open: false, version: 1, texts: { harm: '' } }),
      },
      pause: () => Promise.resolve(),
      say: (state) => void said.push(state),
      newKey: () => 'key',
      ...{ texts: { harm: '' }, version: 0 },
    });
    await keeper.keep();
    expect(said).toEqual(['keeping', 'refused']);
    expect([text.harm, keeper.settled]).toEqual(['He may find her', false]);
  });
});
