import type { Agreement, BasisLine, Party } from '../agreement';
import { law, example, live, unsignedExample } from '../worked.testing';
import { checkAgreement } from './check-agreement';

const found = (agreement: Agreement, others: readonly Agreement[] = []): string[] =>
  checkAgreement(agreement, others, law).map(({ check, level, path }) => `${check} ${level} ${path}`);
const line = (id: string, change: Partial<BasisLine>, from = unsignedExample): Agreement => ({
  ...from,
  basisLines: from.basisLines.map((each) => (each.id === id ? { ...each, ...change } : each)),
});
const without = (id: string, ...members: (keyof BasisLine)[]): Agreement => ({
  ...unsignedExample,
  basisLines: unsignedExample.basisLines.map((each) =>
    each.id === id
      ? (Object.fromEntries(
          Object.entries(each).filter(([key]) => !members.includes(key as never)),
        ) as unknown as BasisLine)
      : each,
  ),
});
/** As from JSON: what is undefined is not there. */
const party = (orgId: string, change: Partial<Record<keyof Party, unknown>>): Agreement =>
  JSON.parse(
    JSON.stringify({
      ...unsignedExample,
      parties: unsignedExample.parties.map((each) => (each.orgId === orgId ? { ...each, ...change } : each)),
    }),
  ) as Agreement;
const flow = (index: number, change: Partial<Agreement['flows'][number]>): Agreement => ({
  ...unsignedExample,
  flows: unsignedExample.flows.map((each, i) => (i === index ? { ...each, ...change } : each)),
});

