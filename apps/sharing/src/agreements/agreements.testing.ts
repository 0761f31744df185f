import type { Agreement, Decision, Explanation, Finding } from '@concordat/sharing';
import { Tokens } from '@concordat/platform';
import type { TestApp } from '@concordat/testing';
import type { openTo } from '../agreement-record';
import type { AgreementHistory } from './agreements.repository';
import { COUNCIL, mended, NHS, POLICE } from './partnership.testing';

export const AGREEMENTS = '/api/sharing/agreements';
export const DECISIONS = '/api/sharing/decisions';

/** A version, as whoever may see it is told of it. */
export interface SeenAgreement {
  readonly version: number;
  readonly ownerOrg: string;
  readonly contentHash: string;
  readonly document: Agreement;
  readonly findings: readonly Finding[];
  readonly history: readonly AgreementHistory[];
  readonly versions: readonly { readonly id: string; readonly number: string; readonly status: string }[];
  readonly may: ReturnType<typeof openTo>;
}
interface Asked {
  readonly id: string;
  readonly decision: Decision;
  readonly explanation: Explanation;
  /** Whether a person is asked about it. */
  readonly asked: boolean;
}
interface Changed {
  readonly id: string;
  readonly status: string;
  readonly code?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
  readonly [more: string]: unknown;
}

/** What tests of agreements do with them, in a running app: Kit writes them, Yusuf checks them, three organisations sign. */
export function agreementsIn(appOf: () => TestApp) {
  let made = 0;
  const beginning = (more: object = {}) => ({
    ...{ template: 'marac', id: `northbank-marac-${++made}`, title: 'Northbank MARAC', contact: 'The partnership' },
    ...{
      effectiveFrom: '2026-01-01',
      reviewBy: '2099-01-01',
      expiresOn: '2099-12-31',
      parties: [COUNCIL, POLICE, NHS],
    },
    ...more,
  });
  const seen = async (id: string, username = 'kit') =>
    (await appOf().as(username).get<SeenAgreement>(`${AGREEMENTS}/${id}`)).body;
  const drafted = async (more: object = {}): Promise<string> => {
    const { status, body } = await appOf().as('kit').post<Changed>(`${AGREEMENTS}/from-template`, beginning(more));
    expect([status, body.errors]).toEqual([201, undefined]);
    return body.id;
  };
  const put = async (id: string, document: object, username = 'kit') =>
    appOf()
      .as(username)
      .put<Changed>(`${AGREEMENTS}/${id}`, { document }, { version: (await seen(id)).version });
  const step = async (id: string, what: string, username = 'kit', more: object = {}) =>
    appOf()
      .as(username)
      .post<Changed>(`${AGREEMENTS}/${id}/steps`, { do: what, ...more }, { version: (await seen(id)).version });
  const sign = async (id: string, username: string) => {
    const { version, contentHash } = await seen(id, username);
    return appOf().freshlyAs(username).post<Changed>(`${AGREEMENTS}/${id}/signatures`, { contentHash }, { version });
  };
  /** From now on, until it is restored, tokens are those of people who signed in then. */
  const signedIn = (at: () => number | null) => {
    const tokens = appOf().running.app.get(Tokens);
    const verify = tokens.verify.bind(tokens);
    return jest.spyOn(tokens, 'verify').mockImplementation(async (t) => ({ ...(await verify(t)), signedInAt: at() }));
  };
  /** In force: checked by somebody who did not write it, signed by all three. `change` is made to its terms first. */
  const active = async (more: object = {}, change = (document: Agreement) => document): Promise<string> => {
    const id = await drafted(more);
    expect((await put(id, mended(change((await seen(id)).document)))).status).toBe(200);
    expect((await step(id, 'submit')).body.status).toBe('IN_QA');
    expect((await step(id, 'assure', 'yusuf')).body.status).toBe('ASSURED');
    for (const username of ['kit', 'yusuf', 'ines']) expect((await sign(id, username)).status).toBe(200);
    const activated = await step(id, 'activate');
    expect([activated.body.status, (await seen(id)).findings]).toEqual(['ACTIVE', expect.anything()]);
    return id;
  };
  const question = (agreementId: string, more: object = {}) => ({
    ...{ kind: 'DISCLOSE', agreementId, sender: COUNCIL, recipients: [POLICE], purpose: 'MARAC', items: ['NAME'] },
    ...{ conditions: {}, subjects: [], method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE' },
    ...{ consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' }, ...more },
  });
  const pid = crypto.randomUUID();
  const subjects = [{ pid, about: 'VICTIM', match: 'EXACT', deceased: false }];
  const ask = async (agreementId: string, more: object = {}, username = 'amina') =>
    (
      await appOf()
        .as(username)
        .post<Asked>(DECISIONS, question(agreementId, { subjects, ...more }))
    ).body;
  const codeOf = async (id: string): Promise<string> => (await seen(id)).document.id;
  const lastAct = async (action: string) => (await appOf().acts('sharing')).findLast((a) => a.action === action);
  return { signedIn, beginning, seen, drafted, put, step, sign, active, question, pid, subjects, ask, codeOf, lastAct };
}
