import type { Agreement, BasisLine, Flow, Party } from '../agreement';
import { compileLine, linesOf } from '../decisions/compile';
import { limitHolds } from '../decisions/gateway';
import { CRIMINAL, IDENTIFYING, PATIENT, SPECIAL } from '../decisions/compiled';
import type { LawTable } from '../law';
import { each, membersOf, type Check, type Checked } from './finding';

/** A party at one end of a flow, with the lines that it has there. */
interface End {
  readonly path: string;
  readonly flow: Flow;
  readonly party: Party;
  readonly direction: BasisLine['direction'];
  readonly lines: readonly BasisLine[];
}

/** Both ends of every flow: each sender, then each recipient. */
function endsOf(agreement: Agreement): End[] {
  return each('flows', agreement.flows).flatMap(([path, flow]) =>
    (['SEND', 'RECEIVE'] as const).flatMap((direction) =>
      membersOf(agreement, direction === 'SEND' ? flow.from : flow.to).map((party) => ({
        path: `${path}.${direction === 'SEND' ? 'from' : 'to'}`,
        flow,
        party,
        direction,
        lines: linesOf(agreement, flow.purpose, direction, party),
      })),
    ),
  );
}

/** traitsIn adds up what the items of a flow are. */
export function traitsIn({ dataItems }: Agreement, { items }: Flow): number {
  let traits = 0;
  for (const code of items) {
    const item = dataItems.find((one) => one.code === code);
    if (item?.category === 'SPECIAL') traits |= SPECIAL;
    if (item?.category === 'CRIMINAL') traits |= CRIMINAL;
    if (item?.patientInfo) traits |= PATIENT;
    if (item?.category !== 'DEPERSONALISED') traits |= IDENTIFYING;
  }
  return traits;
}

const fits = (line: BasisLine, party: Party, law: LawTable, what: 'forSpecial' | 'forCriminal'): boolean =>
  compileLine(line, party, law)[what] === 0;

/** S2, S3: some line at each end meets R12 for what the flow carries. */
function* conditions(
  { agreement, law }: Checked,
  trait: number,
  what: 'forSpecial' | 'forCriminal',
  words: string,
): Generator<readonly [string, string]> {
  for (const { path, flow, party, lines } of endsOf(agreement)) {
    if ((traitsIn(agreement, flow) & trait) === 0 || lines.length === 0) continue;
    if (!lines.some((line) => fits(line, party, law, what))) {
      yield [path, `${party.orgId} has no line with a condition for ${words} in flow ${flow.id}`];
    }
  }
}

const partiesOf = ({ parties }: Agreement, { party }: BasisLine): readonly Party[] =>
  parties.filter(({ orgId, agencyType }) => party === orgId || party === agencyType);

