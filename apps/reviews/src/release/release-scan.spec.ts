import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { datePattern } from '../date-patterns';
import { folded } from '../folded-text';
import { demandIdentifiers, type IdentifierKind, type ProtectedPerson } from '../identifiers';
import { scan, type ReleaseScan } from '../release-scan';
import { docxOf, innocent, pdfOf, planted, type Planted } from './corpus.testing';
import { readFile } from './reading/read-file';

const SIAN: ProtectedPerson = {
  ...{ id: 'victim', pseudonym: 'Alice' },
  identifiers: [
    { kind: 'full-name', value: "Siân Elen O'Connor-Müller" },
    { kind: 'forename', value: 'Siân' },
    { kind: 'surname', value: "O'Connor-Müller" },
    { kind: 'nickname', value: 'Shanny' },
    { kind: 'birth-date', value: '1987-03-09' },
    { kind: 'death-date', value: '2024-09-12' },
    { kind: 'address', value: '14 Larch Road, Northbank' },
    { kind: 'postcode', value: 'ZZ1 4QT' },
    { kind: 'phone', value: '01632 960123' },
    { kind: 'email', value: 'sian.om@example.org' },
    { kind: 'case-number', value: 'NB/24/001234' },
    { kind: 'school', value: "St Non's School" },
    { kind: 'employer', value: 'Harbour Bakery' },
  ],
};
const TOMOS: ProtectedPerson = {
  ...{ id: 'perpetrator', pseudonym: 'Adam' },
  identifiers: [
    { kind: 'full-name', value: 'Tomos Rose' },
    { kind: 'forename', value: 'Tomos' },
    { kind: 'surname', value: 'Rose' },
  ],
};
const PEOPLE = [SIAN, TOMOS];

/** Each identifier as it may be written, with what it must be told as. */
const WRITTEN: readonly (readonly [string, IdentifierKind])[] = [
  ...(["Siân Elen O'Connor-Müller", 'SIAN ELEN OCONNOR MULLER', 'sian elen o’connor müller’s'] as const).map(
    (w) => [w, 'full-name'] as const,
  ),
  ...(['Siân', 'SIÂN’s', 'Sian', 'Si\u0061\u0302n', 'sia\u0302n'] as const).map((w) => [w, 'forename'] as const),
  ...(["O'Connor-Müller", 'O’Connor–Muller', 'OConnor', 'Müllers'] as const).map((w) => [w, 'surname'] as const),
  ...(['Shanny', 'SHANNY’S', 'Shan\u00adny'] as const).map((w) => [w, 'nickname'] as const),
  ...(
    [
      ...['9 March 1987', '9th of March, 1987', 'March 9, 1987', '09/03/1987', '9.3.87', '1987-03-09', '9-Mar-87'],
      ...['19870309', 'the ninth of March 1987', '9 Mawrth 1987', '03/09/1987', 'Mon 9 Mar ’87'],
    ] as const
  ).map((w) => [w, 'birth-date'] as const),
  ...(
    [
      ...['12 September 2024', '12th Sept 2024', 'September 12th 2024', '12/09/2024', '12/9/24', '2024-09-12'],
      ...['12-SEP-2024', '20240912', 'twelfth September 2024'],
    ] as const
  ).map((w) => [w, 'death-date'] as const),
  ...(['14 Larch Road, Northbank', '14, Larch Rd Northbank', 'Larch Road Northbank'] as const).map(
    (w) => [w, 'address'] as const,
  ),
  ...(['ZZ1 4QT', 'zz14qt', 'ZZ1\u00a04QT'] as const).map((w) => [w, 'postcode'] as const),
  ...(['01632 960123', '+44 1632 960 123', '+44 (0)1632-960123'] as const).map((w) => [w, 'phone'] as const),
  ['sian.om@example.org', 'email'],
  ...(['NB/24/001234', 'nb24001234', 'NB 24 001234'] as const).map((w) => [w, 'case-number'] as const),
  ['St Non’s School', 'school'],
  ['HARBOUR BAKERY', 'employer'],
  ['Tomos Rose', 'full-name'],
];

const looked = async ({ bytes, ending, name }: Planted, exempt: readonly string[] = []): Promise<ReleaseScan> =>
  scan(await readFile(bytes, ending, name), PEOPLE, exempt);

