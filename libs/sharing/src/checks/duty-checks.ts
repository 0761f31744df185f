import { each, membersOf, type Check } from './finding';

/** S17 to S22: retention, conditions, onward lists, publication, impact assessment, breach. */
export const dutyChecks: readonly Check[] = [
  {
    number: 'S17',
    why: 'Whoever receives data must know how long it may be kept.',
    mend: 'Add a retention rule for the category, for all parties or for this one.',
    *find({ agreement }) {
      const wanted = new Map<string, string>();
      for (const [path, flow] of each('flows', agreement.flows)) {
        const categories = agreement.dataItems
          .filter(({ code }) => flow.items.includes(code))
          .map((item) => item.category);
        for (const party of membersOf(agreement, flow.to)) {
          for (const category of categories) {
            const covered = agreement.retention.some(
              (rule) =>
                (rule.categories === undefined || rule.categories.includes(category)) &&
                (rule.partyOverride === undefined ||
                  [party.orgId, party.agencyType as string].includes(rule.partyOverride)),
            );
            if (!covered) wanted.set(`${party.orgId} ${category}`, `${path}.to`);
          }
        }
      }
      for (const [what, path] of wanted)
        yield [path, `no retention rule for ${what.split(' ').reverse().join(' at ')}`];
    },
  },
  {
    number: 'S18',
    why: 'A condition that nobody can establish keeps the item from ever being shared without a look.',
    mend: 'Use a fact of the law table.',
    *find({ agreement, law }) {
      for (const [path, { code, condition }] of each('dataItems', agreement.dataItems)) {
        if (condition === undefined || law.facts.some((fact) => fact.code === condition)) continue;
        yield [`${path}.condition`, `the condition of ${code} is not a known fact`];
      }
    },
  },
  {
    number: 'S19',
    why: 'Passing on to somebody outside the agreement leaves its protection.',
    mend: 'Name parties only, or add the organisation to the agreement.',
    *find({ agreement }) {
      for (const [path, flow] of each('flows', agreement.flows)) {
        if (flow.onward === 'LISTED' && (flow.onwardTo ?? []).length === 0) yield [`${path}.onwardTo`, 'names nobody'];
        for (const [at, name] of each(`${path}.onwardTo`, flow.onwardTo)) {
          if (membersOf(agreement, [name]).length === 0) yield [at, `${name} is no party`];
        }
      }
    },
  },
  {
    number: 'S20',
    why: 'What must not be published would be.',
    mend: 'Take the place out of the publishable view.',
    *find({ agreement: { publishableView, restrictedView } }) {
      const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);
      for (const [path, place] of each('publishableView', publishableView)) {
        const secret = restrictedView.find((other) => within(place, other) || within(other, place));
        if (secret !== undefined) yield [path, `${place} holds what is restricted (${secret})`];
      }
    },
  },
  {
    number: 'S21',
    why: 'Sharing that is likely to result in a high risk needs an impact assessment first (Article 35).',
    mend: 'Give the reference of the assessment, or record why none is needed.',
    *find({ agreement }) {
      if (agreement.dpiaRef === undefined) yield ['dpiaRef', 'there is no impact assessment', 'WARN'];
    },
  },
  {
    number: 'S22',
    why: 'After a breach hours count, and nobody should have to look for whom to tell.',
    mend: 'Set the contact and both times.',
    *find({ agreement: { breach } }) {
      if (breach.contact === undefined) yield ['breach.contact', 'nobody is named'];
      if (breach.notifyOriginatorWithinH === undefined) yield ['breach.notifyOriginatorWithinH', 'is not set'];
      if (breach.icoWithinH === undefined) yield ['breach.icoWithinH', 'is not set'];
    },
  },
];
