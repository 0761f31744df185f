import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { today } from '../../design/civil-date';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { sectionsFor } from '../sections';
import { doneBy, namedIn, standing, STEPS } from '../words';
import { sectionOf, shownSection } from '../shown';

const DONE: Readonly<Record<string, string>> = {
  drafted: 'The draft is made. Work through what was found in it',
  'brought-in': 'The draft is made of what was given. What has to be confirmed or written stands under “What was done”',
  saved: 'The terms are saved',
  signed: 'Your organisation has signed',
  succeeded: 'The next version is drafted, with the same terms',
  ...Object.fromEntries(Object.entries(STEPS).map(([step, { done }]) => [step, done])),
};

/** One version: how it stands, what is found in it, who has signed, its terms, and what may be done. */
@Page({
  at: 'agreements/:id',
  folder: 'agreements/agreement',
  may: 'agreement.view',
  states: ['draft', 'to-check', 'to-sign', 'in-force', 'reader'],
})
export class AgreementPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('done') done?: string,
    @Query('all') all?: string,
  ): Promise<View> {
    const [view, law, organisations] = await Promise.all([
      this.agreements.view(visit, id),
      this.agreements.law(visit),
      this.directory.organisations(visit),
    ]);
    const { document, history, findings, may } = view;
    const names = await this.directory.names(
      visit,
      history.map((h) => h.by),
    );
    const sections = sectionsFor({ document, law, organisations });
    const told = namedIn(
      document.parties.map((p) => p.orgId),
      names,
    );
    const state = standing(document, today());
    return show({
      ...{ id, document, may, contentHash: view.contentHash, owner: names.organisation(view.ownerOrg) },
      state,
      blocking: findings.filter((f) => f.level === 'BLOCK').length,
      findings: findings.map((f) => ({ ...f, what: told(f.what), section: sectionOf(f.path, sections) })),
      all: all !== undefined,
      others: view.versions.length > 1,
      published: state.text === 'In force',
      parties: document.parties.map((p) => ({ ...p, name: names.organisation(p.orgId) })),
      sections: sections.map((section) => shownSection(document, section, organisations)),
      steps: may.steps.map((step) => ({ step, text: STEPS[step].button })),
      trail: visit.may('trail.read') ? `/audit?agreement=${encodeURIComponent(document.id)}` : null,
      history: history.toReversed().map((h) => ({ ...h, ...doneBy(h, names) })),
      back: { text: 'Back to agreements', href: '/agreements' },
      ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
    });
  }
}
