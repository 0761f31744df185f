import type { AgreementDocument, LawCodes } from '../../apis/agreements';
import { Submitted } from '../../design/submitted';
import { sectionOf } from '../shown';
import { sectionsFor } from '../sections';
import { documentWith, fieldOf, valuesOf } from './form';

const law = {
  art6: [],
  rliConditions: [],
  art9: [],
  sch1: [],
  sch8: [],
  gateways: [],
  facts: [],
  items: [],
} as LawCodes;
const document = {
  ...{ id: 'a', version: '1.0.0', title: 'Old', effectiveFrom: '2026-04-01', apdRefs: ['APD-1', 'APD-2'] },
  ...{ security: {}, rights: { exemptions: [], notifyOriginatorBeforeDisclosure: true }, breach: {}, terms: {} },
  parties: [
    { orgId: 'o1', catalogueIds: ['x'], agencyType: 'NHS', role: 'CONTROLLER', publicAuthority: true },
    { orgId: 'o2', catalogueIds: [], agencyType: 'POLICE', role: 'CONTROLLER', dlo: { name: 'Ann' } },
  ],
  purposes: [{ code: 'P', description: 'D' }],
  dataItems: [{ code: 'NAME', category: 'PERSONAL', about: 'VICTIM' }],
  flows: [{ id: 'F1', from: ['NHS'], to: ['o2'], items: ['NAME'], methods: ['A', 'B'], trigger: 'Then' }],
  basisLines: [{ id: 'R', direction: 'RECEIVE', gateways: [], sch1: ['S1.18'], art10: true }],
} as unknown as AgreementDocument;
const sections = sectionsFor({ document, law, organisations: [{ id: 'o1', name: 'Trust' }] });
const section = (code: string) => sections.find((s) => s.code === code)!;
const sent = (body: Record<string, string | string[]>) => new Submitted(body);

describe('a section of an agreement', () => {
  it.each(['about', 'parties', 'flows', 'bases', 'duties'])('%s, sent as it was shown, changes nothing', (code) => {
    const changed = documentWith(document, section(code), sent(valuesOf(document, section(code)) as never));
    const unset = { competentAuthority: false, healthOrSocialCare: false, publicAuthority: false, apdRequired: false };
    const whole = { ...unset, outsideMeetingAllowed: false, ropaRefs: [], permittedUses: [] };
    const bare = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, v: unknown) =>
        key in whole && (v === false || (v as []).length === 0) ? undefined : v,
      );
    expect(bare(changed)).toEqual(bare(document));
  });

  it('loses the row whose first field is left blank, and keeps what a row has that no field shows', () => {
    const values = { ...(valuesOf(document, section('parties')) as object), 'parties.1.orgId': '' };
    const { parties } = documentWith(document, section('parties'), sent(values)) as { parties: object[] };
    expect(parties).toHaveLength(1);
    expect(parties[0]).toMatchObject({ orgId: 'o1', catalogueIds: ['x'] });
  });

  it('does not hand what one party had to another that takes its row', () => {
    const values = { ...(valuesOf(document, section('parties')) as object), 'parties.0.orgId': 'o3' };
    const { parties } = documentWith(document, section('parties'), sent(values)) as { parties: object[] };
    expect(parties[0]).toMatchObject({ orgId: 'o3', catalogueIds: [] });
  });

  it('says no for a box that is not ticked, and leaves out one that may be absent', () => {
    const { basisLines } = documentWith(document, section('bases'), sent({ 'basisLines.0.id': 'R' })) as {
      basisLines: object[];
    };
    expect(basisLines).toEqual(
      [{ id: 'R', direction: undefined, gateways: [], apdRequired: false }].map(withoutUndefined),
    );
  });

  it('has the field and the section of what is wrong in it', () => {
    expect(fieldOf(section('flows'))('document.flows.0.from.1')).toBe('flows.0.from');
    expect(fieldOf(section('about'))('document.expiresOn')).toBe('expiresOn-day');
    expect(sectionOf('flows[0].from[1]', sections)?.code).toBe('flows');
    expect(sectionOf('breach.contact', sections)?.code).toBe('duties');
    expect(sectionOf('elsewhere', sections)).toBeUndefined();
  });
});

const withoutUndefined = (object: object): object => JSON.parse(JSON.stringify(object)) as object;
