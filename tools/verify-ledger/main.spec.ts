import { createHash } from 'node:crypto';
import { canonicalJson, formatVkey, logSigner, signCheckpoint } from '@concordat/ledger';
import {
  ORIGIN,
  newKey,
  log,
  POLICY,
  id,
  seal,
  seals,
  erase,
  bare,
  plant,
  checkpointOf,
  close,
  itemLine,
  full,
  speak,
  check,
} from './test-log.testing';
import type { Sealed } from './test-log.testing';

describe('a whole export', () => {
  it('that nobody touched is proven', async () => {
    const sealed = seals(9);
    const { code, report } = await check(
      await full(sealed),
      { old: await checkpointOf(sealed.slice(0, 5)) },
      '--earlier',
      'old',
    );
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', states: { PROVEN: '9' }, firstBadIndex: null });
    expect(code).toBe(0);
    expect((await check(await full([]))).code).toBe(0);
  });

  it('reports every single changed byte, and names the entry', async () => {
    const text = await full(seals(4));
    const bytes = Buffer.from(text);
    const starts = [0, ...[...text.matchAll(/\n/g)].map((m) => Buffer.byteLength(text.slice(0, m.index)) + 1)];
    const counted: Record<string, number> = {};
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ (1 << (at % 7));
      const { code, report } = await check(changed);
      const line = starts.filter((s) => s <= at).length - 1;
      if (code !== 2) expect(report.result).toBe('FAILED');
      // The header has no index, and the last entry's line feed takes the end line with it: both leave nothing to examine.
      const inEntry = line >= 1 && line <= 4 && at !== (starts[5] as number) - 1;
      if (inEntry) expect(report.firstBadIndex).toBe(`${line - 1}`);
      else expect(code).toBeGreaterThan(0);
      counted[code] = (counted[code] ?? 0) + 1;
    }
    expect(counted[0]).toBeUndefined();
    expect(counted[1]).toBeGreaterThan(counted[2] as number);
  }, 120_000);

  it('reports every changed byte even when the digest was made to fit', async () => {
    const text = await full(seals(2));
    const lines = text.split('\n').slice(0, -2);
    const body = Buffer.from(lines.map((l) => `${l}\n`).join(''));
    for (let at = 0; at < body.length; at++) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] as number) ^ (1 << ((at + 3) % 7));
      const sha256 = createHash('sha256').update(changed).digest('base64');
      const end = Buffer.from(`${canonicalJson({ count: '2', end: true, sha256 })}\n`);
      expect((await check(Buffer.concat([changed, end]))).code).toBeGreaterThan(0);
    }
  }, 120_000);

  it('with one entry rewritten names it and leaves the rest proven', async () => {
    const sealed = seals(300);
    const note = await checkpointOf(sealed);
    const forged = { ...seal(217, { act: 'EDIT_CASE' }), leaf: (sealed[217] as Sealed).leaf };
    const { code, report } = await check(await full(sealed.with(217, forged), note));
    expect(code).toBe(1);
    expect(report).toMatchObject({ firstBadIndex: '217', states: { PROVEN: '299', NOT_INCLUDED: '1' } });
  });

  it('with entry and leaf hash rewritten is narrowed by earlier checkpoints', async () => {
    const sealed = seals(20);
    const note = await checkpointOf(sealed);
    const olds = { a: await checkpointOf(sealed.slice(0, 8)), b: await checkpointOf(sealed.slice(0, 12)) };
    const file = await full(sealed.with(9, seal(9, { act: 'EDIT_CASE' })), note);
    const wide = await check(file);
    expect(wide.report).toMatchObject({
      firstBadIndex: null,
      doubt: { from: '0', to: '20' },
      states: { NOT_INCLUDED: '20' },
    });
    const { report } = await check(file, olds, '--earlier', 'a', '--earlier', 'b');
    expect(report).toMatchObject({ doubt: { from: '8', to: '12' }, states: { PROVEN: '8', NOT_INCLUDED: '12' } });
  });

  it('of which an entry was taken out, doubled or moved is refused at the place', async () => {
    const sealed = seals(8);
    const note = await checkpointOf(sealed);
    const lines = (await full(sealed, note)).split('\n').slice(0, -2);
    const first = async (changed: string[]) => (await check(close(changed))).report.firstBadIndex;
    expect(await first(lines.toSpliced(4, 1))).toBe('3');
    expect(await first(lines.toSpliced(4, 0, lines[4] as string))).toBe('4');
    expect(await first(lines.with(3, lines[5] as string).with(5, lines[3] as string))).toBe('2');
    expect(await first(lines.slice(0, -1))).toBe('7');
    expect(await first([...lines, itemLine(seal(8), 8)])).toBe('8');
  });

  it('that was cut anywhere cannot be used, or fails', async () => {
    const text = await full(seals(3));
    for (let length = 0; length < text.length; length++) expect((await check(text.slice(0, length))).code).toBe(2);
    const end = (await check(text.split('\n').slice(0, -2).join('\n') + '\n')).report;
    expect(end.message).toContain('cut');
  }, 60_000);
});

