import type { AgreementDocument, LawCodes } from '../apis/agreements';
import type { PublishedAgreement } from '../apis/published-agreements';
import { factsOf, publishedParties, type Paper } from './paper';
import { sectionsFor } from './sections';
import { shownSection } from './shown';

/** Only what is chosen in a form needs the codes of law; what is read shows them as they are. */
const NO_CODES: LawCodes = {
  art6: [],
  rliConditions: [],
  art9: [],
  sch1: [],
  sch8: [],
  gateways: [],
  facts: [],
  items: [],
};

/** A published agreement on paper: the sections that it lets be published, and its parties as organisations. Pure. */
export function publicPaper(published: PublishedAgreement): Paper {
  const { id, version, title, contentHash, parties, sections } = published;
  const document = {
    ...{ purposes: [], dataItems: [], flows: [], ...sections },
    ...{ id, version, title, parties: [] },
  } as unknown as AgreementDocument;
  const organisations = parties.map(({ orgId, name }) => ({ id: orgId, name }));
  return {
    ...{ title, contentHash, parties: publishedParties(parties) },
    caption: 'Information-sharing agreement',
    notice: 'As it is published. Contacts, signatures and how information is secured are not.',
    facts: factsOf(published, 'In force'),
    sections: sectionsFor({ document, law: NO_CODES, organisations })
      .filter(({ rows }) => rows && rows.list in sections)
      .map((section) => shownSection(document, section, organisations)),
  };
}
