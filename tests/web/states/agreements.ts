import {
  activeAgreement,
  agreementDrafted,
  answeredByKit,
  assured,
  decided,
  dropChecked,
  leftToAPerson,
  sharedInEmergency,
  nextVersion,
  withoutLiaison,
  widened,
} from '../agreements';
import { signedInAt } from '../signed-in-at';
import { at, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';

const folder = (name: string): string => `agreements/${name}`;
const draft =
  (path = '') =>
  async (world: World) =>
    `/agreements/${await agreementDrafted(world)}${path}`;
const edit = (section: string) => at('kit', draft(`/edit/${section}`));
const asking = async (world: World) => `/agreements/may-i-share?agreement=${await activeAgreement(world)}`;

/** Yusuf is asked to sign, so many minutes after signing in; null where nobody can tell when that was. */
const signing =
  (minutesAgo: number | null): Drive =>
  async (world) => {
    const page = await (await world.signedIn('yusuf')).newPage();
    await signedInAt(world, page, minutesAgo === null ? null : Date.now() - minutesAgo * 60_000);
    await page.goto(`${world.url}/agreements/${await assured(world)}/sign`);
    return page;
  };
const anybody =
  (path: (world: World) => Promise<string>): Drive =>
  async (world) => {
    const page = await world.nobody();
    await page.goto(world.url + (await path(world)));
    return page;
  };
const published = async (world: World): Promise<string> => {
  const { body } = await world.app
    .as('kit')
    .get<{ document: { id: string } }>(`/api/sharing/agreements/${await activeAgreement(world)}`);
  return `/published-agreements/${body.document.id}`;
};

export const drives: Drives = {
  [folder('list')]: {
    filled: at('kit', async (world) => {
      await activeAgreement(world);
      return '/agreements?status=ACTIVE';
    }),
    attention: at('kit', async (world) => {
      await assured(world);
      return '/agreements';
    }),
    empty: at('hana', '/agreements'),
  },
  [folder('to-decide/list')]: {
    'to-answer': at('kit', async (world) => {
      await leftToAPerson(world);
      return '/agreements/to-decide';
    }),
    asked: at('amina', async (world) => {
      await answeredByKit(world);
      return '/agreements/to-decide?box=asked';
    }),
    empty: at('petra', '/agreements/to-decide'),
  },
  [folder('to-decide/one')]: {
    'to-answer': at('kit', async (world) => `/agreements/to-decide/${await leftToAPerson(world)}`),
    asked: at('amina', async (world) => `/agreements/to-decide/${await leftToAPerson(world)}`),
    error: then(
      at('kit', async (world) => `/agreements/to-decide/${await leftToAPerson(world)}`),
      async (page) => {
        await page.check('input[value="allow"]');
        await page.fill('#reason', 'Checked by telephone.');
        await sendWrongly('Record your answer')(page);
        expect(await page.innerText('main')).toContain('Select on what you allow it');
        expect(await page.inputValue('#reason')).toContain('telephone');
      },
    ),
    answered: at('amina', async (world) => `/agreements/to-decide/${await answeredByKit(world)}`),
    emergency: then(
      at('kit', async (world) => `/agreements/to-decide/${await sharedInEmergency(world)}`),
      async (page) => {
        expect(await page.innerText('main')).toContain('It was shared, whatever the agreement says');
        await page.check('input[value="allow"]');
        await page.fill('#reason', 'He was at her door.');
        const at = page.url();
        await page.click('button:has-text("Record your review")');
        await page.waitForSelector('.moj-alert');
        await page.goto(at);
        expect(await page.innerText('h1')).toMatch(/justified/i);
      },
    ),
  },
  [folder('start')]: {
    empty: at('kit', '/agreements/start'),
    error: then(at('kit', '/agreements/start'), sendWrongly('Draft it')),
  },
  [folder('copies')]: {
    filled: at('amina', async (world) => `/agreements/${await activeAgreement(world)}/copies`),
  },
  [folder('bring-in')]: {
    empty: at('kit', '/agreements/bring-in'),
    error: then(at('kit', '/agreements/bring-in'), async (page) => {
      await page.fill('#content', '{ "Name": "Shared care", "Party": [{ "Name": "Northbank Council" }] }');
      await sendWrongly('Draft it')(page);
      expect(await page.innerText('main')).toContain('Party, 1: CatalogueID');
      expect(await page.inputValue('#content')).toContain('Shared care');
    }),
  },
  [folder('agreement')]: {
    draft: at('kit', draft()),
    'to-check': at('yusuf', async (world) => `/agreements/${await assured(world, 'IN_QA')}`),
    'to-sign': at('ines', async (world) => `/agreements/${await assured(world)}`),
    'in-force': at('kit', async (world) => `/agreements/${await activeAgreement(world)}`),
    reader: at('amina', async (world) => `/agreements/${await activeAgreement(world)}`),
  },
  [folder('edit')]: {
    about: edit('about'),
    parties: edit('parties'),
    purposes: edit('purposes'),
    items: edit('items'),
    flows: edit('flows'),
    bases: edit('bases'),
    restrictions: edit('restrictions'),
    retention: edit('retention'),
    duties: edit('duties'),
    error: then(edit('about'), async (page) => {
      await page.fill('[id="expiresOn-day"]', '31');
      await page.fill('[id="expiresOn-month"]', '2');
      await sendWrongly('Save and come back later')(page);
    }),
    conflict: async (world) => {
      const id = await agreementDrafted(world);
      const page = await world.as('kit');
      await page.goto(`${world.url}/agreements/${id}/edit/about`);
      const { body } = await world.app.as('kit').get(`/api/sharing/agreements/${id}`);
      await world.app
        .as('kit')
        .put(
          `/api/sharing/agreements/${id}`,
          { document: { ...body.document, contact: 'Somebody else' } },
          { version: body.version },
        );
      await page.fill('[id="contact"]', 'The partnership office');
      await page.click('button:has-text("Save and come back later")');
      await page.waitForSelector('text=Somebody else');
      return page;
    },
  },
  [folder('step')]: {
    asking: at('kit', draft('/step/submit')),
    succeed: at('kit', async (world) => `/agreements/${await activeAgreement(world)}/step/succeed`),
    error: then(
      at('kit', async (world) => `/agreements/${await activeAgreement(world)}/step/suspend`),
      sendWrongly('Suspend'),
    ),
  },
  [folder('sign')]: {
    asking: signing(0),
    error: then(signing(0), async (page) => {
      await page.click('main button.govuk-button');
      await page.waitForSelector('.govuk-error-summary');
    }),
    'sign-in-again': signing(6),
    'time-not-told': signing(null),
  },
  [folder('decide')]: {
    choose: at('amina', async (world) => {
      await activeAgreement(world);
      return '/agreements/may-i-share';
    }),
    asking: at('amina', asking),
    error: then(at('amina', asking), sendWrongly('Ask')),
  },
  [folder('decision')]: {
    permitted: at('amina', async (world) => `/agreements/decisions/${await decided(world, ['NAME'])}`),
    refused: at('amina', async (world) => `/agreements/decisions/${await decided(world, ['NAME', 'HEALTH'])}`),
  },
  [folder('decisions')]: {
    filled: at('amina', async (world) => {
      await decided(world, ['NAME']);
      return '/agreements/decisions';
    }),
    empty: at('hana', '/agreements/decisions'),
  },
  [folder('compare')]: {
    changed: at('kit', async (world) => `/agreements/${await nextVersion(world, { title: 'Another' })}/compare`),
    same: at('kit', async (world) => `/agreements/${await nextVersion(world)}/compare`),
    only: at('kit', draft('/compare')),
  },
  [folder('preview')]: {
    changes: at('kit', async (world) => `/agreements/${await widened(world)}/preview`),
    same: at('kit', async (world) => `/agreements/${await nextVersion(world)}/preview`),
  },
  [folder('print')]: { printed: at('amina', async (world) => `/agreements/${await activeAgreement(world)}/print`) },
  [folder('published')]: {
    filled: anybody(async (world) => {
      await activeAgreement(world);
      return '/published-agreements';
    }),
    empty: anybody(async () => '/published-agreements?organisation=none'),
  },
  [folder('published-agreement')]: { shown: anybody(published) },
  [folder('picture')]: {
    filled: at('kit', async (world) => {
      await activeAgreement(world);
      return '/agreements/picture';
    }),
    filtered: at('kit', async (world) => {
      await activeAgreement(world);
      return '/agreements/picture?purpose=MARAC&category=SPECIAL';
    }),
    empty: at('hana', '/agreements/picture'),
  },
  [folder('liaison')]: {
    filled: at('kit', async (world) => {
      await activeAgreement(world);
      return '/agreements/liaison';
    }),
    gaps: at('kit', async (world) => {
      await withoutLiaison(world);
      return '/agreements/liaison';
    }),
    empty: at('hana', '/agreements/liaison'),
  },
  [folder('drops/list')]: {
    filled: at('kit', async (world) => {
      await dropChecked(world);
      return '/agreements/drops';
    }),
    empty: at('kit', '/agreements/drops?set=fire-incidents'),
  },
  [folder('drops/owed')]: {
    filled: then(
      at('kit', async (world) => {
        await dropChecked(world);
        return '/agreements/drops/owed?quarter=2026-07-01';
      }),
      async (page) => expect(await page.innerText('main')).toMatch(/July to September 2026[\s\S]*Not sent yet|Missing/),
    ),
  },
  [folder('drops/check')]: {
    empty: at('yusuf', '/agreements/drops/check'),
    error: then(at('yusuf', '/agreements/drops/check'), sendWrongly('Check the file')),
    refused: then(at('yusuf', '/agreements/drops/check'), async (page) => {
      await page.check('input[value="police-crimes"]');
      await page.selectOption('[id="quarter"]', { index: 1 });
      await page.setInputFiles('[id="file"]', {
        name: 'crimes.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('day,area,kind,crimes\n1990-05-01,E01000001,burglary,1\n'),
      });
      await sendWrongly('Check the file')(page);
      await page.waitForSelector('text=which may be a date of birth');
    }),
  },
};
