import { canonicalJson, encodeBundle, entriesPath, formatTlogProof, formatVkey, tilePath } from '@concordat/ledger';
import {
  ORIGIN,
  log,
  b64,
  seal,
  seals,
  erase,
  bare,
  plant,
  checkpointOf,
  close,
  itemLine,
  verify,
  speak,
  check,
} from './test-log.testing';
import type { Sealed } from './test-log.testing';

describe('a range', () => {
  const range = async (
    sealed: readonly Sealed[],
    from: number,
    to: number,
    support: number[] = [],
    header: object = {},
  ) => {
    const { prover } = plant(sealed);
    const n = BigInt(sealed.length);
    const line = async (i: number, more: object = {}) =>
      itemLine(sealed[i] as Sealed, i, { proof: (await prover.inclusion(BigInt(i), n)).map(b64), ...more });
    const items = Array.from({ length: to - from }, (_, i) => line(from + i));
    const head = {
      concordat: 'ledger-export/v1',
      origin: ORIGIN,
      from: `${from}`,
      to: `${to}`,
      checkpoint: await checkpointOf(sealed),
    };
    return [
      canonicalJson({ ...head, ...header }),
      ...(await Promise.all([...items, ...support.map((i) => line(i, { support: true }))])),
    ];
  };

  it('is proven entry by entry, with the erasures that explain it', async () => {
    const sealed = seals(20)
      .with(6, bare(seal(6)))
      .with(15, erase(15, 6));
    expect((await check(close(await range(sealed, 5, 9, [15])))).report.states).toEqual({
      PROVEN: '4',
      PROVEN_ERASED: '1',
    });
    const unexplained = await check(close(await range(sealed, 5, 9)));
    expect(unexplained.report).toMatchObject({ firstBadIndex: '6', states: { PROVEN: '3', MISSING_DETAIL: '1' } });
  });

  it('names the entry of every changed byte', async () => {
    const lines = await range(seals(11), 3, 5);
    const bytes = Buffer.from(lines[2] as string);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      const { code, report } = await check(close([lines[0] as string, lines[1] as string, changed.toString('latin1')]));
      expect([code, report.firstBadIndex]).toEqual([1, '4']);
    }
  }, 60_000);

  it('is held against an earlier checkpoint by a consistency proof', async () => {
    const sealed = seals(11);
    const old = await checkpointOf(sealed.slice(0, 7));
    const proof = (await plant(sealed).prover.consistency(7n, 11n)).map(b64);
    const consistency = [{ from: '7', proof }];
    const good = await check(close(await range(sealed, 2, 4, [], { consistency })), { old }, '--earlier', 'old');
    expect(good.code).toBe(0);
    const without = await check(close(await range(sealed, 2, 4)), { old }, '--earlier', 'old');
    expect(without.report.findings).toMatchObject([{ code: 'INCONSISTENT' }]);
    const other = await checkpointOf(seals(7).with(0, seal(0, { act: 'EDIT_CASE' })));
    const bad = await check(close(await range(sealed, 2, 4, [], { consistency })), { old: other }, '--earlier', 'old');
    expect(bad.report.findings).toMatchObject([{ code: 'INCONSISTENT', message: 'old: not consistent' }]);
  });
});

describe('a running log', () => {
  const serve = (pages: Map<string, Buffer | string>) =>
    jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      const page = pages.get(input as string);
      expect(init).toMatchObject({ redirect: 'error', headers: { authorization: 'Bearer t' } });
      return Promise.resolve(
        new Response(page === undefined ? 'no' : new Uint8Array(Buffer.from(page as string)), {
          status: page === undefined ? 404 : 200,
        }),
      );
    });
  const pagesOf = async (sealed: readonly Sealed[]) => {
    const base = 'http://audit.example/api/audit';
    const pages = new Map<string, Buffer | string>([
      [`${base}/checkpoint`, await checkpointOf(sealed)],
      [`${base}/vkey`, `${formatVkey(log.key)}\n`],
    ]);
    for (const t of plant(sealed).tiles) pages.set(`${base}/${tilePath(t)}`, t.data);
    for (let i = 0; i * 256 < sealed.length; i++) {
      const part = sealed.slice(i * 256, (i + 1) * 256);
      pages.set(`${base}/${entriesPath(BigInt(i), part.length)}`, encodeBundle(part.map((s) => s.entry)));
    }
    return pages;
  };
  const ask = (...args: string[]) => speak({}, 'http://audit.example/', '--token', 't', ...args);
  afterEach(() => jest.restoreAllMocks());

  it('is read from tiles, and says that details were not examined', async () => {
    serve(await pagesOf(seals(600)));
    const { code, text } = await ask('--policy', 'policy');
    expect(code).toBe(0);
    expect(text).toMatch(/INCLUDED +600\nDETAILS WERE NOT EXAMINED/);
    const first = await ask('--trust-on-first-use');
    expect([first.code, first.text]).toEqual([0, expect.stringContaining('TRUST ON FIRST USE')]);
  });

  it('that changed an entry is caught at its index; one that answers no is no use', async () => {
    const sealed = seals(600);
    const pages = await pagesOf(sealed);
    const bundle = sealed.slice(256, 512).map((s) => s.entry);
    pages.set('http://audit.example/api/audit/tile/entries/001', encodeBundle(bundle.with(44, seal(7).entry)));
    serve(pages);
    expect((await ask('--policy', 'policy')).text).toContain('FIRST BAD INDEX 300');
    pages.delete('http://audit.example/api/audit/tile/0/001');
    const missing = await ask('--policy', 'policy');
    expect([missing.code, missing.text]).toEqual([2, expect.stringContaining('answered 404')]);
  });
});

describe('one receipt', () => {
  const receiptFor = async (index: number) => {
    const sealed = seals(9);
    const proof = await plant(sealed).prover.inclusion(BigInt(index), 9n);
    return formatTlogProof({
      index: BigInt(index),
      proof,
      checkpoint: await checkpointOf(sealed),
      extra: (sealed[index] as Sealed).entry,
    });
  };
  const ask = async (r: string | Buffer, files: Record<string, string> = {}, ...args: string[]) => {
    const { code, report } = await verify({ r, ...files }, 'record', 'r', '--policy', 'policy', ...args);
    return [code, report.state];
  };

  it('shows inclusion, and with its opening the record', async () => {
    const r = await receiptFor(4);
    const s = seal(4);
    const opening = canonicalJson({ k: b64(s.k as Buffer), detail: b64(Buffer.from(s.detail as string)) });
    expect(await ask(r)).toEqual([0, 'INCLUDED']);
    expect(await ask(r, { opening }, '--opening', 'opening')).toEqual([0, 'PROVEN']);
    expect(await ask(await receiptFor(5), { opening }, '--opening', 'opening')).toEqual([1, 'COMMIT_MISMATCH']);
    expect(await ask(r, { opening: '{}' }, '--opening', 'opening')).toEqual([1, 'MISSING_DETAIL']);
    expect(await ask(r, { e: seal(5).entry.toString() }, '--entry', 'e')).toEqual([1, 'NOT_INCLUDED']);
    expect((await speak({ r }, 'record', 'r', '--trust-on-first-use')).code).toBe(2);
  });

  it('fails with any byte changed', async () => {
    const bytes = Buffer.from(await receiptFor(6));
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ (1 << (at % 7));
      expect((await ask(changed))[0]).toBe(1);
    }
  }, 60_000);
});
