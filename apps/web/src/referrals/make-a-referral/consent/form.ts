import { compact, orNothing } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

export const group: Group = {
  code: 'consent',
  parts: ['consent'],
  read: (sent, { content }) => {
    const given = sent.text('consent.given');
    const without = given === 'no' || given === 'not-asked' || given === undefined;
    return compact({
      ...content,
      consent: orNothing({
        asked: sent.text('consent.asked'),
        given,
        conditions: given === 'no' || given === 'not-asked' ? undefined : sent.text('consent.conditions'),
        aware: sent.text('consent.aware'),
        // A ground is for sharing without consent: what was hidden again when consent was given is not meant.
        override: without
          ? orNothing({ ground: sent.text('consent.override.ground'), reason: sent.text('consent.override.reason') })
          : undefined,
      }),
    });
  },
  more: ({ pathway, practice }) => ({
    guidance: pathway.consent.guidance,
    asked: vocabularyChoices.consentAsked,
    given: vocabularyChoices.consentGiven,
    aware: vocabularyChoices.aware,
    grounds: practice.consentGrounds.map(({ code, title, hint }) => ({
      value: code,
      text: title,
      ...(hint ? { hint } : {}),
    })),
  }),
};
