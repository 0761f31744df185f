import { Injectable } from '@nestjs/common';
import { Agreements } from '../apis/agreements';
import { Directory } from '../apis/directory';
import { today } from '../design/civil-date';
import { dateOf } from '../design/filters';
import type { Visit } from '../session/visit';
import { factsOf, type Paper } from './paper';
import { sectionsFor } from './sections';
import { shownSection } from './shown';
import { standing } from './words';

/** A version on paper, for its parties: all its terms, with who signed when. */
@Injectable()
export class PrintedAgreements {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  async paper(visit: Visit, id: string): Promise<Paper & { readonly code: string; readonly number: string }> {
    const [view, law, organisations] = await Promise.all([
      this.agreements.view(visit, id),
      this.agreements.law(visit),
      this.directory.organisations(visit),
    ]);
    const { document, contentHash } = view;
    const names = await this.directory.names(visit);
    return {
      ...{ code: document.id, number: document.version, title: document.title, contentHash },
      caption: `${document.id}, version ${document.version}`,
      notice: 'For its parties: it names members of their staff. Give others the published copy, which does not.',
      facts: factsOf(document, standing(document, today()).text),
      parties: {
        title: 'Who has signed',
        head: ['Party', 'Who signs', 'Signed'],
        rows: document.parties.map(({ orgId, signatory, signedAt, withdrawnAt }) => [
          names.organisation(orgId),
          signatory ? `${signatory.name}, ${signatory.post}` : 'Nobody named yet',
          withdrawnAt ? `Left ${dateOf(withdrawnAt)}` : signedAt ? dateOf(signedAt) : 'Not signed',
        ]),
      },
      sections: sectionsFor({ document, law, organisations }).map((section) =>
        shownSection(document, section, organisations),
      ),
    };
  }
}
