import { demand } from '@concordat/access';
import { endOfDay, startOfDay } from '@concordat/clocks';
import { Invalid, isId, mayDo, NotFound, readReference } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { couldSee, type AccessHistory, type MemberThen } from '../../look-back';
import { LookBackDto } from './look-back.dto';

const SHOWN = 100;

/**
 * Tells an auditor who could have seen a case or a person on a day, from participation, restriction, membership and emergency
 * openings as they were. Of what is closed to the auditor, as of what does not exist, there is nothing.
 */
@Injectable()
export class LookBackService {
  constructor(private readonly unit: UnitOfWork) {}

  ask(call: Call) {
    return this.unit.read({ action: 'access.look-back', call }, async (tx) => {
      demand(tx.actor, 'access.look-back');
      const dto = valid(LookBackDto, call.query);
      if ((dto.case === undefined) === (dto.person === undefined))
        throw new Invalid([{ field: 'case', code: 'required', message: 'Ask about one case or one person' }]);
      const { cases, members } = await historyOf(tx, dto);
      // A day in London, to its last instant.
      const between = { from: startOfDay(dto.on), to: new Date(endOfDay(dto.on).getTime() + 1) };
      const asked = dto.user ? members.filter((m) => m.userId === dto.user) : members;
      const could = cases.flatMap((c) => couldSee(c, asked, between, (roles) => mayDo(roles, 'case.view')));
      const page = dto.page ?? 1;
      tx.about({
        subjects: dto.person ? [dto.person] : [],
        objects: [
          ...cases.map((c) => ({ t: 'case' as const, id: c.caseId })),
          ...(dto.user ? [{ t: 'staff' as const, id: dto.user }] : []),
        ],
        detail: { asked: { ...dto }, count: could.length },
      });
      return {
        on: dto.on,
        cases: cases.map((c) => c.caseId),
        items: could.slice((page - 1) * SHOWN, page * SHOWN),
        count: could.length,
        page,
        pages: Math.max(1, Math.ceil(could.length / SHOWN)),
        /** Memberships before this time are not known here. */
        membersKnownFrom: members.length > 0 ? new Date(Math.min(...members.map((m) => m.since.getTime()))) : null,
      };
    });
  }
}

type Dated<T> = {
  readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
};

async function historyOf(
  tx: Tx,
  { case: held, person }: LookBackDto,
): Promise<{ cases: AccessHistory[]; members: MemberThen[] }> {
  const [row] = await tx.query<{ cases: object[] | null; members: Dated<MemberThen>[] | null }>(
    'SELECT cases, members FROM look_back($1, $2, $3)',
    [held ? readReference(held) : null, held && isId(held) ? held : null, person ?? null],
    'look-back',
  );
  if (!row?.cases || row.cases.length === 0) throw new NotFound(person ? 'person' : 'case');
  return {
    cases: row.cases.map((c) => revived(c) as AccessHistory),
    members: (row.members ?? []).map((m) => revived(m) as MemberThen),
  };
}

/** Times as the database writes them in JSON become times. */
function revived(value: unknown, key = ''): unknown {
  if ((key === 'since' || key === 'until') && typeof value === 'string') return new Date(value);
  if (Array.isArray(value)) return value.map((v) => revived(v));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, revived(v, k)]));
}
