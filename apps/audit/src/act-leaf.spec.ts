import { actions, newEventId, newId, type ActRecorded } from '@concordat/contracts';
import { buildEntry, commitDetail, parseCanonical } from '@concordat/ledger';
import { agreementMention } from './under-agreement';
import { detailOf, leafOf, mentionsOf, ownerOf, readDetail, realsOf, type Act } from './act-leaf';

const AT = new Date('2026-11-24T09:00:00.123Z');
const [P, Q, CASE, USER, ORG, OTHER] = [newId(), newId(), newId(), newId(), newId(), newId()];

function act(change: Partial<ActRecorded> = {}): Act {
  const data: ActRecorded = {
    action: 'case.view',
    occurredAt: AT.toISOString(),
    actor: USER,
    actorRole: 'practitioner',
    actorOrg: ORG,
    subjects: [P],
    objects: [{ t: 'case', id: CASE, ver: '3' }],
    purpose: 'safeguarding',
    outcome: 'done',
    corr: newEventId(),
    sealed: 'AAAA',
    ...change,
  };
  const id = newEventId(AT.getTime());
  const rest = { type: 'audit.act-recorded.v1', source: 'records' as const, streamId: newId(), version: 7n, time: AT };
  return { id, ...rest, correlationId: data.corr, data };
}

const names = new Map<string, string>();
const pseudonym = (real: string): string => {
  if (!names.has(real)) names.set(real, names.size.toString(16).padStart(32, '0'));
  return names.get(real)!;
};
function seal(of: Act) {
  const commit = commitDetail(Buffer.alloc(32, 1), detailOf(of, {}));
  return buildEntry(leafOf(of, { origin: 'log.example/a', recordedAt: AT, commit, pseudonym })).toString('utf8');
}

describe('the leaf of an act', () => {
  it('says by codes and pseudonyms what was done, and by ids nothing', () => {
    const given = act({
      recipients: [{ org: OTHER, role: 'lead' }],
      reasons: ['role.not-entitled'],
      cause: newEventId(),
    });
    const entry = seal(given);
    for (const real of [P, CASE, USER]) expect(entry).not.toContain(real);
    expect(JSON.parse(entry)).toMatchObject({
      v: 1,
      eventId: given.id,
      src: { id: 'records', seq: '7' },
      op: 'CONSULTATION',
      act: 'VIEW_CASE',
      occurredAt: '2026-11-24T09:00:00.123Z',
      actor: pseudonym(USER),
      actorOrg: ORG,
      subjects: [pseudonym(P)],
      objects: [{ t: 'case', id: pseudonym(CASE), ver: '3' }],
      recipients: [{ org: OTHER, role: 'lead' }],
      reasons: ['role.not-entitled'],
    });
  });

  it('can be built for every action there is, erasure among them', () => {
    for (const action of actions) expect(() => seal(act({ action }))).not.toThrow();
  });

  it('has a name for everything that realsOf lists, and needs no other', () => {
    const given = act({ objects: [{ t: 'ledger', id: 'not-a-uuid' }], corr: '999-000-0018', cause: 'by hand' });
    const reals = new Set(realsOf(given));
    const asked = new Set<string>();
    const commit = '0'.repeat(64);
    leafOf(given, { origin: 'o', recordedAt: AT, commit, pseudonym: (real) => (asked.add(real), '0'.repeat(32)) });
    expect(asked).toEqual(reals);
  });

  it('never carries a correlation id that a caller made up', () => {
    expect(seal(act({ corr: 'Ada-Example-9990000018' }))).not.toContain('Ada');
  });

  it('withholds what is not a code, and keeps it in the detail', () => {
    const given = act({
      purpose: 'because Ada asked',
      reasons: ['fine', '9990000018'],
      items: ['192.0.2.7'],
      objects: [{ t: 'case', id: CASE, ver: 'seven' }],
    });
    const entry = seal(given);
    for (const secret of ['Ada', '9990000018', '192.0.2.7', 'seven']) {
      expect(entry).not.toContain(secret);
      expect(detailOf(given, {})).toContain(secret);
    }
    expect(JSON.parse(entry)).toMatchObject({
      purpose: 'withheld',
      reasons: ['fine', 'withheld'],
      items: ['withheld'],
    });
  });

  it('stays below the largest entry however much an act names, and says that there is more', () => {
    const many = Array.from({ length: 5_000 }, newId);
    const given = act({
      subjects: many,
      objects: many.map((id) => ({ t: 'referral' as const, id, ver: '12' })),
      recipients: many.map((org) => ({ org, role: 'r'.repeat(200), channel: 'c'.repeat(200) })),
      items: many.map((id) => id.repeat(5)),
      reasons: many.map((id) => id.repeat(5)),
    });
    const entry = seal(given);
    expect(Buffer.byteLength(entry)).toBeLessThan(65_535);
    expect(JSON.parse(entry).items).toContain('more-in-detail');
    expect(readDetail(detailOf(given, {})).act.subjects).toHaveLength(5_000);
  });
});

