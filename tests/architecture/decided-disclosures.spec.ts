import { actions, permissions, type Action } from '@concordat/contracts';
import { isTest, sources } from './sources';

/** Acts by which another agency comes to see a case, or part of it: the code that does each asks for a permit first. */
const DECIDED: readonly Action[] = [
  ...(['referral.offer', 'referral.offer-for-action', 'transfer.offer', 'transfer.accept'] as const),
  ...([
    'case.change-participation',
    'case.view',
    'chronology.view',
    'chronology.export',
    'person.view',
    'person.view-history',
    'case.view-access-log',
  ] as const),
  ...(['document.list', 'document.open', 'note.list', 'export.cases', 'export.people', 'approval.list'] as const),
  'person.ask-known',
  'known-question.export',
  'case.give-records',
];

/** Acts by which one agency's research becomes visible to the other members of a conference (decision 26), or a case to another area's (41). */
const DECIDED_AT_CONFERENCES = [
  ...(['agenda-item.research', 'agenda-item.view', 'meeting.read-minutes'] as const),
  ...(['forum-transfer.send', 'forum-transfer.view'] as const),
] as const;

/** Acts by which what an agency holds comes into a review, and by which others see it there (decision 42). */
const DECIDED_IN_REVIEWS = ['review.give-evidence', 'review.view-chronology', 'review.export-chronology'] as const;

/** Acts that disclose and are not decided by an agreement between agencies, each with the reason why not. */
const NOT_DECIDED: Readonly<Partial<Record<Action, string>>> = {
  'referral.submit': 'a call for help is never refused or delayed; who tells what to whom is on record (decision 25)',
  'referral.return-information': 'an answer about one’s own referral, to the agency that it was made to (decision 25)',
  'referral.give-feedback': 'what became of a referral, in words written for whoever made it (decision 25)',
  'referral.record-outside': 'put on record: nothing leaves by it',
  'transfer.record-outside': 'put on record: nothing leaves by it',
  'export.request': 'nothing leaves before a page is read, which is decided case by case',
  'export.as-json': 'a permission to ask for a format',
  'export.download': 'the file was decided when it was written, and is its asker’s own',
  'agreement.publish': 'the publishable view of an agreement has no personal data in it',
  'access-request.download': 'an answer to the person whom it is about, item by item (decision 19)',
  'forum-referral.make': 'seen by members whose agencies were let into the case by a decision (decision 26)',
  'agenda-item.open': 'takes a case up in session: what an agency returned is decided at each look at it',
  'review.ask-agencies': 'a question, seen in each agency by those alone who are named in the review (decision 27)',
  'recommendation.export': 'a file of what its asker sees on the tracker',
  'recommendation.ask-owner':
    'a recommendation, in which nobody is named, to the agency that it is made to (decision 35)',
  'review.ask-management-review':
    'a question, seen in each agency by those alone who are named in the review (decision 35)',
  'review.export-register':
    'a file of what its asker sees in a register: references, codes and dates of reviews, and no words',
  'review.export-board': 'a file of what its asker sees on the board: references, states and dates of reviews',
  'review.send-letter':
    'a letter to whoever applied, scanned and released by a second person, as the Act has it told (decision 45)',
  'review.export-data':
    'what a central body asks of a review, in bands, months and answers, to whoever drafts it (decision 45)',
  'review.publish': 'files that were scanned and released by a second person, for anybody (decision 31)',
  'publication.show': 'what is published is for anybody',
  'publication.open': 'what is published is for anybody',
  'asb-figures.publish': 'numbers of a year, with nobody in them',
  'asb-figures.show': 'numbers of a year, with nobody in them',
  'person.tell-known':
    'puts on record at the agency that was asked what was decided and told when it was (decision 33)',
  'forum-statistics.export': 'numbers of a forum for whoever leads it, with nobody in them (decision 34)',
  'forum-statistics.publish': 'numbers of a year of which none is small, with nobody in them (decision 34)',
  'webhook.deliver':
    'type, time and ids of what the agency takes part in and is not restricted, to its own system (decision 37)',
  'insight.export': 'numbers of the partnership without what tells of few, with nobody in them (decision 38)',
  'minutes-paper.request': 'nothing leaves before it is read, in the name of whoever asked',
  'minutes-paper.download': 'decided as it is fetched, by the reading of the minutes within it (decision 51)',
  'quarterly-pack.request': 'nothing leaves before it is read, subject by subject',
  'quarterly-pack.download': 'numbers of the partnership without what tells of few, with nobody in them (decision 38)',
  'trail.export': 'the audit trail holds no personal data, and goes to an auditor',
};