describe('the release scan', () => {
  it('finds every identifier, however it is written, in files of each kind and wherever in them', async () => {
    const missed: string[] = [];
    let [files, places] = [0, new Set<string>()];
    for (const [i, [said, kind]] of WRITTEN.entries())
      for (const file of await planted(said, i)) {
        files += 1;
        places = places.add(`${file.ending} ${file.place}`);
        const { hits } = await looked(file);
        // Halves of a double name and parts of an address are told as the whole of what they are in.
        if (!hits.some((h) => h.kind === kind)) missed.push(`${said} in ${file.ending}, ${file.place}`);
      }
    expect(missed).toEqual([]);
    expect(files).toBeGreaterThanOrEqual(60);
    expect(places.size).toBe(13 + 10 + 6 + 1);
  }, 60_000); // some 170 files, each made, opened and read

  it('finds nothing in what only looks like it, but for words that are names as well', async () => {
    const texts = [
      ...['Sianna and Shannyside', 'Mullerian', 'Connorville', 'Tomoso', 'The panel rose to the question'],
      ...['10 March 1987', '9 March 1988', '9 April 1987', '1987-03-19', '19/03/1987', 'In March 1987', '12 September'],
      ...[
        '114 Larch Walk',
        'Larch Road is long',
        'ZZ11 4QT',
        '01632 960124',
        'NB/24/0012345',
        'The harbour',
        'A bakery',
      ],
      ...['Roses are red', 'St Nonsuch School', '24 hours a day', 'Eleven of twelve, 2024', 'example.org'],
    ];
    const falsely: string[] = [];
    for (const text of texts)
      for (const hit of (await looked(innocent(text))).hits) falsely.push(`${hit.text} in “${text}”`);
    // A surname that is a word is found as a word: somebody says of each that it is nothing. One street is another’s too.
    expect(falsely).toEqual(['rose in “The panel rose to the question”', 'Roses in “Roses are red”']);
  });

  it('anonymity, §13.5: a surname in an annex is one hit that blocks; an author on the panel may be named', async () => {
    const annex = docxOf({ body: '<w:p><w:r><w:t>Rose</w:t></w:r></w:p>' });
    const first = await looked({ ending: 'docx', name: 'terms.docx', place: '', bytes: annex }, ['Gwen Harding']);
    expect(first.hits.map(({ kind, people, text }) => [kind, people, text])).toEqual([
      ['surname', ['perpetrator'], 'Rose'],
    ]);
    const bytes = await pdfOf((doc) => void doc.text('Terms of reference'), { Author: 'Gwen Harding' });
    const pdf = { ending: 'pdf', name: 'terms.pdf', place: '', bytes } as const;
    expect(await looked(pdf, ['Gwen Harding'])).toMatchObject({
      ...{ hits: [], warnings: [], exempted: [{ name: 'Gwen Harding', times: 1 }] },
    });
    expect((await looked(pdf)).warnings).toEqual([{ kind: 'author', where: 'Author', text: 'Gwen Harding' }]);
  });

  it('a whole name gives its parts away as well, whether or not anybody entered them apart', () => {
    const identifiers = [{ kind: 'full-name', value: 'Mira J. Kestle' }] as const;
    const passage = { part: 'body', where: 'x', text: 'Mira; J.; the Kestles' } as const;
    const { hits } = scan(
      { passages: [passage], pictures: [], unread: [] },
      [{ id: 'p', pseudonym: 'A', identifiers }],
      [],
    );
    expect(hits.map(({ kind, text }) => [kind, text])).toEqual([
      ['forename', 'Mira'],
      ['surname', 'Kestles'],
    ]);
  });

  it('a name that is shared with somebody who may be named is ambiguous, and blocks', async () => {
    const { hits } = await looked(innocent('Chaired by Helen Rose'), ['Helen Rose']);
    expect(hits).toMatchObject([{ kind: 'surname', text: 'Rose', ambiguous: true }]);
    expect((await looked(innocent('Chaired by Helen Rose'))).hits).toMatchObject([{ ambiguous: false }]);
  });

  it('tells two people’s name once, as both’s, and where it stood', async () => {
    const other = { ...TOMOS, id: 'child', identifiers: [{ kind: 'surname', value: 'Rose' }] } as const;
    const text = 'The mother  of Tomos ROSE’S child';
    const { hits } = scan(await readFile(strToU8(text), 'txt', 'a.txt'), [TOMOS, other], []);
    expect(hits).toMatchObject([
      { kind: 'full-name', people: ['perpetrator', 'child'], at: 15, text: 'Tomos ROSE’S', part: 'body' },
    ]);
    expect(hits[0]!.excerpt).toBe('The mother of Tomos ROSE’S child');
  });

  it('looks in names of files, over the ends of lines, and in the text of earlier versions says that it cannot', async () => {
    const names = async (name: string) => (await looked({ ...innocent('x'), name })).hits.map((h) => h.text);
    expect(await names('TomosRose_final.txt')).toEqual(['TomosRose']);
    expect(await names('2024-09-12 minutes.txt')).toEqual(['2024-09-12']);
    expect((await looked(innocent('of Mül-\n  ler and'))).hits).toMatchObject([{ kind: 'surname', at: 3 }]);
    const pdf = await pdfOf((doc) => void doc.text('One'));
    const twice = Buffer.concat([pdf, Buffer.from('\nstartxref\n0\n%%EOF')]);
    const scanned = await looked({ ending: 'pdf', name: 'a.pdf', place: '', bytes: Buffer.concat([pdf]) });
    expect(scanned.hits).toEqual([]);
    const { hits } = await looked({ ending: 'pdf', name: 'a.pdf', place: '', bytes: twice });
    expect(hits).toMatchObject([{ kind: 'unread', where: 'an earlier version that was saved over' }]);
  });

  it('what it cannot read blocks, and a picture is a warning', async () => {
    const page = '<p>See <img src="map.png"> <iframe src="/x"></iframe></p>';
    const { hits, warnings } = await looked({ ending: 'html', name: 'a.html', place: '', bytes: strToU8(page) });
    expect(hits).toMatchObject([{ kind: 'unread', where: 'iframe 1' }]);
    expect(warnings).toEqual([{ kind: 'picture', where: 'picture 1', text: '' }]);
    const broken = docxOf({ 'word/header1.xml': '<w:hdr><w:p>', 'word/embeddings/ole.bin': 'x' });
    expect((await looked({ ending: 'docx', name: 'a.docx', place: '', bytes: broken })).hits).toMatchObject([
      { kind: 'unread', where: 'word/header1.xml' },
      { kind: 'unread', where: 'word/embeddings/ole.bin' },
    ]);
    await expect(readFile(strToU8('PK no archive'), 'docx', 'a')).rejects.toThrow('not an archive');
    await expect(readFile(strToU8('%PDF-1.7 nothing'), 'pdf', 'a')).rejects.toThrow('not a PDF');
  });

  it('warns of what looks like anybody’s address, telephone or e-mail', async () => {
    const { hits, warnings } = await looked(innocent('Write to ZZ9 9ZZ, someone@example.com or 01632 960999'));
    expect(hits).toEqual([]);
    expect(warnings.map(({ kind, text }) => [kind, text])).toEqual([
      ['postcode', 'ZZ9 9ZZ'],
      ['email', 'someone@example.com'],
      ['phone', '01632 960999'],
    ]);
  });

  it('property: a name is found in whatever stands around it, and told where it stood', () => {
    const around = fc.string({ unit: 'grapheme', maxLength: 30 }).map((s) => s.replace(/[\p{L}\p{N}'’-]/gu, ' '));
    const accented = fc.constantFrom('Tomos', 'TOMOS', 'Tómos', 'tomós', 'T\u200bomos', 'Tomo\u0301s');
    fc.assert(
      fc.property(around, accented, around, (before, name, after) => {
        const passage = { part: 'body', where: 'x', text: `${before} ${name} ${after}` } as const;
        const { hits } = scan({ passages: [passage], pictures: [], unread: [] }, [TOMOS], []);
        return hits.some((h) => h.at === before.length + 1 && folded(h.text).text.startsWith('tomos'));
      }),
    );
  });

  it('property: no other day is taken for a day', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const found = new RegExp(`^(?:${datePattern(a)})$`, 'u').test(b);
        return found === (a === b);
      }),
    );
  });

  it('keeps no pseudonym that gives somebody away, and nothing that cannot be looked for', () => {
    const person = (pseudonym: string, kind: IdentifierKind, value: string) => () =>
      demandIdentifiers({ pseudonym, identifiers: [{ kind, value }] });
    expect(person('Rose', 'surname', 'Rose')).toThrow('holds a name of theirs');
    expect(person('Alice', 'surname', 'O')).toThrow('two letters');
    expect(person('Alice', 'birth-date', 'March 1987')).toThrow('whole days');
    expect(person('Alice', 'phone', '999')).toThrow('six digits');
    expect(() => demandIdentifiers({ pseudonym: 'Alice', identifiers: [] })).toThrow('could identify');
    expect(person('Alice', 'surname', 'Rose')).not.toThrow();
  });
});
