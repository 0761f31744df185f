import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { invalidAnswers, loadPacks, missingAnswers } from './index';
import { personRoles, type ReasonKind } from './types';

type Person = {
  ref: string;
  roles: string[];
  name: Record<string, string>;
  nhsNumber?: string;
  phones?: string[];
  datesOfBirth?: { value: string }[];
  addresses?: { postcode?: string }[];
};
type Content = {
  pathway: string;
  area: string;
  people: Person[];
  referrer: { phone?: string };
  relationships?: { from: string; to: string }[];
  safeContact?: { person: string; methods: { channel: string; value?: string }[] };
  fears?: { feared?: { person?: string }[] };
  consent?: { override?: { ground: string } };
  answers?: unknown;
};
type Bring = Partial<
  Record<'triagedBy' | 'colour' | 'assignedTo' | 'to' | 'reason' | 'outcome' | 'explanation', string>
> & {
  status: string;
};
type Partnership = {
  organisations: { id: string; code: string; agencyType: string }[];
  areas: { id: string; code: string; lead: string }[];
  people: { id: string; username: string; organisation: string; roles: string[]; areas: string[]; manager?: string }[];
  systems: { id: string; username: string; mayReceive: boolean }[];
};

const folder = join(__dirname, '../../../packs');
const file = (name: string): string => readFileSync(join(folder, 'demo', name), 'utf8');
const packs = loadPacks(join(folder, 'england-wales'));
const partnership = parse(file('partnership.yaml')) as Partnership;
const referrals = parse(file('referrals.yaml')) as { key: string; by: string; bring: Bring; content: Content }[];
const example = JSON.parse(file('referral.example.json')) as Content;
const contents = [...referrals.map(({ key, content }) => [key, content] as const), ['the example', example] as const];
const usernames = partnership.people.map(({ username }) => username);

/** NHS number: ten digits, the last a check digit modulo 11 (NHS Data Dictionary). */
function isNhsNumber(value: string): boolean {
  if (!/^\d{10}$/.test(value)) return false;
  const digits = [...value].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0);
  return (11 - (sum % 11)) % 11 === digits[9];
}

