/** Answers that every form about sharing offers. */
export const consents = [
  { value: 'GIVEN', text: 'They have given it' },
  { value: 'REFUSED', text: 'They have refused it' },
  { value: 'WITHDRAWN', text: 'They have withdrawn it' },
  { value: 'NOT_SOUGHT', text: 'They were not asked' },
];
export const withoutReasons = [
  { value: 'CANNOT_GIVE', text: 'They cannot give consent' },
  { value: 'CANNOT_REASONABLY_OBTAIN', text: 'It cannot reasonably be obtained' },
  { value: 'WOULD_PREJUDICE', text: 'Asking would put protection at risk' },
];
export const MATCHES = [
  { value: 'EXACT', text: 'Yes, it is certainly them' },
  { value: 'POSSIBLE', text: 'It may be somebody else' },
  { value: 'NONE', text: 'No, they are not known' },
];