describe('checkAgreement', () => {
  it('finds nothing in the agreement of the worked examples, signed or not', () => {
    expect(found(unsignedExample)).toEqual([]);
    expect(found(example, [example])).toEqual([]);
  });

  it('says what is wrong, where, why it matters and how to mend it', () => {
    expect(checkAgreement({ ...unsignedExample, reviewBy: '2027-04-01' }, [], law)).toEqual([
      {
        check: 'S12',
        level: 'BLOCK',
        path: 'expiresOn',
        what: 'is before reviewBy',
        why: expect.stringContaining('reviewed after its end'),
        mend: expect.stringContaining('Put the days in order'),
      },
    ]);
  });

  const child = { ...unsignedExample, parentId: 'ACCORD-1' };
  const accord = (change: Partial<Agreement> = {}): Agreement => ({
    ...unsignedExample,
    id: 'ACCORD-1',
    tier: 'ACCORD',
    ...change,
  });

  it.each<[string, Agreement, string[], Agreement[]?]>([
    [
      'S1 a recipient without a line',
      { ...unsignedExample, basisLines: unsignedExample.basisLines.filter(({ id }) => id !== 'L-VCS1-R') },
      ['S1 BLOCK flows[0].to'],
    ],
    [
      'S1 a sender whose line is for another purpose',
      {
        ...line('L-LA1-S', { purpose: 'CCM' }),
        purposes: [
          ...unsignedExample.purposes,
          { code: 'CCM', description: 'x', statutoryFunction: 'x', deathReview: false },
        ],
      },
      ['S1 BLOCK flows[0].from', 'S11 WARN purposes[1]'],
    ],
    ['S2 health data to a recipient without Article 9', without('L-POL1-R', 'art9'), ['S2 BLOCK flows[1].to']],
    [
      'S2 an article that needs Schedule 1 beside it',
      without('L-NHS1-S', 'sch1'),
      ['S2 BLOCK flows[1].from', 'S3 BLOCK flows[0].from'],
    ],
    ['S3 convictions without Article 10', line('L-VCS1-R', { art10: false }), ['S3 BLOCK flows[0].to']],
    [
      'S4 a public authority’s recognised interest',
      line('L-LA1-R', { art6: '6.1.ea', rliCondition: 'CRIME' }),
      ['S4 BLOCK basisLines[3].art6'],
    ],
    [
      'S4 a recognised interest without its condition',
      without('L-VCS1-R', 'rliCondition'),
      ['S4 BLOCK basisLines[6].rliCondition'],
    ],
    [
      'S5 law enforcement by a council',
      line('L-LA1-R', { regime: 'PART3', art6: 'P3.s35.2b', sch8: ['S8.4'] }),
      ['S5 BLOCK basisLines[3].regime'],
    ],
    ['S5 no basis at all', without('L-LA1-R', 'art6'), ['S5 BLOCK basisLines[3].art6']],
    ['S6 no gateway', line('L-LA1-S', { gateways: [] }), ['S6 BLOCK flows[0].from']],
    [
      'S6 a gateway to relevant authorities, and a charity that acts for none',
      party('VCS1', { actingFor: undefined }),
      ['S6 BLOCK flows[0].from', 'S6 BLOCK flows[0].from', 'S6 BLOCK flows[0].from'],
    ],
    [
      'S7 people in a depersonalised set',
      line('L-LA1-S', { gateways: ['CDA98.s17A'] }),
      ['S6 BLOCK flows[0].from', 'S7 BLOCK flows[0].from'],
    ],
    [
      'S8 patient data by the serious violence duty',
      line('L-NHS1-S', { gateways: ['PCSCA22.s16'] }),
      ['S6 BLOCK flows[0].from', 'S6 BLOCK flows[1].from', 'S8 BLOCK flows[1].from'],
    ],
    ['S9 no confidence route', without('L-LA1-S', 'confidenceRoute'), ['S9 BLOCK basisLines[1].confidenceRoute']],
    [
      'S9 consent without a policy',
      line('L-LA1-S', { confidenceRoute: 'CONSENT' }),
      ['S9 BLOCK basisLines[1].consentPolicy'],
    ],
    [
      'S10 a policy document wanted',
      { ...line('L-LA1-S', { apdRequired: true }), apdRefs: [] },
      ['S10 BLOCK basisLines[1].apdRequired'],
    ],
    ['S11 a purpose that is not there', line('L-NHS1-R', { purpose: 'X' }), ['S11 BLOCK basisLines[5].purpose']],
    [
      'S11 an item and a party that are not there',
      flow(0, { items: [...unsignedExample.flows[0]!.items, 'X'], to: ['LA1', 'POL1', 'VCS1', 'X'] }),
      ['S11 BLOCK flows[0].to[3]', 'S11 BLOCK flows[0].items[4]'],
    ],
    [
      'S11 a code that the law table does not have',
      line('L-LA1-R', { art6: '6.1.z' }),
      ['S11 BLOCK basisLines[3].art6'],
    ],
    ['S11 an item that no flow carries', flow(0, { items: ['NAME', 'DASH', 'CONV'] }), ['S11 WARN dataItems[4]']],
    ['S12 a review before the beginning', { ...unsignedExample, reviewBy: '2026-03-31' }, ['S12 BLOCK reviewBy']],
    [
      'S13 a version that is lower than one in force',
      unsignedExample,
      ['S13 BLOCK version'],
      [live({ ...unsignedExample, version: '1.10.0', effectiveFrom: '2026-05-01' })],
    ],
    [
      'S13 a version that does not take over',
      { ...unsignedExample, version: '1.3.0' },
      ['S13 BLOCK effectiveFrom'],
      [example],
    ],
    ['S14 no such parent', child, ['S14 BLOCK parentId']],
    ['S14 a parent that ends before', child, ['S14 BLOCK expiresOn'], [accord({ expiresOn: '2027-03-30' })]],
    [
      'S14 a party that is not of the parent',
      child,
      ['S14 BLOCK parties[3]'],
      [accord({ parties: unsignedExample.parties.slice(0, 3) })],
    ],
    ['S14 parents in a circle', child, ['S14 BLOCK parentId'], [accord({ parentId: 'A1' })]],
    [
      'S15 a party alone',
      {
        ...unsignedExample,
        parties: unsignedExample.parties.slice(0, 1),
        flows: [],
        basisLines: [],
        purposes: [],
        dataItems: [],
      },
      ['S15 BLOCK parties'],
    ],
    [
      'S15 nobody who signs, protects or answers',
      party('LA1', { signatory: undefined, dpo: undefined, dlo: undefined, spoc: undefined }),
      ['S15 BLOCK parties[0].signatory', 'S15 BLOCK parties[0].dpo', 'S15 BLOCK parties[0].spoc'],
    ],
    [
      'S15 a processor without its controller',
      party('VCS1', { role: 'PROCESSOR', actingFor: 'POL9' }),
      [
        'S6 BLOCK flows[0].from',
        'S6 BLOCK flows[0].from',
        'S6 BLOCK flows[0].from',
        'S11 WARN parties[3].actingFor',
        'S15 BLOCK parties[3].actingFor',
      ],
    ],
    [
      'S15 health without a Caldicott Guardian',
      party('NHS1', { caldicottGuardian: undefined }),
      ['S15 WARN parties[2].caldicottGuardian'],
    ],
    [
      'S17 a category that nobody keeps by rule',
      { ...unsignedExample, retention: [{ ...unsignedExample.retention[0]!, categories: ['PERSONAL', 'CRIMINAL'] }] },
      ['S17 BLOCK flows[1].to', 'S17 BLOCK flows[1].to'],
    ],
    [
      'S18 a condition that nobody can establish',
      {
        ...unsignedExample,
        dataItems: unsignedExample.dataItems.map((item) => ({
          ...item,
          ...(item.code === 'FIN' ? { condition: 'MOON_FULL' } : {}),
        })),
      },
      ['S18 BLOCK dataItems[4].condition'],
    ],
    [
      'S19 passing on to a stranger',
      flow(1, { onward: 'LISTED', onwardTo: ['LA1', 'FIRE9'] }),
      ['S19 BLOCK flows[1].onwardTo[1]'],
    ],
    [
      'S20 what is restricted, published',
      { ...unsignedExample, publishableView: ['parties'] },
      ['S20 BLOCK publishableView[0]'],
    ],
    [
      'S22 no clocks for a breach',
      { ...unsignedExample, breach: { contact: 'x' } },
      ['S22 BLOCK breach.notifyOriginatorWithinH', 'S22 BLOCK breach.icoWithinH'],
    ],
  ])('%s', (_, agreement, expected, others = []) => {
    expect(found(agreement, others)).toEqual(expected);
  });

  it('S16 a signature to other terms', () => {
    expect(found({ ...example, title: 'Other terms' })).toEqual([
      'S16 BLOCK contentHash',
      ...[0, 1, 2, 3].map((i) => `S16 BLOCK parties[${i}].signatory.signature`),
    ]);
  });

  it('S21 warns of a missing impact assessment', () => {
    const { dpiaRef, ...rest } = unsignedExample;
    expect(dpiaRef).toBeDefined();
    expect(found(rest)).toEqual(['S21 WARN dpiaRef']);
  });
});