describe('the detail of an act', () => {
  it('is canonical, says all, and leaves out the seal', () => {
    const given = act();
    const text = detailOf(given, { path: '/api/records/cases/x', terms: 'O’Neill' });
    expect(() => parseCanonical(text)).not.toThrow();
    expect(text).not.toContain('sealed');
    expect(readDetail(text)).toMatchObject({
      act: { actor: USER, subjects: [P] },
      detail: { path: '/api/records/cases/x', terms: 'O’Neill' },
    });
  });

  it('can be written whatever a caller searched for', () => {
    let nested: unknown = 'deep';
    for (let i = 0; i < 500; i++) nested = { nested };
    for (const terms of ['\ud800', '\udc00 half', '\u0000', nested, { '\ud800': [1, null, true] }]) {
      expect(() => parseCanonical(detailOf(act(), { terms }))).not.toThrow();
    }
  });
});

describe('where an act can be found', () => {
  it('is under its subjects, user, objects and agencies, each once', () => {
    const given = act({
      subjects: [P, P, Q],
      objects: [
        { t: 'case', id: CASE },
        { t: 'person', id: P },
        { t: 'stream', id: 'no id of ours' },
      ],
      recipients: [{ org: ORG }, { org: OTHER }],
    });
    const found = mentionsOf(given).map(([kind, id]) => kind + id);
    expect(new Set(found)).toEqual(
      new Set([`u${USER}`, `a${ORG}`, `s${P}`, `s${Q}`, `o${CASE}`, `o${P}`, `a${OTHER}`]),
    );
    expect(found).toHaveLength(7);
  });
});

describe('under which agreement an act was done', () => {
  const found = (change: Partial<ActRecorded>): string[] =>
    mentionsOf(act(change)).flatMap(([kind, id]) => (kind === 'g' ? [id] : []));
  const decided = [
    { t: 'case', id: CASE },
    { t: 'decision', id: newId() },
  ] as const;

  it('is what the decision names, whatever the version', () => {
    const of = agreementMention('northbank-hand-over');
    expect(found({ objects: [...decided], rule: 'northbank-hand-over@1.0.0' })).toEqual([of]);
    expect(found({ objects: [...decided], rule: 'northbank-hand-over@2.10.3' })).toEqual([of]);
    expect(found({ objects: [{ t: 'agreement', id: newId() }], rule: 'northbank-hand-over@1.0.0' })).toEqual([of]);
    expect(found({ objects: [{ t: 'agreement', id: 'northbank-hand-over' }] })).toEqual([of]);
  });

  it.each(['england-wales@1.10.0/hand-over@1', 'marac@1', 'northbank.red@1', undefined])('is none by %p', (rule) =>
    expect(found({ objects: [...decided], ...(rule ? { rule } : {}) })).toEqual([]),
  );

  it('is none where a pack is stamped, and nothing was decided', () =>
    expect(found({ rule: 'england-wales@1.10.0' })).toEqual([]));
});

describe('whose key an act’s detail is under', () => {
  it('is the one subject’s, its own where there are several, the user’s where there is none', () => {
    expect(ownerOf(act())).toBe(P);
    const several = act({ subjects: [P, Q] });
    expect(ownerOf(several)).toBe(several.id);
    expect(ownerOf(act({ subjects: [] }))).toBe(USER);
  });
});