describe('against an earlier checkpoint', () => {
  it('a truncated tail is found, though the log signed the shorter one too', async () => {
    const sealed = seals(9);
    const { code, report } = await check(
      await full(sealed.slice(0, 6)),
      { old: await checkpointOf(sealed) },
      '--earlier',
      'old',
    );
    expect(code).toBe(1);
    expect(report).toMatchObject({ firstBadIndex: '6', states: { PROVEN: '6' }, findings: [{ code: 'INCONSISTENT' }] });
  });

  it('rewritten and re-signed history is found', async () => {
    const sealed = seals(9);
    const file = await full(sealed.with(2, seal(2, { act: 'EDIT_CASE' })));
    const { code, report } = await check(file, { old: await checkpointOf(sealed.slice(0, 5)) }, '--earlier', 'old');
    expect(code).toBe(1);
    expect(report).toMatchObject({ doubt: { from: '0', to: '5' }, findings: [{ code: 'INCONSISTENT' }] });
    expect((await check(file, { old: await checkpointOf(sealed) }, '--earlier', 'old')).report.findings[0]?.code).toBe(
      'INCONSISTENT',
    );
  });

  it('an earlier checkpoint must itself be signed, and be of this log', async () => {
    const sealed = seals(3);
    const forged = await checkpointOf(sealed.slice(0, 2), logSigner(ORIGIN, newKey()));
    const { code, report } = await check(await full(sealed), { old: forged }, '--earlier', 'old');
    expect([code, report.findings[0]?.code]).toEqual([1, 'BAD_SIGNATURE']);
    expect((await check(await full(sealed), { old: 'nonsense' }, '--earlier', 'old')).code).toBe(2);
    expect((await check(await full(sealed), {}, '--earlier', 'nowhere')).code).toBe(2);
  });
});

describe('states', () => {
  const states = async (sealed: Sealed[]) => {
    const { code, report } = await check(await full(sealed));
    return { code, failures: report.failures.map((f) => `${f.index} ${f.code}`), ...report.states };
  };

  it('erased and honoured is proven-erased', async () => {
    expect(await states([seal(0), bare(seal(1)), erase(2, 1)])).toEqual({
      code: 0,
      failures: [],
      PROVEN: '2',
      PROVEN_ERASED: '1',
    });
  });

  it.each<[string, Sealed[], string[]]>([
    ['erased yet readable', [seal(0), seal(1), erase(2, 1)], ['1 ERASURE_NOT_HONOURED']],
    ['erased, key kept', [seal(0), { ...seal(1), detail: undefined }, erase(2, 1)], ['1 ERASURE_NOT_HONOURED']],
    ['missing without erasure', [seal(0), bare(seal(1)), seal(2)], ['1 MISSING_DETAIL']],
    ['key without detail', [seal(0), { ...seal(1), detail: undefined }], ['1 MISSING_DETAIL']],
    ['detail without key', [seal(0), { ...seal(1), k: undefined }], ['1 MISSING_DETAIL']],
    ['detail altered', [seal(0), { ...seal(1), detail: '{"note":"other"}' }], ['1 COMMIT_MISMATCH']],
    ['key of another record', [seal(0), { ...seal(1), k: seal(0).k }], ['1 COMMIT_MISMATCH']],
    ['short key', [seal(0), { ...seal(1), k: Buffer.alloc(31) }], ['1 MALFORMED']],
    [
      'erasure of another event',
      [seal(0), bare(seal(1)), erase(2, 1, { target: [{ eventId: id(0), index: '1' }] })],
      ['1 MISSING_DETAIL'],
    ],
    ['erasure that comes before', [seal(0), erase(1, 2), bare(seal(2))], ['2 MISSING_DETAIL']],
    [
      'erasure not itself proven',
      [seal(0), bare(seal(1)), bare(erase(2, 1))],
      ['1 MISSING_DETAIL', '2 MISSING_DETAIL'],
    ],
  ])('%s', async (_, sealed, failures) => {
    expect(await states(sealed)).toMatchObject({ code: 1, failures });
  });

  it('an erasure may itself have been erased by a later one', async () => {
    expect(await states([bare(seal(0)), bare(erase(1, 0)), erase(2, 1)])).toMatchObject({
      PROVEN_ERASED: '2',
      PROVEN: '1',
    });
  });
});

