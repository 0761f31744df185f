import { loadPacks } from '@concordat/packs';
import {
  checkAgreement,
  Declarations,
  decide,
  Register,
  takeStep,
  contentHashOf,
  type Agreement,
  type DecisionRequest,
} from '@concordat/sharing';
import type { AgencyType } from '@concordat/contracts';
import fc from 'fast-check';
import { join } from 'node:path';
import { begin } from './beginning';

const packs = loadPacks(join(__dirname, '../../../../packs/england-wales'));
const law = packs.sharingLaw();
const templates = packs.agreementTemplates();
const KINDS: AgencyType[] = [
  ...(['COUNCIL', 'POLICE', 'NHS', 'ICB', 'PROBATION', 'FIRE', 'HOUSING', 'VCS', 'EDUCATION', 'PRISON'] as const),
];
const CONTACT = { name: 'Information governance', email: 'governance@example.org' };

/** A draft of a template between one organisation of each kind, with what only its author can add. */
function complete(code: string, kinds: readonly AgencyType[]): Agreement {
  const { terms } = templates.find((t) => t.code === code)!;
  const parties = kinds.map((kind) => `org-${kind.toLowerCase()}`);
  const draft = begin(
    terms,
    {
      ...{ template: code, id: code, title: 'Title', contact: 'The partnership', parties },
      ...{ effectiveFrom: '2026-01-01', reviewBy: '2027-01-01', expiresOn: '2027-12-31' },
    },
    new Map(kinds.map((kind, i) => [parties[i]!, kind])),
  );
  return {
    ...{ ...draft, dpiaRef: 'DPIA-1', apdRefs: ['APD-1'] },
    parties: draft.parties.map((party) => ({
      ...{ ...party, signatory: { name: 'Signatory', post: 'Director' }, dlo: CONTACT, spoc: CONTACT, dpo: CONTACT },
      caldicottGuardian: CONTACT,
    })),
  };
}
const found = (agreement: Agreement, level: string) =>
  checkAgreement(agreement, [], law)
    .filter((f) => f.level === level)
    .map(({ check, path, what }) => `${check} ${path} ${what}`);

function active(agreement: Agreement): Agreement {
  const at = '2026-01-01T00:00:00Z';
  const contentHash = contentHashOf(agreement);
  const signed = agreement.parties.reduce<Agreement>(
    (was, { orgId }) => takeStep(was, { do: 'sign', orgId, signature: { contentHash, by: 'x' } }, 'x', at),
    { ...agreement, status: 'ASSURED' },
  );
  return takeStep(signed, { do: 'activate', findings: checkAgreement(signed, [], law) }, 'x', at);
}

