import { examineNode } from './around';
import { judgeClock, judgeLedger, judgeMigrations, judgePath, judgeRoles, judgeServer, judgeWalls } from './judge';

const said = (found: readonly { state: string; says: string }[]) =>
  found.filter((f) => f.state === 'wrong').map((f) => f.says);
const on = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const role = { role: 'concordat_risk', powers: [], foreign: [], owns: 0 };
const path = { context: 'risk', oldestEvent: null, oldestAct: null, parked: 0, malformed: 0 };

describe('what the doctor makes of what it finds', () => {
  it('finds nothing wrong with what is well', () => {
    const all = [
      ...judgeServer(15, on),
      judgeClock(10_000, 8_000),
      ...judgeRoles(['concordat_risk'], [role]),
      ...judgeWalls([]),
      ...judgePath({ ...path, oldestEvent: 60 }),
      judgeLedger({ size: 10, signedSize: 8, signedAgo: 60 }),
      judgeLedger({ size: 10, signedSize: 10, signedAgo: 1200 }),
      examineNode('v20.19.0'),
      examineNode('v22.12.1'),
      examineNode('v24.0.0'),
    ];
    expect(said(all)).toEqual([]);
    expect(judgeMigrations('risk', ['A'], ['A'])).toEqual([]);
  });

  it('names what is wrong, and says how it is mended', () => {
    const all = [
      ...judgeServer(14, { ...on, fsync: 'off' }),
      judgeClock(10_000, 7_999),
      ...judgeRoles(
        ['concordat_risk', 'concordat_audit'],
        [{ ...role, powers: ['superuser'], foreign: ['records'], owns: 2 }],
      ),
      ...judgeWalls(['risk.assessment']),
      ...judgeMigrations('risk', ['A', 'B'], ['A', 'C']),
      ...judgePath({ context: 'risk', oldestEvent: 61, oldestAct: 3600, parked: 1, malformed: 2 }),
      judgeLedger({ size: 10, signedSize: 8, signedAgo: 61 }),
      judgeLedger({ size: 10, signedSize: 10, signedAgo: 1201 }),
      judgeLedger({ size: 10, signedSize: 0, signedAgo: null }),
      examineNode('v20.18.1'),
      examineNode('v21.7.0'),
      examineNode('v18.20.0'),
    ];
    expect(said(all)).toHaveLength(all.length);
    expect(all.every((f) => f.mend)).toBe(true);
    expect(said(all)).toMatchInlineSnapshot(`
      [
        "PostgreSQL 14 is too old",
        "fsync is off: what was acknowledged could be lost",
        "the database and this machine are 2.0 s apart",
        "concordat_audit does not exist",
        "concordat_risk has what it must not have: superuser",
        "concordat_risk may use the schema records, which is not its own",
        "concordat_risk owns 2 tables, and so is not held by their walls",
        "the policies of risk.assessment are not in force",
        "risk lacks B",
        "risk has had C, which this version does not know",
        "risk: an event has waited 61 s to be sent",
        "risk: an act for the ledger has waited 3600 s to be sent",
        "risk: 1 records are held up",
        "risk: 2 messages could not be read",
        "2 entries are not under a signed checkpoint after 61 s",
        "the newest checkpoint is 20 minutes old",
        "no checkpoint was ever signed over 10 entries",
        "v20.18.1 is not supported",
        "v21.7.0 is not supported",
        "v18.20.0 is not supported",
      ]
    `);
  });
});
