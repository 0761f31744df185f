import type { Pathway, QuestionGroup, Titled } from '../apis/practice';
import type { ConfidantContent, ContactMethodContent, PersonContent, ReferralContent } from '../apis/referral-content';
import { civilDateOf, nhsNumberOf } from './filters';
import { NOT_SHOWN, titleOf } from './words';

export interface Row {
  readonly key: string;
  readonly value: string;
}
export interface Card {
  readonly title?: string;
  readonly rows: readonly Row[];
  readonly href?: string;
  /** Where there is more about it. */
  readonly more?: string;
}
export interface Section {
  readonly code: string;
  readonly title: string;
  readonly cards: readonly Card[];
  readonly href?: string;
}

/** What a section needs to know besides the content. */
export interface Knowledge {
  readonly pathway: Pathway | null;
  readonly area: string;
  readonly grounds: readonly Titled[];
  /** Where a section is changed; for `people`, the person's ref is given. Left out where nothing can be. */
  readonly href?: (group: string, ref?: string) => string;
}

const row = (key: string, value: string | number | boolean | undefined | null): Row[] =>
  value === undefined || value === null || value === '' || value === false
    ? []
    : [{ key, value: value === true ? 'Yes' : String(value) }];
const joined = (parts: readonly (string | undefined)[], by = ', '): string => parts.filter(Boolean).join(by);

/** The name that pages call a person by. */
export const nameOf = (person: Pick<PersonContent, 'name'> | undefined): string =>
  joined([person?.name?.given, person?.name?.family], ' ') || 'Name not known';

const nameByRef = (content: ReferralContent, ref: string | undefined): string =>
  ref === undefined ? '' : nameOf(content.people?.find((p) => p.ref === ref));

/** sectionsOf lays out a referral's content as the pathway asks for it, group by group. Blank rows are left out. Pure. */
export function sectionsOf(content: ReferralContent, known: Knowledge): Section[] {
  const groups: readonly QuestionGroup[] = known.pathway?.groups ?? [];
  return groups.map((group) => {
    const href = known.href?.(group.code);
    const cards = cardsOf(group, content, known).filter((card) => card.rows.length > 0);
    return {
      code: group.code,
      title: group.title,
      cards: cards.map((card) => (href && !card.href ? { ...card, href } : card)),
      ...(href ? { href } : {}),
    };
  });
}

function cardsOf(group: QuestionGroup, content: ReferralContent, known: Knowledge): Card[] {
  switch (group.code) {
    case 'about':
      return [aboutCard(content, known)];
    case 'people':
      return (content.people ?? []).map((person) => personCard(person, known));
    case 'relationships':
      return [
        {
          rows: (content.relationships ?? []).flatMap((r) =>
            row(nameByRef(content, r.from), `${titleOf(r.kind)} of ${nameByRef(content, r.to)}`),
          ),
        },
      ];
    case 'safe-contact':
      return safeContactCards(content);
    case 'concerns':
      return [concernsCard(content)];
    case 'criteria':
      return (known.pathway?.criteria ?? []).map(({ code, title }) => criterionCard(title, content.criteria?.[code]));
    case 'fears':
      return [fearsCard(content)];
    case 'questions':
      return [{ rows: (group.questions ?? []).flatMap((q) => row(q.text, answerOf(q, content.answers?.[q.code]))) }];
    case 'consent':
      return [consentCard(content, known)];
    case 'equality':
      return [
        {
          rows: Object.entries(content.equality ?? {}).flatMap(([name, { answer, value }]) =>
            row(EQUALITY[name] ?? name, answer === 'given' ? value : titleOf(answer)),
          ),
        },
      ];
    case 'staff-risk':
      return [
        {
          rows: [
            ...row('Risk to staff', titleOf(content.staffRisk?.level)),
            ...row('What it is', content.staffRisk?.detail),
            ...row('Visit in pairs', content.staffRisk?.visitInPairs),
          ],
        },
      ];
    case 'wishes':
      return [{ rows: row('What the person wants', content.wishes) }];
    default:
      return [];
  }
}

