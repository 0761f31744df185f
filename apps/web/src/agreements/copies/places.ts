const PARTS: Readonly<Record<string, string>> = {
  parties: 'Parties',
  purposes: 'Purposes',
  dataItems: 'Information',
  flows: 'Who sends what to whom',
  basisLines: 'Legal bases',
  restrictions: 'Restrictions',
  retention: 'How long it is kept',
  security: 'Security',
  rights: 'Rights of people',
  breach: 'Breaches',
  terms: 'Other terms',
};
const OWN = 'About the agreement';

/** Places of an agreement (`flows.F1`, `reviewBy`), gathered by the part that they are in, as its pages call it. Pure. */
export function gathered(places: readonly string[]): { part: string; places: string[] }[] {
  const found = new Map<string, string[]>();
  for (const place of places) {
    const [name = '', ...rest] = place.split('.');
    const part = PARTS[name];
    const shown = part ? rest.join(': ') : place;
    found.set(part ?? OWN, [...(found.get(part ?? OWN) ?? []), shown]);
  }
  return [...found].map(([part, all]) => ({ part, places: all }));
}