/** Readings that find a case for the caller and show nothing of what is in it, each with what they show. */
const SHOW_NOTHING_OF_IT: Readonly<Record<string, string>> = {
  'apps/records/src/cases/bulk/bulk.service.ts': 'that each case may be changed; each change is an act of its own',
  'apps/records/src/cases/onward-referrals/onward-referrals.service.ts': 'what the caller’s own agency referred',
};

/**
 * Where records read who somebody is. Most are reached after a look was decided; the others show a name, or a day of birth, to an agency
 * that was told of that person by a decision when it was let in, and nothing of what is in the case.
 */
const READS_NAMES: Readonly<Record<string, string>> = {
  'apps/records/src/cases/as-it-stood/as-it-stood.repository.ts': 'after a look',
  'apps/records/src/cases/cases.repository.ts':
    'the case, after a look; and the list of cases, by the name under which each was shared when its reader was let in',
  'apps/records/src/cases/onward-referrals/referred-case.repository.ts': 'after a look at the part that was referred',
  'apps/records/src/chronology/merged.repository.ts': 'after a look at each case, and of no case that is refused',
  'apps/records/src/exports/exports.repository.ts': 'after a look at each case',
  'apps/records/src/people-seen.repository.ts':
    'who may be the same: people of cases that the caller’s agency was let into, so that nobody gets a second record',
  'apps/records/src/people.repository.ts': 'after a look, or for a change by an agency that works on a case of theirs',
  'apps/records/src/people/people.history.ts': 'after a look',
  'apps/records/src/search/search-index.ts': 'by the system, for the index',
  'apps/records/src/search/search.repository.ts':
    'names of people and of cases that the caller’s agency was let into; what was written is decided case by case',
  'apps/records/src/visible-case.ts': 'the case, which is shown after a look alone (below)',
};

const code = sources(['apps', 'libs'], (path) => /\.ts$/.test(path) && !isTest(path));
const records = code.filter(({ path }) => path.startsWith('apps/records/src/') && !path.includes('/migrations/'));
/** Pages ask for their visitors, who are told and given nothing by it. */
const services = code.filter(({ path }) => !path.startsWith('apps/web/'));
const filesWith = (found: RegExp, among = code): string[] =>
  among.filter(({ text }) => found.test(text)).map(({ path }) => path);