export const EQUALITY: Readonly<Record<string, string>> = {
  ethnicity: 'Ethnicity',
  disability: 'Disability',
  religion: 'Religion or belief',
  sexualOrientation: 'Sexual orientation',
  genderReassignment: 'Gender reassignment',
  pregnancy: 'Pregnancy or maternity',
};

function aboutCard(content: ReferralContent, { pathway, area, href }: Knowledge): Card {
  const { referrer } = content;
  return {
    rows: [
      // It was chosen before everything else and has no page on which to change it.
      ...row('Kind of referral', href ? undefined : pathway?.title),
      ...row('Area', area),
      ...row('How urgent', titleOf(content.urgency)),
      ...row(href ? 'Your part in it' : 'The referrer’s part in it', referrer?.relationship),
      ...row('Telephone number of the referrer', referrer?.phone),
      ...row('Manager who agreed', joined([referrer?.managerSignOff?.name, civilDateOf(referrer?.managerSignOff?.at)])),
    ],
  };
}

export function personCard(person: PersonContent, known: Pick<Knowledge, 'pathway' | 'href'>): Card {
  const roleTitle = (role: string): string =>
    known.pathway?.people.find((p) => p.role === role)?.title ?? titleOf(role);
  return {
    title: `${nameOf(person)}: ${joined((person.roles ?? []).map(roleTitle)) || 'part not given'}`,
    ...(known.href ? { href: known.href('people', person.ref) } : {}),
    rows: [
      ...row(
        'Other names',
        joined(
          (person.aliases ?? []).map((a) =>
            joined([joined([a.given, a.family], ' '), a.kind && `(${titleOf(a.kind).toLowerCase()})`], ' '),
          ),
          '\n',
        ),
      ),
      ...row(
        'Date of birth',
        joined(
          (person.datesOfBirth ?? []).map((d) =>
            joined([civilDateOf(d.value), d.precision === 'approximate' ? '(approximate)' : undefined], ' '),
          ),
          ' or ',
        ),
      ),
      ...row('Age', person.ageYears),
      ...row('Due date', civilDateOf(person.dueDate)),
      ...row('Sex', titleOf(person.sex)),
      ...row('Gender', person.gender),
      ...(person.addresses ?? []).flatMap((a) =>
        row(
          `${titleOf(a.kind) || 'Address'}${a.kind ? ' address' : ''}${a.confidential ? ' (confidential)' : ''}`,
          joined([...(a.lines ?? []), a.postcode?.toUpperCase()], '\n') || (a.confidential ? NOT_SHOWN : undefined),
        ),
      ),
      ...row('Telephone', joined(person.phones ?? [])),
      ...row('NHS number', person.nhsNumber && nhsNumberOf(person.nhsNumber)),
      ...row('Police reference', person.policeReference),
      ...row('Housing reference', person.housingReference),
      ...(person.identifiers ?? []).flatMap(identifierRow),
      ...row('Languages', joined(person.languages ?? [])),
      ...row('Interpreter', titleOf(person.interpreter)),
      ...row('Communication needs', person.communicationNeeds),
      ...row('Occupation', person.occupation),
      ...row('School', person.school),
      ...row('GP', person.gp),
    ],
  };
}

const IDENTIFIERS: Readonly<Record<string, string>> = {
  'nhs-number': 'NHS number',
  police: 'Police reference',
  housing: 'Housing reference',
  'social-care': 'Social care reference',
  other: 'Other reference',
};
export const identifierTitle = (kind: string): string => IDENTIFIERS[kind] ?? titleOf(kind);
const identifierRow = ({ kind, value }: { kind: string; value: string }): Row[] =>
  row(identifierTitle(kind), kind === 'nhs-number' ? nhsNumberOf(value) : value);