describe('numbering', () => {
  const finding = async (sealed: Sealed[]) => {
    const { code, report } = await check(await full(sealed));
    return [code, report.firstBadIndex, report.findings.map((f) => f.message).join()];
  };
  const seq = (i: number, n: number, producer = 'r') => seal(i, { src: { id: producer, seq: `${n}` } });

  it('per producer is gapless, in any order', async () => {
    expect(await finding([seq(0, 2), seq(1, 1), seq(2, 1, 's'), seq(3, 3)])).toEqual([0, null, '']);
    expect(await finding([seq(0, 1), seq(1, 3)])).toEqual([1, '1', 'producer r: seq 2 to 2 missing']);
    expect(await finding([seq(0, 2)])).toEqual([1, '0', 'producer r: seq 1 to 1 missing']);
    expect(await finding([seq(0, 1), seq(1, 1)])).toEqual([1, '1', 'producer r: seq 1 is there twice']);
    expect(await finding([seq(0, 1), seq(1, 0)])).toEqual([1, '1', 'producer r: seq 0 is there twice']);
  });

  it('eventIds are unique, and leaves are of this log', async () => {
    expect((await finding([seal(0), seal(1, { eventId: id(0) })]))[1]).toBe('1');
    expect(
      (await check(await full([seal(0), seal(1, { origin: 'log.example/other' })]))).report.failures,
    ).toMatchObject([{ index: '1', code: 'MALFORMED' }]);
  });
});

describe('trust', () => {
  it('must be pinned', async () => {
    const file = { 'x.jsonl': await full(seals(2), undefined, { vkeys: [formatVkey(log.key)] }) };
    const unpinned = await speak(file, 'x.jsonl');
    expect([unpinned.code, unpinned.text]).toEqual([2, expect.stringContaining('UNPINNED')]);
    const first = await speak(file, 'x.jsonl', '--trust-on-first-use');
    expect(first.code).toBe(0);
    expect(first.text).toContain(formatVkey(log.key));
    expect(first.text).toContain('It does not show that the key is the log’s');
    expect((await speak({ 'x.jsonl': await full(seals(2)) }, 'x.jsonl', '--trust-on-first-use')).code).toBe(2);
  });

  it('is refused to another key, a bad policy and too few witnesses', async () => {
    const stranger = logSigner(ORIGIN, newKey());
    const forged = await check(
      await full(seals(2), await checkpointOf(seals(2), stranger), { vkeys: [formatVkey(stranger.key)] }),
    );
    expect([forged.code, forged.report.states]).toEqual([1, { BAD_SIGNATURE: '2' }]);
    const { tree } = plant(seals(2));
    const alone = await signCheckpoint({ origin: ORIGIN, size: 2n, root: tree.root() }, [log]);
    const pending = await check(await full(seals(2), alone));
    expect([pending.code, pending.report.states]).toEqual([1, { NO_QUORUM: '2' }]);
    for (const bad of [
      'quorum none\nquorum none\n',
      `${POLICY}x\n`,
      `${POLICY}group g 2 police\n`,
      'log x\nquorum none\n',
      '',
    ]) {
      expect((await check(await full(seals(2)), { policy: bad })).code).toBe(2);
    }
  });

  it('and usage: what is not understood is exit 2', async () => {
    for (const args of [[], ['a', 'b'], ['record'], ['x.jsonl', '--nonsense']])
      expect((await speak({}, ...args)).code).toBe(2);
    expect((await speak({}, 'absent', '--policy', 'policy')).text).toContain('no file absent');
  });
});
