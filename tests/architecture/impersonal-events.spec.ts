import { ActRecorded, describeEvent, eventClasses } from '@concordat/contracts';
import { getMetadataStorage } from 'class-validator';

/**
 * What a property of an event may be: an id, a date, yes or no, a whole number, one of a closed list, or a code by a
 * pattern. Free text is none of these, so nothing that somebody wrote can be in an event (design/events.md P1).
 */
const HARMLESS = new Set(['isUuid', 'isIso8601', 'isBoolean', 'isInt', 'isIn', 'matches']);
/** Strings that are nothing of these, each with the reason why it is harmless all the same. */
const EXCUSED: Readonly<Record<string, string>> = {
  'ReferralSubmitted.pack': 'version stamp of a pack: england-wales@1.0.0',
  'ReferralRated.pack': 'version stamp of a pack',
  'MembershipChanged.subject': 'what the identity provider calls somebody: opaque, never a name or an address',
};
/** Acts go to the ledger only; what identifies in them is sealed (design/ledger.md §3). */
const ACT = {
  codes: ['actorRole', 'purpose', 'justification', 'rule', 'decision', 'items', 'reasons'],
  ids: ['objects', 'recipients', 'corr', 'cause', 'basis', 'targets'],
  sealed: ['sealed'],
};
/** Names that would say what they hold, whatever their type. */
const PERSONAL =
  /name|address|phone|email|birth|postcode|nhs|text|note|summary|narrative|gender|ethnic|answer|question|rationale/i;

interface Property {
  readonly where: string;
  readonly name: string;
  readonly checks: readonly string[];
}

function propertiesOf(type: new () => object): Property[] {
  const found = new Map<string, string[]>();
  for (const { propertyName, name, type: kind } of getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    true,
    false,
  ))
    found.set(propertyName, [...(found.get(propertyName) ?? []), name ?? kind]);
  return [...found].map(([name, checks]) => ({ where: `${type.name}.${name}`, name, checks }));
}

describe('events', () => {
  const facts = [...eventClasses.values()].filter((type) => type !== ActRecorded);
  const properties = facts.flatMap(propertiesOf);

  it('are found, with their rules', () => {
    expect(facts.length).toBeGreaterThan(10);
    expect(facts.every((type) => describeEvent(type) !== undefined)).toBe(true);
    expect(properties.length).toBeGreaterThan(facts.length * 2);
  });

  it('hold ids, codes, dates and truth values, and no text', () => {
    const open = properties.filter(({ where, checks }) => !checks.some((c) => HARMLESS.has(c)) && !(where in EXCUSED));
    expect(open.map((p) => `${p.where}: ${p.checks.join()}`)).toEqual([]);
  });

  it('have no property that is called like something personal', () => {
    expect(properties.filter(({ name }) => PERSONAL.test(name)).map((p) => p.where)).toEqual([]);
  });

  it('excuse nothing that is not there', () => {
    const all = new Set(properties.map((p) => p.where));
    expect(Object.keys(EXCUSED).filter((where) => !all.has(where))).toEqual([]);
  });

  it('seal in an act whatever could identify', () => {
    const known = new Set(Object.values(ACT).flat());
    const others = propertiesOf(ActRecorded).filter(({ checks }) => !checks.some((c) => HARMLESS.has(c)));
    expect(others.filter(({ name }) => !known.has(name)).map((p) => p.where)).toEqual([]);
  });
});