/** S1 to S9: a basis at both ends, a gateway and a confidence route. */
export const basisChecks: readonly Check[] = [
  {
    number: 'S1',
    why: 'Whoever sends and whoever receives needs a lawful basis of its own for the purpose.',
    mend: 'Add a basis line for the party, or for its kind of agency, with this purpose and direction.',
    *find({ agreement }) {
      for (const { path, flow, party, direction, lines } of endsOf(agreement)) {
        if (lines.length > 0) continue;
        yield [path, `${party.orgId} has no ${direction} line for ${flow.purpose}, which flow ${flow.id} needs`];
      }
    },
  },
  {
    number: 'S2',
    why: 'Special category data needs an Article 9 condition (and mostly one of Schedule 1) or, in law enforcement, of Schedule 8.',
    mend: 'Add the condition to the line, or take the item out of the flow.',
    find: (checked) => conditions(checked, SPECIAL, 'forSpecial', 'special category data'),
  },
  {
    number: 'S3',
    why: 'Data about criminal convictions and offences needs Article 10 with a condition of Schedule 1.',
    mend: 'Add the condition to the line, or take the item out of the flow.',
    find: (checked) => conditions(checked, CRIMINAL, 'forCriminal', 'criminal offence data'),
  },
  {
    number: 'S4',
    why: 'A public authority cannot rely on recognised legitimate interest for its tasks, and the interest must be a listed one.',
    mend: 'Use public task (6.1.e) for a public authority; otherwise name the condition.',
    *find({ agreement, law }) {
      for (const [path, line] of each('basisLines', agreement.basisLines)) {
        if (line.art6 !== law.recognisedInterest) continue;
        if (line.rliCondition === undefined) yield [`${path}.rliCondition`, `line ${line.id} names no condition`];
        const body = partiesOf(agreement, line).find(({ publicAuthority }) => publicAuthority);
        if (body) yield [`${path}.art6`, `line ${line.id} is for ${body.orgId}, a public authority`];
      }
    },
  },
  {
    number: 'S5',
    why: 'Part 3 is for competent authorities only; a record that leaves it comes under UK GDPR at its recipient.',
    mend: 'Use UK GDPR for this party, or mark it as a competent authority if it is one.',
    *find({ agreement }) {
      for (const [path, line] of each('basisLines', agreement.basisLines)) {
        if (line.regime === 'UKGDPR') {
          if (line.art6 === undefined) yield [`${path}.art6`, `line ${line.id} has no basis of Article 6`];
          continue;
        }
        const other = partiesOf(agreement, line).find(({ competentAuthority }) => !competentAuthority);
        if (other) yield [`${path}.regime`, `line ${line.id} is for ${other.orgId}, which is not competent`];
      }
    },
  },
  {
    number: 'S6',
    why: 'A public authority may disclose only where a power or duty lets it.',
    mend: 'Cite a gateway that carries these items to these recipients, or narrow the flow.',
    *find({ agreement, law }) {
      for (const { path, flow, party, direction, lines } of endsOf(agreement)) {
        if (direction !== 'SEND' || !party.publicAuthority) continue;
        for (const line of lines) {
          if (carriedBy(agreement, flow, line, party, law)) continue;
          yield [path, `no gateway of line ${line.id} carries flow ${flow.id} from ${party.orgId}`];
        }
      }
    },
  },
  {
    number: 'S7',
    why: 'Section 17A is about prescribed sets that identify nobody.',
    mend: 'Keep items that identify people out of the flow, or give the line another gateway.',
    find: (checked) => relying(checked, 'depersonalised', IDENTIFYING, 'items that are not depersonalised'),
  },
  {
    number: 'S8',
    why: 'The serious violence duty gives no power to disclose patient information.',
    mend: 'Keep patient information out of the flow, or give the line another gateway.',
    find: (checked) => relying(checked, 'no-patient-information', PATIENT, 'patient information'),
  },
  {
    number: 'S9',
    why: 'Confidence is a test of its own: without consent, an overriding public interest or a statute it is broken.',
    mend: 'Name the confidence route; for consent say how it is asked and recorded.',
    *find({ agreement }) {
      for (const [path, line] of each('basisLines', agreement.basisLines)) {
        if (line.direction !== 'SEND') continue;
        if (line.confidenceRoute === undefined)
          yield [`${path}.confidenceRoute`, `line ${line.id} has no confidence route`];
        if (line.confidenceRoute === 'CONSENT' && line.consentPolicy === undefined) {
          yield [`${path}.consentPolicy`, `line ${line.id} relies on consent without a policy`];
        }
      }
    },
  },
];

/** Whether some gateway of a line carries a flow to all its recipients together, as R13 will ask. */
function carriedBy(agreement: Agreement, flow: Flow, line: BasisLine, sender: Party, law: LawTable): boolean {
  const recipients = membersOf(agreement, flow.to);
  const deathReview = agreement.purposes.some(({ code, deathReview }) => code === flow.purpose && deathReview);
  return compileLine(line, sender, law).limits.some((limit) =>
    limitHolds(limit, {
      traits: traitsIn(agreement, flow),
      senderIsCare: sender.healthOrSocialCare,
      deathReview,
      recipients,
      principal: (orgId) => agreement.parties.find((party) => party.orgId === orgId),
    }),
  );
}

/** S7, S8: a gateway whose limit forbids what the flow holds, relied on by itself. */
function* relying(
  { agreement, law }: Checked,
  kind: 'depersonalised' | 'no-patient-information',
  trait: number,
  words: string,
): Generator<readonly [string, string]> {
  const limited = law.gateways.filter(({ limit }) => limit?.kind === kind).map(({ code }) => code);
  for (const { path, flow, party, direction, lines } of endsOf(agreement)) {
    if (direction !== 'SEND' || (traitsIn(agreement, flow) & trait) === 0) continue;
    for (const line of lines) {
      const alone = line.gateways.length > 0 && line.gateways.every((code) => limited.includes(code));
      if (alone)
        yield [path, `line ${line.id} of ${party.orgId} carries ${words} in flow ${flow.id} by that power alone`];
    }
  }
}
