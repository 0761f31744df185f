import {
  activeAgreement,
  agreementDrafted,
  answeredByKit,
  assured,
  breachFound,
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
/**
 * Tomas shares in an emergency, so many minutes after signing in; null where nobody can tell when that was: what he was refused before, or
 * what he did not ask.
 */
const sharing =
  (what: 'refused' | 'nothing', minutesAgo: number | null): Drive =>
  async (world) => {
    const page = await (await world.signedIn('tomas')).newPage();
    await signedInAt(world, page, minutesAgo === null ? null : Date.now() - minutesAgo * 60_000);
    const of = what === 'refused' ? `?decision=${await decided(world, ['NAME', 'HEALTH'], 'EXACT', 'tomas')}` : '';
    await page.goto(`${world.url}/agreements/emergencies/share${of}`);
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
    authorise: then(
      at('amina', async (world) => `/agreements/to-decide/${await sharedInEmergency(world)}`),
      async (page) => {
        const at = page.url();
        await sendWrongly('Put it on record')(page);
        await page.check('input[value="given"]');
        await page.click('button:has-text("Put it on record")');
        await page.waitForSelector('.moj-alert');
        await page.goto(at);
        expect(await page.innerText('main')).toContain('who authorised it');
      },
    ),
  },
  [folder('emergencies/list')]: {
    filled: at('kit', async (world) => {
      await sharedInEmergency(world);
      return '/agreements/emergencies?state=to-review';
    }),
    empty: at('petra', '/agreements/emergencies'),
  },
  [folder('emergencies/share')]: {
    'refused-before': sharing('refused', 0),
    'nothing-asked': then(sharing('nothing', 0), async (page) => {
      expect(await page.innerText('main')).toContain('Who is to have it?');
    }),
    error: then(sharing('refused', 0), async (page) => {
      const asked = page.url();
      await page.fill('#account', 'He is at her door.');
      await sendWrongly('Share it and tell the leads')(page);
      expect(await page.inputValue('#account')).toContain('at her door');
      // Put right, it is allowed as an emergency, and leads to the register.
      await page.check('input[value="LIFE_AT_RISK"]');
      await page.selectOption('#authoriser', { index: 1 });
      await page.check('input[value="VITAL_INTERESTS"]');
      await page.click('button:has-text("Share it and tell the leads")');
      await page.waitForSelector('text=reviewed by somebody else');
      await page.goto(asked);
      await sendWrongly('Share it and tell the leads')(page);
    }),
    'sign-in-again': sharing('refused', 6),
    'time-not-told': sharing('nothing', null),
  },
  [folder('breaches/list')]: {
    filled: at('kit', async (world) => {
      await breachFound(world);
      return '/agreements/breaches';
    }),
    empty: at('yusuf', '/agreements/breaches?state=to-notify'),
  },
  [folder('breaches/open')]: {
    empty: at('kit', '/agreements/breaches/open'),
    error: then(at('kit', '/agreements/breaches/open'), async (page) => {
      await page.fill('#account', 'A letter went to the wrong house.');
      await sendWrongly('Begin to assess it')(page);
      expect(await page.inputValue('#account')).toContain('wrong house');
    }),
  },
  [folder('breaches/one')]: {
    'to-assess': at('kit', async (world) => `/agreements/breaches/${await breachFound(world)}`),
    error: then(
      at('kit', async (world) => `/agreements/breaches/${await breachFound(world)}`),
      async (page) => {
        await page.check('#risk-2');
        await page.fill('#affected', '1');
        await page.check('#notify-2');
        await page.check('#tellPeople-2');
        await page.fill('#reason', 'Her address was in it.');
        await page.fill('#remedy', 'It is deleted.');
        await sendWrongly('Record your assessment')(page);
        expect(await page.innerText('main')).toContain(
          'Select yes: the Commissioner must be told, unless nobody is likely to be harmed',
        );
        expect(await page.inputValue('#reason')).toContain('address');
      },
    ),
    'to-notify': at('kit', async (world) => `/agreements/breaches/${await breachFound(world, 'to-notify')}`),
    closed: at('kit', async (world) => `/agreements/breaches/${await breachFound(world, 'closed')}`),
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