function safeContactCards(content: ReferralContent): Card[] {
  const { safeContact } = content;
  if (!safeContact) return [];
  const about: Card = {
    rows: [
      ...row('For', nameByRef(content, safeContact.person)),
      ...row('Language', safeContact.language),
      ...row('Interpreter', titleOf(safeContact.interpreter)),
      ...row('Notes', safeContact.notes),
    ],
  };
  return [about, ...(safeContact.methods ?? []).map(methodCard)];
}

/** Anything but "yes" blocks contact that way (domain/risk-conferences.md §2.5), so the title says it first. */
export function methodCard(method: ContactMethodContent): Card {
  const safe =
    method.safe === 'yes' ? 'safe' : method.safe === 'no' ? 'not safe: do not use' : 'not known to be safe: do not use';
  return {
    title: `${titleOf(method.channel) || 'Contact'}: ${safe}`,
    rows: [
      ...row('Details', method.value),
      ...row('Leave a message', titleOf(method.messageAllowed)),
      ...row('Withhold your number', method.withheldNumber),
      ...row('Best times', method.bestTimes),
      ...row('Alleged perpetrator away', method.perpetratorAway),
      ...row('Checked on', civilDateOf(method.verifiedOn)),
    ],
  };
}

function concernsCard({ concerns }: ReferralContent): Card {
  return {
    rows: [
      ...row('What worries you', concerns?.summary),
      ...(concerns?.happened ?? []).flatMap((h) =>
        row(civilDateOf(h.on) || 'Date not known', h.what ?? 'Not described'),
      ),
      ...row(
        'Evidence',
        joined(
          (concerns?.evidence ?? []).map((e) => joined([titleOf(e.kind), e.reference])),
          '\n',
        ),
      ),
      ...row('Crime number', concerns?.crimeNumber),
    ],
  };
}

function criterionCard(title: string, criterion: NonNullable<ReferralContent['criteria']>[string] | undefined): Card {
  return {
    title,
    rows: [
      ...row('Applies', titleOf(criterion?.met)),
      ...row('Evidence', criterion?.evidence),
      ...row('Instrument', criterion?.instrument),
      ...row('Count', criterion?.count),
      ...row('Earlier referral', criterion?.previousReferral),
    ],
  };
}

function fearsCard(content: ReferralContent): Card {
  const who = (c: ConfidantContent): string =>
    joined([nameByRef(content, c.person) || c.name, c.relationship && `(${c.relationship})`], ' ');
  const { fears } = content;
  return {
    rows: [
      ...(fears?.feared ?? []).flatMap((f) =>
        row('Feared', joined([nameByRef(content, f.person) || f.name, f.why], '\n')),
      ),
      ...row('Safe to talk to', joined((fears?.safeConfidants ?? []).map(who), '\n')),
      ...row('Must not be told', joined((fears?.unsafeConfidants ?? []).map(who), '\n')),
    ],
  };
}

function consentCard({ consent }: ReferralContent, { grounds }: Knowledge): Card {
  const ground = consent?.override?.ground;
  return {
    rows: [
      ...row('Asked for consent', titleOf(consent?.asked)),
      ...row('Gave consent', titleOf(consent?.given)),
      ...row('Conditions', consent?.conditions),
      ...row('Knows of this referral', titleOf(consent?.aware)),
      ...row('Ground for sharing without consent', grounds.find((g) => g.code === ground)?.title ?? ground),
      ...row('Why', consent?.override?.reason),
    ],
  };
}

function answerOf(
  { type, options }: { type: string; options?: readonly { value: string; text: string }[] },
  answer: string | undefined,
): string | undefined {
  if (answer === undefined) return undefined;
  if (type === 'date') return civilDateOf(answer);
  if (type === 'text') return answer;
  return options?.find((o) => o.value === answer)?.text ?? titleOf(answer);
}
