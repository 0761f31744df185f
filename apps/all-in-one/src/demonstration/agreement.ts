import { createHash } from 'node:crypto';
import { demoAgreement, signInNames, type DemoAgreement } from './demo-files';
import type { Answer, Visitors } from './visitors';

const AT = '/api/sharing/agreements';
const CONTACT = { name: 'Information governance', email: 'governance@example.org' };

interface Seen {
  readonly version: number;
  readonly contentHash: string;
  readonly document: {
    readonly status: string;
    readonly parties: readonly { readonly orgId: string; readonly agencyType: string; readonly signedAt?: string }[];
  };
}

/**
 * signAgreement brings a demonstration agreement into force through the API, by the people who would. It goes on from
 * wherever it stands, so that a run that was cut short is completed by the next. Throws when the API refuses a step.
 */
export async function signAgreement(visitors: Visitors, agreement: DemoAgreement = demoAgreement()): Promise<void> {
  const { signedBy, dpiaRef, apdRef, ...beginning } = agreement;
  const [author, assurer] = signedBy as [string, string];
  const orgs = new Map(signInNames().map((p) => [p.username, p.organisationId]));
  const orgOf = (username: string): string => orgs.get(username) ?? username;
  const post = async (by: string, path: string, body: object, version?: number): Promise<Answer> => {
    const key = createHash('sha256')
      .update(`${path} ${JSON.stringify(body)}`)
      .digest('base64url');
    return expecting(await visitors.as(by).send('POST', path, { body, key, ...(version ? { version } : {}) }));
  };
  const made = await post(author, `${AT}/from-template`, { ...beginning, parties: signedBy.map(orgOf) });
  const at = `${AT}/${(made.body as { id: string }).id}`;
  const seen = async (): Promise<Seen> => expecting(await visitors.as(author).send('GET', at)).body as Seen;
  const step = async (by: string, what: string): Promise<void> =>
    void (await post(by, `${at}/steps`, { do: what }, (await seen()).version));

  const { document, version } = await seen();
  if (document.status === 'DRAFT') {
    const mended = {
      ...{ ...document, dpiaRef, apdRefs: [apdRef] },
      parties: document.parties.map((party) => ({
        ...{ ...party, signatory: { name: 'Chief officer', post: 'Director' } },
        ...{ dlo: CONTACT, spoc: CONTACT, dpo: CONTACT },
        ...(party.agencyType === 'NHS' ? { caldicottGuardian: CONTACT } : {}),
      })),
    };
    expecting(await visitors.as(author).send('PUT', at, { body: { document: mended }, version }));
    await step(author, 'submit');
  }
  if ((await seen()).document.status === 'IN_QA') await step(assurer, 'assure');
  for (const signer of signedBy) {
    const now = await seen();
    if (now.document.parties.some((p) => p.orgId === orgOf(signer) && p.signedAt)) continue;
    await post(signer, `${at}/signatures`, { contentHash: now.contentHash }, now.version);
  }
  if ((await seen()).document.status === 'SIGNED') await step(author, 'activate');
}

function expecting(answer: Answer): Answer {
  if (answer.status < 300) return answer;
  const { code = '', errors = [] } = answer.body as {
    code?: string;
    errors?: readonly { field: string; code: string }[];
  };
  const fields = errors.map((e) => `${e.field} (${e.code})`).join(', ');
  throw new Error(`The demonstration agreement could not be signed: ${answer.status} ${code} ${fields}`.trimEnd());
}
