import { loadPacks } from '@concordat/packs';
import fc from 'fast-check';
import { join } from 'node:path';
import { Generator } from '../../../../tests/bench/decisions/generator';
import { categories, subjectKinds, type Agreement, type Party } from '../agreement';
import { contentHashOf } from '../content-hash';
import { example, law } from '../worked.testing';
import { draftOf, lossesOf, type Recognise } from './draft';
import { policyOf } from './policy';

const table = loadPacks(join(__dirname, '../../../../packs/england-wales')).mais();
const told = { organisation: (id: string) => `The organisation ${id}`, published: 'https://example.org/a' };
const usual = ({ orgId, agencyType }: Pick<Party, 'orgId' | 'agencyType'>): Party => ({
  ...{ orgId, catalogueIds: [], agencyType, role: 'CONTROLLER' },
  ...{ publicAuthority: true, competentAuthority: false, healthOrSocialCare: false },
});
/** Whoever is party to an agreement is of the partnership. */
const among =
  ({ parties }: Agreement): Recognise =>
  (_, orgId) => {
    const party = parties.find((p) => p.orgId === orgId);
    return party && usual(party);
  };
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const back = (agreement: Agreement) => draftOf(sent(policyOf(agreement, table, told)), table, among(agreement));

/** What the vocabulary has words for, of every kind. */
const sayable: fc.Arbitrary<Agreement> = fc
  .record({
    id: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    version: fc.stringMatching(/^[1-9]\.[0-9]\.[0-9]$/),
    title: fc.stringMatching(/^[A-Z][ -~]{0,40}[a-z]$/),
    contact: fc.stringMatching(/^[A-Z][ -~]{0,40}[a-z]$/),
    days: fc.tuple(fc.constantFrom('2026-01-01', '2026-03-29'), fc.constantFrom('2026-10-25', '2099-12-31')),
    orgs: fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{4,8}$/), { minLength: 1, maxLength: 4 }),
    purposes: fc.subarray([...table.purposes], { minLength: 1 }),
    uses: fc.subarray(['READ', 'COPY', 'SELL', 'ANALYSE', 'odrl:print'], { minLength: 1 }),
    forbidden: fc.subarray(['DISTRIBUTE', 'TRANSFER', 'PROFILE']),
    items: fc.uniqueArray(
      fc.record(
        {
          code: fc.stringMatching(/^[A-Z][A-Z0-9./-]{0,10}$/),
          category: fc.constantFrom(...categories),
          about: fc.constantFrom(...subjectKinds),
          patientInfo: fc.boolean(),
          condition: fc.constant('RISK_RELATED'),
          format: fc.stringMatching(/^[A-Z][ -~]{0,20}[a-z]$/),
        },
        { requiredKeys: ['code', 'category', 'about', 'patientInfo'] },
      ),
      { selector: ({ code }) => code, minLength: 1, maxLength: 5 },
    ),
    security: fc.dictionary(fc.constantFrom('vetting', 'encryption'), fc.constantFrom('BPSS', 'At rest: AES-256')),
  })
  .map(({ days, orgs, purposes, uses, forbidden, items, security, ...about }) => {
    const found = draftOf(sent(policyOf(example, table, told)), table, among(example));
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    return {
      ...{ ...found.value.agreement, ...about },
      ...{ effectiveFrom: days[0], reviewBy: days[1], expiresOn: days[1], permittedUses: uses },
      parties: orgs.map((orgId) => usual({ orgId, agencyType: 'COUNCIL' })),
      purposes: purposes.map(({ as: _, ...purpose }) => purpose),
      restrictions: forbidden.map((action) => ({ code: action, action, absolute: true })),
      dataItems: items,
      security: { ...security },
    };
  });

