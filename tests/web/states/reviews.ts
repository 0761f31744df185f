import {
  ago,
  AMINA,
  allAnswered,
  appealedReview,
  appliedFor,
  asbReview,
  decidedReview,
  deferredReview,
  disorderedReview,
  dutyDone,
  letteredReview,
  letterTo,
  managedReview,
  namedReview,
  paneledReview,
  pausedReview,
  protectedReview,
  publishedFigures,
  recommended,
  refusedAsbReview,
  registeredReview,
  releasedFile,
  reviewing,
  scannedFile,
  setAsideApplication,
  weaponsReview,
} from '../reviews';
import { familiarReview, publishedReview, toldByCouncil } from '../reviewed';
import { at, sendWrongly, then } from '../stories';
import { chronicled } from './chronology';
import type { Drives, World } from '../world';

const folder = (name: string): string => `reviews/${name}`;
const of =
  (make: (world: World) => Promise<string>, path = '') =>
  async (world: World) =>
    `/reviews/${await make(world)}${path}`;
const register = (kind: string) => at('jo', `/reviews/register?kind=${kind}`);
const record = (what: string, make: (world: World) => Promise<string> = registeredReview) =>
  at('jo', of(make, `/record/${what}`));

/** Opens an address as nobody. */
const anybody = (path: string) => async (world: World) => {
  const page = await world.nobody();
  await page.goto(world.url + path);
  return page;
};
/** The page of a file of a review in which somebody is protected. */
const packaged = (make: (world: World, id: string) => Promise<string>) => async (world: World) => {
  const id = await protectedReview(world);
  return `/reviews/${id}/release/files/${await make(world, id)}`;
};
const settling = async (world: World) => `/reviews/asb-applications/${await appliedFor(world)}/register`;
/** Amina is named in a review, and takes entries from a case of hers. */
const takingFrom = async (world: World) => {
  const id = await registeredReview(world);
  await reviewing(world, id, 'members', { userId: AMINA, seat: 'Council' });
  return `/reviews/${id}/take-entries?case=${(await chronicled(world)).caseId}`;
};
const erasing = async (world: World) => `/reviews/asb-applications/${await setAsideApplication(world)}/erase`;
/** A date as three fields of an address. */
const days = (name: string, date: string): string => {
  const [year, month, day] = date.split('-');
  return `${name}-day=${day}&${name}-month=${month}&${name}-year=${year}`;
};
const POLICE = 'f124a373-4ae1-46c1-8aff-fbb48ae8f95a';
const recommendation =
  (path = '', acting = false) =>
  async (world: World) => {
    const { id, actionId } = await recommended(world, acting);
    return `/reviews/recommendations/${id}${path.replace('ACTION', actionId)}`;
  };

