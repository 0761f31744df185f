import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const partnership = parse(readFileSync('packs/demo/partnership.yaml', 'utf8')) as {
  organisations: { id: string; code: string }[];
  people: { id: string; username: string }[];
};
export const org = (code: string): string => partnership.organisations.find((o) => o.code === code)!.id;
export const person = (username: string): string => partnership.people.find((p) => p.username === username)!.id;
export const COUNCIL = org('northbank-council');
export const POLICE = org('northbank-police');
export const NHS = org('eastvale-nhs');

const CONTACT = { name: 'Information governance', email: 'governance@example.org' };

/** What the author of a draft from the template has to give before its findings let it be activated. */
export const mended = (document: { readonly parties: readonly { readonly agencyType: string }[] }): object => ({
  ...document,
  dpiaRef: 'DPIA-7',
  apdRefs: ['APD-1'],
  parties: document.parties.map((party) => ({
    ...party,
    signatory: { name: 'Signatory', post: 'Director' },
    ...{ dlo: CONTACT, spoc: CONTACT, dpo: CONTACT },
    ...(party.agencyType === 'NHS' ? { caldicottGuardian: CONTACT } : {}),
  })),
});
