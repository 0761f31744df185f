import { compareVersions, versionsById, type Agreement, type MeetingDeclaration } from '../agreement';
import type { LawTable } from '../law';
import { instantOf } from '../reading';
import { compileVersion } from './compile';
import type { CompiledVersion } from './compiled';

/**
 * Every agreement, all its versions, ready to be decided by. Never changed: `with` gives another that shares what is the same,
 * so a renewed agreement is decided by at once and a decision under way is not disturbed.
 */
export class Register {
  private constructor(
    readonly law: LawTable,
    private readonly byId: ReadonlyMap<string, readonly CompiledVersion[]>,
  ) {}

  static of(agreements: readonly Agreement[], law: LawTable): Register {
    const byId = new Map<string, readonly CompiledVersion[]>();
    for (const [id, versions] of versionsById(agreements)) byId.set(id, compileAll(versions, law));
    return new Register(law, byId);
  }

  /** with replaces all versions of one agreement. */
  with(id: string, versions: readonly Agreement[]): Register {
    return new Register(this.law, new Map(this.byId).set(id, compileAll(versions, this.law)));
  }

  ids(): readonly string[] {
    return [...this.byId.keys()];
  }

  /** The versions of an agreement in the order in which they take over; undefined when there is no such agreement. */
  versions(id: string): readonly CompiledVersion[] | undefined {
    return this.byId.get(id);
  }

  version(id: string, version: string): CompiledVersion | undefined {
    return this.byId.get(id)?.find(({ agreement }) => agreement.version === version);
  }
}

function compileAll(versions: readonly Agreement[], law: LawTable): CompiledVersion[] {
  return versions
    .map((version) => compileVersion(version, law))
    .sort((a, b) => a.begins - b.begins || compareVersions(a.agreement.version, b.agreement.version));
}

/** Who has declared at which meeting that they keep to which version of an agreement, and since when. */
export class Declarations {
  private readonly since = new Map<string, number>();

  static of(declarations: readonly MeetingDeclaration[]): Declarations {
    const all = new Declarations();
    for (const one of declarations) all.add(one);
    return all;
  }

  add({ meetingId, userId, agreementId, version, signedAt }: MeetingDeclaration): void {
    const key = keyOf(meetingId, userId, agreementId, version);
    this.since.set(key, Math.min(this.since.get(key) ?? Infinity, instantOf(signedAt)));
  }

  /** had tells whether a user had declared by an instant. */
  had(at: number, meetingId: string, userId: string, { id, version }: Pick<Agreement, 'id' | 'version'>): boolean {
    return (this.since.get(keyOf(meetingId, userId, id, version)) ?? Infinity) <= at;
  }
}

/** A line break stands in no identifier. */
const keyOf = (...parts: string[]): string => parts.join('\n');