export const drives: Drives = {
  [folder('list')]: {
    filled: at('jo', async (world) => {
      await pausedReview(world);
      return '/reviews';
    }),
    empty: at('hana', '/reviews'),
  },
  [folder('board')]: {
    filled: at('jo', async (world) => {
      await pausedReview(world);
      return '/reviews/board?only=paused&sort=-used';
    }),
    empty: at('hana', '/reviews/board'),
  },
  [folder('board-print')]: { printed: at('jo', '/reviews/board/print?only=paused') },
  [folder('copies')]: {
    filled: at('jo', async (world) => {
      await letteredReview(world);
      return '/reviews/copies?only=open';
    }),
    empty: at('hana', '/reviews/copies'),
  },
  [folder('publications')]: {
    filled: at('jo', async (world) => {
      await letteredReview(world);
      return '/reviews/publications?decision=withheld';
    }),
    empty: at('hana', '/reviews/publications'),
  },
  [folder('checks')]: {
    filled: then(
      at('erin', async (world) => {
        await pausedReview(world);
        return '/reviews/checks';
      }),
      async (page) => {
        expect(await page.innerText('main')).toMatch(
          /Yearly figures[\s\S]*agreements are current[\s\S]*liaison officers[\s\S]*section 17A[\s\S]*Quarter from/i,
        );
      },
    ),
  },
  [folder('check')]: { filled: at('erin', async (world) => `/reviews/checks/${await pausedReview(world)}`) },
  [folder('choose')]: {
    asking: at('jo', '/reviews/choose'),
    error: at('jo', '/reviews/choose?nation=wales'),
    found: at(
      'jo',
      async (world) => `/reviews/choose?nation=england&${new URLSearchParams(await allAnswered(world)).toString()}`,
    ),
  },
  [folder('test-kinds')]: {
    asking: at('jo', of(registeredReview, '/kinds-test')),
    error: then(at('jo', of(registeredReview, '/kinds-test')), sendWrongly('Keep the test')),
  },
  [folder('register')]: {
    choose: at('jo', '/reviews/register'),
    asking: register('domestic-homicide-review'),
    'each-partner': register('offensive-weapons-homicide-review'),
    error: then(register('offensive-weapons-homicide-review'), sendWrongly('Register it')),
  },
  [folder('kinds')]: { filled: at('lena', '/reviews/kinds') },
  [folder('kind')]: {
    filled: at('jo', '/reviews/kinds/domestic-homicide-review'),
    'no-clocks': at('jo', '/reviews/kinds/single-unified-safeguarding-review'),
  },
  [folder('review')]: {
    new: at('jo', of(disorderedReview)),
    'paused-and-overdue': at('jo', of(pausedReview)),
    'each-partner': at('jo', of(weaponsReview)),
    named: at('gwen', of(namedReview)),
    'with-ledger': at(
      'jo',
      of((world) => asbReview(world, 30)),
    ),
    'with-panel': at('jo', of(paneledReview)),
    'with-letter': at('jo', of(letteredReview)),
    'with-appeal': at('jo', of(appealedReview)),
  },
  [folder('step')]: {
    missing: at('jo', of(registeredReview, '/step/SCREENING')),
    ready: at('jo', of(deferredReview, '/step/SCREENING')),
    error: then(at('jo', of(deferredReview, '/step/SCREENING')), sendWrongly('Take this step')),
  },
  [folder('record')]: {
    date: record('date', weaponsReview),
    allow: record('allow', disorderedReview),
    notice: record('notice', decidedReview),
    confirm: record('confirm'),
    decision: record('decision'),
    pause: record('pause'),
    resume: record('resume', pausedReview),
    extend: record('extend', pausedReview),
    agencies: record('member'),
    recommendation: record('recommendation'),
    appoint: record('appoint?agency=f124a373-4ae1-46c1-8aff-fbb48ae8f95a'),
    declare: at('gwen', of(paneledReview, '/record/declare')),
    meeting: record('meeting', paneledReview),
    return: at('gwen', of(paneledReview, '/record/return')),
    member: record('member?agency=f124a373-4ae1-46c1-8aff-fbb48ae8f95a'),
    publication: record('publication'),
    'imr-submit': record('imr-submit', managedReview),
    'family-contact': record('family-contact', familiarReview),
    evidence: record('evidence'),
    chase: record('chase', paneledReview),
    'plan-meeting': record('plan-meeting'),
    'applicant-letter': record('applicant-letter', appealedReview),
    'correct-entry': at('jo', async (world) => {
      const id = await registeredReview(world);
      await toldByCouncil(world, id);
      const at = `/api/reviews/reviews/${id}/chronology`;
      const { events } = (await world.app.as('jo').get<{ events: { items: { id: string }[] }[] }>(at)).body;
      return `/reviews/${id}/record/correct-entry?for=${events[0]!.items[0]!.id}`;
    }),
    'not-permitted': async (world) => {
      const id = await namedReview(world);
      const page = await world.as('gwen');
      await page.goto(`${world.url}/reviews/${id}/record/evidence`);
      for (const [name, value] of Object.entries({ event: 'A call', source: 'P-1', 'date-year': '2025' }))
        await page.fill(`[id="${name}"]`, value);
      await page.selectOption('[id="seen"]', 'yes');
      await page.check('input[value="CHRONOLOGY"]');
      await sendWrongly('Give it to the review')(page);
      return page;
    },
    error: then(record('decision'), sendWrongly('Record the decision')),
    conflict: async (world) => {
      const id = await registeredReview(world);
      const page = await world.as('jo');
      await page.goto(`${world.url}/reviews/${id}/record/confirm?for=fact-check`);
      await reviewing(world, id, 'confirmations', { guard: 'disclosure-check', evidence: 'Minutes' });
      await page.fill('[id="evidence"]', 'The screening form');
      await sendWrongly('Confirm')(page);
      return page;
    },
  },
  [folder('family')]: {
    empty: at('jo', of(registeredReview, '/family')),
    filled: at('jo', of(familiarReview, '/family')),
  },
  [folder('chronology')]: {
    empty: at('jo', of(registeredReview, '/chronology')),
    filled: at('jo', async (world) => {
      const id = await registeredReview(world);
      await toldByCouncil(world, id);
      return `/reviews/${id}/chronology`;
    }),
  },
  [folder('chronology-print')]: { printed: at('jo', of(registeredReview, '/chronology/print')) },
  [folder('package')]: {
    empty: at('jo', of(registeredReview, '/release')),
    filled: at('jo', async (world) => {
      const id = await protectedReview(world);
      await scannedFile(world, id);
      return `/reviews/${id}/release`;
    }),
  },
  [folder('protected-person')]: {
    empty: at('jo', of(registeredReview, '/release/person')),
    filled: at('jo', async (world) => {
      const id = await protectedReview(world);
      const { body } = await world.app.as('jo').get<{ people: { id: string }[] }>(`/api/reviews/reviews/${id}/release`);
      return `/reviews/${id}/release/person?person=${body.people[0]!.id}`;
    }),
    error: then(at('jo', of(registeredReview, '/release/person')), sendWrongly('Protect them')),
  },
  [folder('package-add')]: {
    empty: at('jo', of(registeredReview, '/release/add')),
    error: then(at('jo', of(registeredReview, '/release/add')), sendWrongly('Look through it')),
    'too-large': then(at('jo', of(registeredReview, '/release/add')), async (page) => {
      const buffer = Buffer.alloc(25 * 1024 * 1024 + 70_000, 'x');
      await page.setInputFiles('[id="file"]', { name: 'report.pdf', mimeType: 'application/pdf', buffer });
      await page.fill('[id="name"]', 'overview-report.pdf');
      await sendWrongly('Look through it')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('The file must be smaller than 25 MB');
      expect(await page.inputValue('[id="name"]')).toBe('overview-report.pdf');
    }),
  },
  [folder('package-file')]: {
    held: at('jo', packaged(scannedFile)),
    'second-person': at('gwen', packaged(scannedFile)),
    released: at('jo', packaged(releasedFile)),
    error: then(at('gwen', packaged(scannedFile)), sendWrongly('It is nothing')),
  },
  'published-reviews/list': {
    empty: anybody('/published-reviews'),
    filled: async (world) => {
      await publishedReview(world);
      return anybody('/published-reviews')(world);
    },
  },
  'asb/figures': {
    empty: anybody('/asb-case-reviews'),
    filled: async (world) => {
      await publishedFigures(world);
      return anybody('/asb-case-reviews')(world);
    },
  },
  'asb/apply': {
    asking: anybody('/asb-case-reviews/apply'),
    error: then(anybody('/asb-case-reviews/apply'), sendWrongly('Send the application')),
  },
  'asb/sent': { sent: anybody('/asb-case-reviews/sent?reference=AP-2026-0001') },
  'asb/applications': {
    empty: at('jo', '/reviews/asb-applications'),
    filled: at('jo', async (world) => {
      await appliedFor(world);
      return '/reviews/asb-applications';
    }),
    telling: at('jo', '/reviews/asb-applications?tell=yes'),
    error: then(at('jo', '/reviews/asb-applications?tell=yes'), sendWrongly('Record the application')),
  },
  'asb/application-settle': {
    register: at('jo', settling),
    error: then(at('jo', settling), sendWrongly('Register the review')),
  },
  'asb/letter': {
    'not-released': at('jo', (world) => letterTo(world)),
    sent: at('jo', (world) => letterTo(world, true)),
  },
  'asb/kept': {
    empty: at('jo', '/reviews/asb-applications/kept'),
    filled: at('jo', async (world) => {
      await setAsideApplication(world);
      return '/reviews/asb-applications/kept';
    }),
  },
  'asb/application-erase': {
    asking: at('jo', erasing),
    error: then(at('jo', erasing), sendWrongly('Erase it')),
  },
  'asb/count': {
    asking: at('jo', '/reviews/asb-figures'),
    counted: at('jo', async (world) => {
      await refusedAsbReview(world, 800, 801);
      return `/reviews/asb-figures?${days('from', ago(1000))}&${days('to', ago(700))}`;
    }),
    error: at('jo', `/reviews/asb-figures?${days('from', ago(1000))}&${days('to', ago(1))}`),
  },
  [folder('data')]: {
    empty: at('jo', of(registeredReview, '/data')),
    filled: at('jo', async (world) => {
      const id = await registeredReview(world);
      const answers = [{ code: 'partner', value: 'not-known' }];
      await reviewing(world, id, 'data', { group: 'incident', ordinal: 1, answers });
      return `/reviews/${id}/data`;
    }),
  },
  [folder('data-part')]: {
    empty: at('jo', of(registeredReview, '/data/victim/1')),
    error: async (world) => {
      const page = await at('jo', of(registeredReview, '/data/incident/1'))(world);
      await page.fill('[id="answers.death"]', '3 March 2026');
      await sendWrongly('Keep the answers')(page);
      return page;
    },
  },
  [folder('take-entries')]: {
    'choose-case': at('jo', of(registeredReview, '/take-entries')),
    'choose-entries': at('amina', takingFrom),
    error: then(at('amina', takingFrom), sendWrongly('Give them to the review')),
  },
  [folder('duties')]: {
    empty: at('erin', '/reviews/duties'),
    filled: at('jo', async (world) => {
      await dutyDone(world);
      return '/reviews/duties';
    }),
  },
  [folder('duty-record')]: {
    record: at('jo', '/reviews/duties/strategic-assessment/records'),
    copy: at('jo', '/reviews/duties/partnership-plan/copies'),
    error: then(at('jo', '/reviews/duties/strategic-assessment/records'), sendWrongly('Record it')),
  },
  [folder('tracker')]: {
    filled: at('jo', async (world) => {
      await recommended(world, true);
      return '/reviews/recommendations';
    }),
    empty: at('hana', '/reviews/recommendations'),
  },
  [folder('recommendation')]: {
    proposed: at('jo', recommendation()),
    'with-actions': at('jo', recommendation('', true)),
    lead: at('bevan', recommendation('', true)),
  },
  [folder('recommendation-record')]: {
    answer: at('jo', recommendation('/record/answer')),
    agencies: at('jo', recommendation('/record/action')),
    action: at('jo', recommendation(`/record/action?agency=${POLICE}`)),
    claim: at('bevan', recommendation('/record/claim?action=ACTION', true)),
    error: then(at('jo', recommendation('/record/answer')), sendWrongly('Record it')),
  },
};
