import { generateKeyPairSync } from 'node:crypto';
import {
  cosignNote,
  formatCheckpoint,
  formatVkey,
  logSigner,
  meetsQuorum,
  openCheckpoint,
  parseCheckpoint,
} from './index';
import { emptyRoot, parsePolicy, signCheckpoint, signNote, witnessSigner } from './index';

const newKey = () => generateKeyPairSync('ed25519').privateKey;
const log = logSigner('log.example/a', newKey());
const log2 = logSigner('log.example/b', newKey());
const witnesses = Array.from({ length: 6 }, (_, i) => witnessSigner(`w${i}.example`, newKey(), () => 1_795_000_000n));
const vkey = (i: number): string => formatVkey((witnesses[i] as (typeof witnesses)[number]).key);
const L = `log ${formatVkey(log.key)}\n`;
const W = [0, 1, 2, 3, 4, 5].map((i) => `witness X${i} ${vkey(i)}\n`);
const cp = { origin: 'log.example/a', size: 0n, root: emptyRoot() };

describe('a policy file', () => {
  it('reads comments, tabs, URLs and nested groups', () => {
    const policy = parsePolicy(
      `# ours\n\n \t${L}log\t${formatVkey(log2.key)} https://log.example/b\n${W.join('')}` +
        `group X 2 X0 X1 X2\n  # two levels\ngroup Y any X3 X4\ngroup both all X Y\nquorum both`,
    );
    expect(policy.logs.map((l) => l.url)).toEqual([undefined, 'https://log.example/b']);
    expect(policy.witnesses).toHaveLength(6);
    const meets = (...names: string[]): boolean => meetsQuorum(policy, new Set(names));
    expect(meets('X0', 'X1', 'X3')).toBe(true);
    expect(meets('X0', 'X1')).toBe(false);
    expect(meets('X0', 'X3', 'X4', 'X5')).toBe(false);
    expect(meets('X', 'Y', 'both')).toBe(false);
    expect(meets()).toBe(false);
  });

  it('may ask for no witness, or for one', () => {
    expect(meetsQuorum(parsePolicy(`${L}quorum none\n`), new Set())).toBe(true);
    const one = parsePolicy(`${L}${W[0]}quorum X0\n`);
    expect(meetsQuorum(one, new Set())).toBe(false);
    expect(meetsQuorum(one, new Set(['X0']))).toBe(true);
  });

  it('takes 32 logs, witnesses and groups', () => {
    const keys = Array.from({ length: 64 }, newKey);
    const text = keys.map((k, i) =>
      i < 32
        ? `log ${formatVkey(logSigner(`l${i}.example`, k).key)}\n`
        : `witness w${i} ${formatVkey(witnessSigner(`w${i}.example`, k, () => 1n).key)}\ngroup g${i} any w${i}\n`,
    );
    expect(parsePolicy(`${text.join('')}quorum g63\n`).groups.size).toBe(32);
  });

  it.each([
    ['no quorum', L],
    ['two quorums', `${L}quorum none\nquorum none\n`],
    ['quorum before its name', `quorum X0\n${W[0]}`],
    ['unknown quorum', 'quorum nobody\n'],
    ['unknown keyword', `${L}quorum none\nfoo bar\n`],
    ['member before definition', `group g any X0\n${W[0]}quorum g\n`],
    ['group in itself', `${W[0]}group g any X0 g\nquorum g\n`],
    ['member of two groups', `${W[0]}group g any X0\ngroup h any X0\nquorum g\n`],
    ['member twice', `${W[0]}group g 2 X0 X0\nquorum g\n`],
    ['none as a member', 'group g any none\nquorum g\n'],
    ['none as a name', `witness none ${vkey(0)}\nquorum none\n`],
    ['name twice', `${W[0]}witness X0 ${vkey(1)}\nquorum X0\n`],
    ['group named as a witness', `${W[0]}group X0 any X0\nquorum X0\n`],
    ['threshold 0', `${W[0]}group g 0 X0\nquorum g\n`],
    ['threshold above n', `${W[0]}group g 2 X0\nquorum g\n`],
    ['threshold 01', `${W[0]}group g 01 X0\nquorum g\n`],
    ['threshold 1.0', `${W[0]}group g 1.0 X0\nquorum g\n`],
    ['empty group', 'group g any\nquorum g\n'],
    ['witness key twice', `${W[0]}witness X1 ${vkey(0)}\nquorum X0\n`],
    ['log key twice', `${L}${L}quorum none\n`],
    ['witness key as a log', `log ${vkey(0)}\nquorum none\n`],
    ['log key as a witness', `witness X0 ${formatVkey(log.key)}\nquorum X0\n`],
    ['bad key', 'log example.com+00000000+AAAA\nquorum none\n'],
    ['log without key', 'log\nquorum none\n'],
    ['extra word', `log ${formatVkey(log.key)} url more\nquorum none\n`],
    ['quorum with two names', `${W[0]}quorum X0 X0\n`],
    ['carriage return', `${L}quorum none\r\n`],
    ['NUL', `${L}quorum none\n#\u0000\n`],
    ['DEL', `${L}quorum none\n#\u007f\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parsePolicy(text)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('names the line', () => {
    expect(() => parsePolicy('# fine\n\nnonsense\n')).toThrow('line 3');
  });

  it('treats names as octets', () => {
    const kelvin = `witness \u212a ${vkey(0)}\nwitness K ${vkey(1)}\nquorum \u212a\n`;
    expect(parsePolicy(kelvin).witnesses).toHaveLength(2);
    expect(meetsQuorum(parsePolicy(kelvin), new Set(['K']))).toBe(false);
    expect(
      parsePolicy(Buffer.concat([Buffer.from('# '), Buffer.from([0xff]), Buffer.from('\nquorum none\n')])),
    ).toBeDefined();
  });
});

describe('a checkpoint under a policy', () => {
  const policy = parsePolicy(`${L}${W[0]}${W[1]}group both all X0 X1\nquorum both\n`);

  it('is pending until cosigned to quorum', async () => {
    let note = await signCheckpoint(cp, [log]);
    expect(openCheckpoint(note, policy)).toEqual({ checkpoint: cp, cosigners: [], quorum: false });
    note += await cosignNote(note, witnesses[0] as (typeof witnesses)[number]);
    expect(openCheckpoint(note, policy).quorum).toBe(false);
    note += await cosignNote(note, witnesses[1] as (typeof witnesses)[number]);
    const opened = openCheckpoint(note, policy);
    expect(opened.quorum).toBe(true);
    expect(opened.cosigners).toEqual(['X0', 'X1'].map((name) => ({ name, time: 1_795_000_000n })));
  });

  it('needs its own log: a witness, another log or a borrowed origin will not do', async () => {
    const bad = expect.objectContaining({ code: 'BAD_SIGNATURE' }) as Error;
    const note = await signCheckpoint(cp, [log]);
    const onlyWitness = `${formatCheckpoint(cp)}\n${await cosignNote(note, witnesses[0] as (typeof witnesses)[number])}`;
    expect(() => openCheckpoint(onlyWitness, policy)).toThrow(bad);
    expect(() => openCheckpoint(note, parsePolicy(`log ${formatVkey(log2.key)}\nquorum none\n`))).toThrow(bad);
    const borrowed = await signNote(formatCheckpoint(cp), [log2]);
    const two = parsePolicy(`${L}log ${formatVkey(log2.key)}\nquorum none\n`);
    expect(() => openCheckpoint(borrowed, two)).toThrow(bad);
    await expect(signCheckpoint(cp, [log2])).rejects.toThrow('own origin');
  });
});

describe('checkpoint text', () => {
  const root = emptyRoot().toString('base64');
  it('is three lines, and reads back', () => {
    const text = formatCheckpoint({ ...cp, size: 20_852_163n });
    expect(text).toBe(`log.example/a\n20852163\n${root}\n`);
    expect(parseCheckpoint(text)).toEqual({ ...cp, size: 20_852_163n });
    expect(parseCheckpoint(`${text}extension\n`).size).toBe(20_852_163n);
  });

  it.each([
    ['no origin', `\n1\n${root}\n`],
    ['a leading zero', `a\n01\n${root}\n`],
    ['a negative size', `a\n-1\n${root}\n`],
    ['a size of 2^64', `a\n18446744073709551616\n${root}\n`],
    ['a short root', `a\n1\nAAAA\n`],
    ['loose base64', `a\n1\n${root.slice(0, -2)}V=\n`],
    ['two lines', `a\n1\n`],
    ['no last line feed', `a\n1\n${root}`],
    ['an empty extension', `a\n1\n${root}\n\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