describe('an agreement in the vocabulary of Social Care Data', () => {
  it('comes back the same to the last letter wherever the vocabulary has words for all of it', () => {
    fc.assert(
      fc.property(sayable, (agreement) => {
        const read = back(agreement);
        if (!read.ok) return expect(read.problems).toEqual([]);
        expect(lossesOf(agreement, table, usual)).toEqual([]);
        expect(contentHashOf(read.value.agreement)).toBe(contentHashOf(agreement));
      }),
      { numRuns: 300 },
    );
  });

  it('loses nothing without saying so: its losses are empty exactly when it comes back with the same hash', () => {
    let [whole, lost] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      for (const agreement of new Generator(seed).world(5, law).agreements) {
        if (agreement.effectiveFrom > agreement.expiresOn) continue;
        const read = back(agreement);
        if (!read.ok) throw new Error(JSON.stringify(read.problems));
        const same = contentHashOf(read.value.agreement) === contentHashOf(agreement);
        expect(lossesOf(agreement, table, usual).length === 0).toBe(same);
        // What is in the policy stays in it: said again, it is the same.
        const again = policyOf(read.value.agreement, table, told);
        const { DataRecipientResponsibilities: _, LegalCompliance: __, ...kept } = policyOf(agreement, table, told);
        const hash = { 'concordat:contentHash': again['concordat:contentHash'] };
        const narrow = (codes: readonly string[] = []) =>
          codes.filter((c) => !c.startsWith('urn:concordat:restriction'));
        expect({
          ...again,
          DataRecipientResponsibilities: undefined,
          Restrictions: narrow(again.Restrictions),
        }).toEqual({
          ...{ ...kept, ...hash, DataRecipientResponsibilities: undefined, Restrictions: narrow(kept.Restrictions) },
          DataRecipientResponsibilities: undefined,
        });
        if (same) whole++;
        else lost++;
      }
    }
    expect([whole, lost > 200]).toEqual([0, true]);
  });

  it('names what it cannot say by its place, and nobody who works for a party', () => {
    expect(lossesOf(example, table, usual)).toEqual(
      expect.arrayContaining(['flows.F1', 'basisLines.L-LA1-S', 'parties.LA1.dlo.name', 'retention.R1', 'reviewBy']),
    );
    const policy = policyOf(example, table, told);
    expect(JSON.stringify(policy)).not.toMatch(/Signatory|governance@example/);
    expect(policy).toMatchObject({
      Identifier: { value: 'A1@1.2.0', System: 'urn:concordat:agreement' },
      Party: expect.arrayContaining([
        { Name: 'The organisation LA1', CatalogueID: ['urn:concordat:organisation:LA1'] },
      ]),
      PermittedUse: ['odrl:read'],
      LegalCompliance: expect.arrayContaining(['GB.UKGDPR.6.1.e', 'GB.DPA18.S8.4', 'CDA98.s115']),
    });
  });

  it('always yields a draft that permits nothing, with what was assumed and what was left', () => {
    const read = back(example);
    expect(read).toMatchObject({
      ok: true,
      value: { agreement: { status: 'DRAFT', flows: [], basisLines: [], events: [] } },
    });
    if (!read.ok) return;
    expect(read.value.assumed).toEqual(expect.arrayContaining(['flows', 'basisLines', 'reviewBy', 'tier']));
    expect(read.value.left).toEqual(expect.arrayContaining(['LegalCompliance[0]', 'DataRecipientResponsibilities[0]']));
    // Of data that is only described, the strictest is taken.
    const described = { ...(sent(policyOf(example, table, told)) as object), Data: ['Housing benefit records'] };
    expect(draftOf(described, table, among(example))).toMatchObject({
      value: {
        agreement: { dataItems: [{ code: 'DATA-1', category: 'SPECIAL', patientInfo: true }] },
        assumed: expect.arrayContaining(['dataItems.DATA-1']),
      },
    });
  });

  it.each<[string, object, string[]]>([
    ['a field that must be there', { EndDate: undefined }, ['EndDate policy.field-missing']],
    ['an empty list', { Purpose: [] }, ['Purpose policy.too-few']],
    ['a day that is none', { StartDate: '2026-02-30' }, ['StartDate policy.day-wrong']],
    ['days in the wrong order', { StartDate: '2099-01-01', EndDate: '2026-01-01' }, [' policy.dates-reversed']],
    ['a member that is not of the vocabulary', { Restriction: ['odrl:sell'] }, ['Restriction policy.field-unknown']],
    [
      'an identifier of another form',
      { Identifier: { value: 'a b', System: 'x' } },
      ['Identifier.value policy.form-wrong', 'Identifier.System policy.form-wrong'],
    ],
    ['a party without an id', { Party: [{ Name: 'X', CatalogueID: [] }] }, ['Party[0].CatalogueID policy.too-few']],
    [
      'a party that nobody knows',
      { Party: [{ Name: 'X', CatalogueID: ['elsewhere'] }] },
      ['Party[0].CatalogueID policy.party-unknown'],
    ],
    [
      'two ids of two organisations',
      { Party: [{ Name: 'X', CatalogueID: ['urn:concordat:organisation:LA1', 'urn:concordat:organisation:POL1'] }] },
      ['Party[0].CatalogueID policy.party-unknown'],
    ],
    [
      'a code that is too long to be one',
      { PermittedUse: [`odrl:${'x'.repeat(90)}`] },
      ['PermittedUse[0] policy.form-wrong'],
    ],
    ['the same use in two ways', { PermittedUse: ['odrl:read', 'READ'] }, ['PermittedUse[1] policy.duplicate']],
  ])('says exactly what is wrong: %s', (_, wrong, problems) => {
    const read = draftOf(sent({ ...policyOf(example, table, told), ...wrong }), table, among(example));
    expect(read.ok ? [] : read.problems.map(({ path, code }) => `${path} ${code}`)).toEqual(problems);
  });

  it('refuses what is no policy at all', () => {
    for (const [input, code] of [
      ['{', 'not-json'],
      [[], 'type-wrong'],
      ['"x"', 'type-wrong'],
      [' '.repeat(3e6), 'too-large'],
    ] as const)
      expect(draftOf(input, table, among(example))).toMatchObject({
        ok: false,
        problems: [{ code: `policy.${code}` }],
      });
  });
});
