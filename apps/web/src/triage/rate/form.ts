import type { Submitted } from '../../design/submitted';
import type { Opened, Parsed } from '../acting';

/** A colour, and why where it changes: that a change needs words is the referrals context's to say (TRI-16). */
export function parse(sent: Submitted): Parsed {
  const colour = sent.text('colour');
  const rationale = sent.text('rationale');
  const problems = colour ? [] : [{ field: 'colour', code: 'required', message: 'Select a colour' }];
  return {
    body: { colour, ...(rationale ? { rationale } : {}) },
    problems,
    answers: [
      ...(colour ? [{ key: 'Colour', value: colour }] : []),
      ...(rationale ? [{ key: 'Why', value: rationale }] : []),
    ],
  };
}

/** The colours of the pathway, the gravest first, each with what it means and by when it wants a decision. */
export function choices({ pathway }: Pick<Opened, 'pathway'>) {
  const colours = [...(pathway.colours ?? [])].sort((a, b) => a.rank - b.rank);
  return colours.map(({ code, title, meaning, clock }) => ({
    value: code,
    text: title,
    hint: clock ? `${meaning}. Decide ${clock}` : meaning,
  }));
}
