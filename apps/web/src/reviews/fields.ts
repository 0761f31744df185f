/** One of several that a field offers. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}
/** A field of a form that `record/page.njk` shows. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'choice' | 'choices' | 'date' | 'known-date' | 'tick';
  readonly hint?: string;
  readonly choices?: readonly Choice[];
}

const hinted = (hint?: string) => (hint ? { hint } : {});
export const text = (name: string, label: string, hint?: string): Field => ({
  ...{ name, label, kind: 'text' },
  ...hinted(hint),
});
export const long = (name: string, label: string, hint?: string): Field => ({
  ...{ name, label, kind: 'long' },
  ...hinted(hint),
});
export const date = (name: string, label: string, hint?: string): Field => ({
  ...{ name, label, kind: 'date' },
  ...hinted(hint),
});
export const choice = (name: string, label: string, choices: readonly Choice[], hint?: string): Field => ({
  ...{ name, label, kind: 'choice', choices },
  ...hinted(hint),
});
export const choices = (name: string, label: string, of: readonly Choice[], hint?: string): Field => ({
  ...{ name, label, kind: 'choices', choices: of },
  ...hinted(hint),
});
export const tick = (name: string, label: string): Field => ({ name, label, kind: 'tick' });