describe('the demonstration partnership', () => {
  it('is reached nowhere real', () => {
    const contacts = parse(file('contacts.yaml')) as { username: string; email: string; text?: string }[];
    expect(contacts.filter(({ username }) => !usernames.includes(username))).toEqual([]);
    expect(contacts.filter(({ email }) => !/^[a-z.]+@[a-z-]+\.example\.test$/.test(email))).toEqual([]);
    expect(contacts.filter(({ text }) => text && !/^07700 900\d{3}$/.test(text))).toEqual([]);
  });

  it('has 8 organisations of different kinds, 3 areas and 27 people', () => {
    expect(partnership.organisations).toHaveLength(8);
    expect(new Set(partnership.organisations.map(({ agencyType }) => agencyType)).size).toBe(7);
    expect(partnership.areas).toHaveLength(3);
    expect(partnership.people).toHaveLength(27);
    expect(partnership.systems.map(({ username, mayReceive }) => [username, mayReceive])).toEqual([['robot', false]]);
  });

  it('names only what it has, under random ids used once', () => {
    const organisations = partnership.organisations.map(({ code }) => code);
    const areas = partnership.areas.map(({ code }) => code);
    for (const { lead } of partnership.areas) expect(organisations).toContain(lead);
    for (const person of partnership.people) {
      expect(organisations).toContain(person.organisation);
      expect(areas).toEqual(expect.arrayContaining(person.areas));
      if (person.manager) expect(usernames).toContain(person.manager);
    }
    const { organisations: o, areas: a, people: p, systems: s } = partnership;
    const ids = [...o, ...a, ...p, ...s].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('has someone to triage in the lead organisation of every area', () => {
    for (const area of partnership.areas) {
      const leads = partnership.people.filter(
        ({ organisation, roles, areas }) =>
          organisation === area.lead && roles.includes('safeguarding-lead') && areas.includes(area.code),
      );
      expect(leads.length).toBeGreaterThan(0);
    }
  });
});

describe('the demonstration referrals', () => {
  it('are forty, along every pathway, and brought to every status', () => {
    expect(referrals).toHaveLength(40);
    expect(new Set(referrals.map(({ content }) => content.pathway)).size).toBe(packs.pathways().length);
    expect([...new Set(referrals.map(({ bring }) => bring.status))].sort()).toEqual([
      'accepted',
      'draft',
      'information-requested',
      'no-further-action',
      'rated',
      'received',
      'redirected',
      'returned',
      'signposted',
      'stepped-up',
    ]);
  });

  it.each(contents)('%s: people, area and pathway exist, and the answers are to questions asked', (_, content) => {
    const pathway = packs.pathway(content.pathway);
    if (!pathway) throw new Error(`no pathway ${content.pathway}`);
    expect(partnership.areas.map(({ id }) => id)).toContain(content.area);
    expect(invalidAnswers(pathway, content.answers)).toEqual([]);

    const refs = content.people.map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    for (const { roles } of content.people) expect(personRoles).toEqual(expect.arrayContaining(roles));
    const named = [
      ...(content.relationships ?? []).flatMap(({ from, to }) => [from, to]),
      ...(content.fears?.feared ?? []).flatMap(({ person }) => person ?? []),
      ...(content.safeContact ? [content.safeContact.person] : []),
    ];
    expect(refs).toEqual(expect.arrayContaining(named));
    const ground = content.consent?.override?.ground;
    if (ground !== undefined) expect(packs.consentGrounds().map(({ code }) => code)).toContain(ground);
  });

  it.each(contents)('%s: numbers, postcodes and dates are of the fictitious kinds', (_, content) => {
    const phones = [
      content.referrer.phone,
      ...content.people.flatMap(({ phones: own }) => own ?? []),
      ...(content.safeContact?.methods ?? []).map(({ channel, value }) =>
        ['phone', 'text'].includes(channel) ? value : undefined,
      ),
    ].filter((phone) => phone !== undefined);
    for (const phone of phones) expect(phone).toMatch(/^(07700 900\d{3}|020 7946 0\d{3})$/);
    for (const person of content.people) {
      if (person.nhsNumber) expect(isNhsNumber(person.nhsNumber) && person.nhsNumber.startsWith('999')).toBe(true);
      for (const { postcode } of person.addresses ?? []) {
        if (postcode) expect(postcode).toMatch(/^ZZ[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$/);
      }
      for (const { value } of person.datesOfBirth ?? []) expect(value).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/);
    }
  });

  it('are complete unless they are drafts', () => {
    for (const { key, bring, content } of referrals) {
      const pathway = packs.pathway(content.pathway);
      if (!pathway || bring.status === 'draft') continue;
      expect([key, missingAnswers(pathway, content)]).toEqual([key, []]);
    }
  });

  it('are taken on by people, with colours, reasons, outcomes and destinations that exist', () => {
    const kinds: Record<string, ReasonKind> = {
      'information-requested': 'return',
      returned: 'return',
      redirected: 'redirect',
      'stepped-up': 'step-up',
      signposted: 'signpost',
      'no-further-action': 'no-further-action',
    };
    for (const { by, bring, content } of referrals) {
      expect(usernames).toContain(by);
      const pathway = packs.pathway(content.pathway);
      const colours = packs.colourScheme(pathway?.colourScheme ?? '')?.colours.map(({ code }) => code);
      if (bring.colour) expect(colours).toContain(bring.colour);
      const area = partnership.areas.find(({ id }) => id === content.area);
      const lead = partnership.people.find(({ username }) => username === bring.triagedBy);
      if (!['draft', 'received'].includes(bring.status)) {
        expect(lead?.organisation).toBe(area?.lead);
        expect(lead?.roles).toContain('safeguarding-lead');
        expect(bring.colour).toBeDefined();
      }
      if (bring.assignedTo) {
        expect(partnership.people.find(({ username }) => username === bring.assignedTo)?.organisation).toBe(area?.lead);
      }
      const kind = kinds[bring.status];
      const reason = kind && packs.reasons(kind).find(({ code }) => code === bring.reason);
      if (kind) expect(reason).toBeDefined();
      if (reason?.explain && bring.status !== 'information-requested' && bring.status !== 'returned') {
        expect(bring.explanation).toBeDefined();
      }
      if (bring.outcome) expect(packs.outcomes().map(({ code }) => code)).toContain(bring.outcome);
      if (bring.status === 'redirected') expect(pathway?.next.redirect).toContain(bring.to);
      if (bring.status === 'stepped-up') expect(pathway?.next.stepUp).toContain(bring.to);
    }
  });

  it('come with an example that is complete and one that is not', () => {
    const pathway = packs.pathway(example.pathway);
    if (!pathway) throw new Error('the example has no pathway');
    expect(missingAnswers(pathway, example)).toEqual([]);
    const invalid: unknown = JSON.parse(file('referral.invalid.json'));
    expect(missingAnswers(pathway, invalid).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['concerns.summary', 'consent.override.ground']),
    );
  });
});