describe('what leaves an agency', () => {
  it('is decided, or it is said why not: every act that discloses is one or the other', () => {
    const disclosing = actions.filter((action) => permissions[action].op === 'DISCLOSURE');
    const decided: readonly Action[] = [...DECIDED, ...DECIDED_AT_CONFERENCES, ...DECIDED_IN_REVIEWS];
    expect(disclosing.filter((action) => !decided.includes(action) && !(action in NOT_DECIDED))).toEqual([]);
    expect(Object.keys(NOT_DECIDED).filter((action) => decided.includes(action as Action))).toEqual([]);
  });

  it.each(DECIDED)('%s asks for a permit, or for one look, in the code that does it', (action) => {
    // Exports name theirs by what is exported.
    const names = action.startsWith('export.') ? 'EXPORTS[work.type]' : `'${action}'`;
    const doing = records.filter(({ text }) => text.includes(names) && /@Injectable\(\)/.test(text));
    expect(doing.length).toBeGreaterThan(0);
    const asking = doing.filter(({ text }) =>
      /\.permit\(|\.permits\(|\.permitted\(|looks\.(demand|demandPerson|allows|extent)\(/.test(text),
    );
    expect(asking.length).toBeGreaterThan(0);
  });

  it.each(DECIDED_AT_CONFERENCES)('%s asks about what it shows, in the code that does it', (action) => {
    const doing = code.filter(
      ({ path, text }) =>
        path.startsWith('apps/risk/src/') && text.includes(`'${action}'`) && /@Injectable\(\)/.test(text),
    );
    expect(doing.filter(({ text }) => /shares\.(decide|stillShown)\(/.test(text)).length).toBeGreaterThan(0);
  });

  it.each(DECIDED_IN_REVIEWS)('%s asks about each item of evidence, in the code that does it', (action) => {
    const doing = code.filter(
      ({ path, text }) =>
        path.startsWith('apps/reviews/src/') && text.includes(`'${action}'`) && /@Injectable\(\)/.test(text),
    );
    expect(doing.filter(({ text }) => /shares\.(permitted|stillShown)\(/.test(text)).length).toBeGreaterThan(0);
    // Items are read from their table nowhere else.
    expect(filesWith(/FROM chronology_item\b/)).toEqual(['apps/reviews/src/chronology.repository.ts']);
  });

  it('is read only after the look was decided: a case that was found is never shown by a bare reading', () => {
    expect(filesWith(/\bdemandReading\(tx,/).sort()).toEqual(['apps/records/src/looks.ts']);
    const reading = records.filter(({ text }) => /unit\.read\(/.test(text) && /\bvisibleCase\(tx/.test(text));
    expect(reading.length).toBeGreaterThan(8);
    const bare = reading.filter(({ text }) => !/this\.looks\./.test(text)).map(({ path }) => path);
    expect(bare).toEqual(Object.keys(SHOW_NOTHING_OF_IT));
  });

  it('names nobody but where it is said why: what a list or a search shows without a decision was shared by one', () => {
    const reading = /SELECT[^`]*(?:subject_name\b|content\s*->\s*'name'|\bp\.content\b(?!\s*->))/;
    const inserting = /INSERT INTO case_file/;
    const found = records.filter(({ text }) => reading.test(text) && !inserting.test(text)).map(({ path }) => path);
    expect(found.sort()).toEqual(Object.keys(READS_NAMES).sort());
  });

  it('is permitted by one class of each context that discloses, which asks the sharing context and nobody else', () => {
    expect(filesWith(/'sharing', '\/decisions'/, services)).toEqual([
      'apps/records/src/disclosures.ts',
      'apps/reviews/src/evidence-shares.ts',
      'apps/risk/src/research-shares.ts',
    ]);
    expect(filesWith(/\bPermit\.of\(|new Permit\(/)).toEqual(['apps/records/src/disclosures.ts']);
    expect(filesWith(/disclosures\.permit\(/).sort()).toEqual([
      'apps/records/src/asking/asking.service.ts',
      'apps/records/src/asking/reading.service.ts',
      'apps/records/src/cases/onward-referrals/offers.service.ts',
      'apps/records/src/cases/onward-referrals/referred-case.service.ts',
      'apps/records/src/whole-cases.ts',
    ]);
  });

  it('is written by few statements, and the database demands the permit of each table', () => {
    const writing = filesWith(/INSERT INTO (participation|onward_referral|case_transfer)\b/, records).sort();
    expect(writing).toEqual([
      'apps/records/src/cases/case.store.ts',
      'apps/records/src/cases/onward-referrals/onward-referrals.repository.ts',
      'apps/records/src/cases/participation.service.ts',
      'apps/records/src/cases/transfers/transfers.repository.ts',
    ]);
    const migrations = sources(['apps/records/src/migrations'], (path) => /\.ts$/.test(path)).map(({ text }) => text);
    for (const table of ['participation', 'onward_referral', 'case_transfer'])
      expect(migrations.join('\n')).toMatch(
        new RegExp(`CREATE TRIGGER permitted BEFORE INSERT[ A-Z]*(OF level, org_id )?ON ${table}\\b`),
      );
  });
});