describe('the templates of the pack', () => {
  it('are those that the partnership works under', () => {
    expect(templates.map((t) => t.code).sort()).toEqual([
      ...['adult-review', 'channel', 'child-review', 'community-safety', 'death-review', 'depersonalised-sets'],
      ...['hand-over', 'marac', 'mash', 'partnership-accord', 'protection-review', 'serious-violence'],
      ...['unified-review', 'weapons-review'],
    ]);
    expect(templates.every((t) => !t.verified && t.source.length > 10)).toBe(true);
  });

  it.each(templates.map((t) => [t.code]))('%s: between one agency of each kind, nothing is found in it', (code) => {
    const { terms } = templates.find((t) => t.code === code)!;
    const kinds = KINDS.filter((kind) => terms.flows.some(({ from, to }) => [...from, ...to].includes(kind)));
    const agreement = complete(code, kinds.length > 0 ? kinds : ['COUNCIL', 'POLICE']);
    expect([found(agreement, 'BLOCK'), found(agreement, 'WARN')]).toEqual([[], []]);
  });

  it('keep to the checks whoever of them are parties', () => {
    const some = fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 2 });
    fc.assert(
      fc.property(fc.constantFrom(...templates.map((t) => t.code)), some, (code, kinds) => {
        expect(found(complete(code, kinds), 'BLOCK')).toEqual([]);
      }),
    );
  });

  const asked = (agreement: Agreement, sender: string, recipient: string, more: Partial<DecisionRequest> = {}) =>
    decide(
      {
        requestId: 'r',
        at: '2026-06-01T12:00:00Z',
        kind: 'DISCLOSE',
        agreementId: agreement.id,
        sender: `org-${sender}`,
        recipients: [`org-${recipient}`],
        actor: { userId: 'u', orgId: `org-${sender}`, permissions: [] },
        purpose: agreement.purposes[0]?.code ?? 'NONE',
        items: ['NAME'],
        conditions: {},
        subjects: [{ pid: 'p', about: 'OTHER', match: 'EXACT', deceased: false }],
        method: 'CONCORDAT',
        classification: 'OFFICIAL',
        setting: 'OUTSIDE',
        consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' },
        ...more,
      },
      { register: Register.of([agreement], law), declarations: Declarations.of([]), auditDurable: true },
    );

  it('let a review of a death have what agencies knew, a charity only when it is told what for', () => {
    const agreement = active(complete('death-review', ['COUNCIL', 'POLICE', 'NHS', 'VCS']));
    expect(asked(agreement, 'nhs', 'council', { items: ['NAME', 'HEALTH'] }).outcome).toBe('PERMIT');
    expect(asked(agreement, 'vcs', 'council').reasons).toEqual(['REQUEST_STATEMENT_MISSING']);
    expect(asked(agreement, 'vcs', 'council', { statement: 'The review asks for it' }).outcome).toBe('PERMIT');
    expect(asked(agreement, 'council', 'police', { items: ['HEALTH'] }).reasons).toEqual(['ITEM_NOT_IN_SCOPE']);
  });

  it('let reviews of every kind beside have what it asks for, and their panels no health', () => {
    for (const [template, kind, lead, member] of [
      ['adult-review', 'safeguarding-adults-review', 'council', 'police'],
      ['protection-review', 'mappa-serious-case-review', 'probation', 'council'],
      ['child-review', 'child-safeguarding-practice-review', 'council', 'police'],
      ['child-review', 'rapid-review', 'council', 'police'],
      ['weapons-review', 'offensive-weapons-homicide-review', 'council', 'police'],
      ['unified-review', 'single-unified-safeguarding-review', 'council', 'police'],
    ] as const) {
      const agreement = active(complete(template, ['COUNCIL', 'POLICE', 'PROBATION', 'NHS', 'PRISON']));
      const { purpose, informs } = packs.reviewKind(kind, '2026-06-01')!.evidence!;
      const items = informs.map(({ code }) => code);
      const consent = { state: 'NOT_SOUGHT' as const };
      expect([template, asked(agreement, 'nhs', lead, { purpose, items, consent })]).toMatchObject([
        ...[template, { outcome: 'PERMIT' }],
      ]);
      expect(asked(agreement, lead, member, { purpose, items: ['CHRONOLOGY'], consent }).outcome).toBe('PERMIT');
      const health = items.find((code) => code.endsWith('HEALTH'))!;
      expect(asked(agreement, lead, member, { purpose, items: [health], consent }).reasons).toEqual([
        'ITEM_NOT_IN_SCOPE',
      ]);
    }
  });

  it('let agencies of a hub see what each other holds, health to whoever acts on it, and housing tells and is told nothing', () => {
    const agreement = active(complete('mash', ['COUNCIL', 'POLICE', 'NHS', 'EDUCATION', 'HOUSING']));
    const shown = (from: string, to: string, items: string[]) => asked(agreement, from, to, { items }).outcome;
    expect(shown('nhs', 'council', ['NAME', 'HEALTH'])).toBe('PERMIT');
    expect(shown('police', 'education', ['RISK', 'CONVICTIONS'])).toBe('PERMIT');
    expect(shown('housing', 'police', ['CONTACT'])).toBe('PERMIT');
    expect(shown('education', 'nhs', ['HEALTH'])).not.toBe('PERMIT');
    expect(shown('police', 'housing', ['RISK'])).not.toBe('PERMIT');
  });

  it('let a Channel panel assess without consent where that is in the public interest, and support only with it', () => {
    const agreement = active(complete('channel', ['COUNCIL', 'POLICE', 'NHS', 'EDUCATION']));
    expect(asked(agreement, 'education', 'police').reasons).toEqual(['PUBLIC_INTEREST_NOT_RECORDED']);
    expect(asked(agreement, 'education', 'police', { publicInterestRef: 'PI-1' }).outcome).toBe('PERMIT');
    const support = { purpose: 'CHANNEL-SUPPORT' };
    expect(asked(agreement, 'council', 'nhs', support).reasons).toEqual(['CONSENT_REQUIRED']);
    expect(asked(agreement, 'council', 'nhs', { ...support, consent: { state: 'GIVEN' } }).outcome).toBe('PERMIT');
  });

  it('carry no patient, and nothing personal from health, under the serious violence duty', () => {
    const agreement = active(complete('serious-violence', ['COUNCIL', 'POLICE', 'NHS']));
    const counts = { items: ['INJURY-COUNTS'], subjects: [] };
    expect(asked(agreement, 'nhs', 'police', counts).outcome).toBe('PERMIT');
    expect(asked(agreement, 'nhs', 'police', { items: ['INCIDENTS'] }).outcome).toBe('DENY');
    expect(asked(agreement, 'police', 'council', { items: ['OFFENDER-NAME', 'OFFENCES'] }).outcome).toBe('PERMIT');
  });

  it('permit nothing by the accord that the others stand under', () => {
    const agreement = active(complete('partnership-accord', ['COUNCIL', 'POLICE']));
    expect(agreement.status).toBe('ACTIVE');
    expect(asked(agreement, 'council', 'police').reasons).toEqual(['TIER_NOT_OPERATIVE']);
  });
});
