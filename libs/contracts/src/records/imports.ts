/** What a file from another system can hold: cases, the people in them, how they are related, or entries of chronologies. */
export const importKinds = ['cases', 'people', 'relationships', 'chronology'] as const;
export type ImportKind = (typeof importKinds)[number];

/**
 * The columns of each kind of file, in either format, in the order of its template; those with true must be there. `record` is
 * what the other system calls the case, the person, the relationship or the entry; `case` is a case by its reference there or here.
 */
export const importColumns: Readonly<Record<ImportKind, Readonly<Record<string, boolean>>>> = {
  cases: {
    record: true,
    kind: true,
    opened: true,
    closed: false,
    lastInvolved: false,
    author: false,
    recordedOn: false,
    agencies: false,
    safeContact: false,
    staffRisk: false,
    staffRiskDetail: false,
    visitInPairs: false,
  },
  people: {
    record: true,
    case: true,
    role: true,
    given: false,
    family: false,
    aliases: false,
    born: false,
    bornPrecision: false,
    otherBorn: false,
    deceased: false,
    deceasedOn: false,
    sex: false,
    gender: false,
    addresses: false,
    phones: false,
    nhsNumber: false,
    policeReference: false,
    housingReference: false,
    socialCareReference: false,
    languages: false,
    interpreter: false,
    communicationNeeds: false,
    occupation: false,
    school: false,
    gp: false,
    author: false,
    recordedOn: false,
  },
  relationships: {
    record: true,
    person: true,
    relationship: true,
    other: true,
    since: false,
    until: false,
    author: false,
    recordedOn: false,
  },
  chronology: {
    record: true,
    case: true,
    starts: true,
    ends: false,
    about: false,
    category: true,
    fact: true,
    comment: false,
    thirdParty: false,
    sensitive: false,
    author: false,
    recordedOn: false,
  },
};

/** How the name of another system is written: the same each time, because a record is known by it and by its own reference. */
export const IMPORT_SOURCE = /^[a-z0-9]+(?:[ .-][a-z0-9]+)*$/;
