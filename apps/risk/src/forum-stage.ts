import { dueDay, type CivilDay } from '@concordat/clocks';
import { IllegalTransition, Invalid, type FieldProblem, type ReferralStanding } from '@concordat/contracts';
import type { ForumKind, ForumStage } from '@concordat/packs';

/** That a stage of a case at a forum began or, of one that runs beside others, ended. Never changed. */
export interface StageStart {
  readonly stage: string;
  readonly beganOn: CivilDay;
  /** Whether it says that the stage ended: `beganOn` is then the day on which it did. */
  readonly ends?: boolean;
  readonly byId: string;
  readonly orgId: string;
  readonly at: string;
}

/** A stage that began, as the kind of forum now in force describes it. */
export interface StageLine extends StageStart {
  /** The code, where the kind knows such a stage no longer. */
  readonly title: string;
  /** The day on which the next began or, of one that runs beside others, that was put on record; null while it runs. */
  readonly endedOn: CivilDay | null;
  /** Until when it takes by what the kind says; null where nothing says so. It is no deadline: see `force`. */
  readonly until: CivilDay | null;
  readonly force: ForumStage['force'] | null;
}

const UNITS = { day: 'calendarDay', 'working-day': 'workingDay', month: 'month' } as const;
type Kind = Pick<ForumKind, 'stages'>;

/** stageUntil is the last day that a stage takes from the day on which it began, by what its kind says of it. Pure. */
export const stageUntil = ({ within }: ForumStage, beganOn: CivilDay): CivilDay | null =>
  within ? dueDay({ unit: UNITS[within.unit], value: within.value, mode: 'after' }, beganOn) : null;

const isBeside = ({ stages = [] }: Kind, code: string): boolean =>
  stages.find((each) => each.code === code)?.beside === true;

/** stagesOf is what began of a case at a forum, the first first. Pure. */
export function stagesOf(kind: Kind, starts: readonly StageStart[]): StageLine[] {
  return starts.flatMap((start, i) => {
    if (start.ends) return [];
    const stage = kind.stages?.find(({ code }) => code === start.stage);
    const beside = isBeside(kind, start.stage);
    const end = starts
      .slice(i + 1)
      .find((later) => (beside ? later.ends && later.stage === start.stage : !isBeside(kind, later.stage)));
    return {
      ...{ ...start, title: stage?.title ?? start.stage, endedOn: end?.beganOn ?? null },
      ...{ until: stage ? stageUntil(stage, start.beganOn) : null, force: stage?.force ?? null },
    };
  });
}

/** stagesToBegin is the stages that can begin now: every one of the kind that does not run. Pure. */
export const stagesToBegin = (kind: Kind, starts: readonly StageStart[]): ForumStage[] =>
  (kind.stages ?? []).filter(({ code }) => !running(kind, starts, code));

/** stagesToEnd is the stages whose end can be put on record: those that run beside others. Pure. */
export const stagesToEnd = (kind: Kind, starts: readonly StageStart[]): ForumStage[] =>
  (kind.stages ?? []).filter(({ code, beside }) => beside && running(kind, starts, code));

const running = (kind: Kind, starts: readonly StageStart[], code: string): StageLine | undefined =>
  stagesOf(kind, starts).find(({ stage, endedOn }) => stage === code && endedOn === null);

/** Where a referral stands, as far as it decides which stages can begin. */
export interface StageGround {
  readonly standing: ReferralStanding;
  readonly referredOn: CivilDay;
  readonly today: CivilDay;
}

/**
 * mustBegin lets a stage begin on a day: one that the kind knows and that does not run already, of a referral that the forum takes,
 * not before the referral or the stage before it, and not in the future. What runs beside others waits for none. Pure.
 * @throws IllegalTransition `forum-stage.not-open` or `forum-stage.runs` (409)
 * @throws Invalid with every problem
 */
export function mustBegin(
  kind: Kind,
  starts: readonly StageStart[],
  { stage, beganOn }: { readonly stage: string; readonly beganOn: CivilDay },
  ground: StageGround,
): void {
  mustTake(ground);
  if (running(kind, starts, stage)) throw new IllegalTransition('forum-stage.runs', 'This stage runs already', stage);
  const problems = wrongDay('beganOn', beganOn, ground);
  if (!(kind.stages ?? []).some(({ code }) => code === stage))
    problems.unshift({ field: 'stage', code: 'stage.unknown', message: 'Choose a stage of this forum' });
  const last = starts.findLast((each) => !isBeside(kind, each.stage));
  if (problems.length === 0 && last && !isBeside(kind, stage) && beganOn < last.beganOn)
    problems.push({ field: 'beganOn', code: 'too-early', message: 'The stage before it began later than that' });
  if (problems.length > 0) throw new Invalid(problems);
}

/**
 * mustEnd lets the end of a stage be put on record: of one that runs beside others, not before it began, and not in the future. Pure.
 * @throws IllegalTransition `forum-stage.not-open` or `forum-stage.not-running` (409)
 * @throws Invalid with every problem
 */
export function mustEnd(
  kind: Kind,
  starts: readonly StageStart[],
  { stage, endedOn }: { readonly stage: string; readonly endedOn: CivilDay },
  ground: StageGround,
): void {
  mustTake(ground);
  const runs = isBeside(kind, stage) ? running(kind, starts, stage) : undefined;
  if (!runs) throw new IllegalTransition('forum-stage.not-running', 'No such stage runs beside others', stage);
  const problems = wrongDay('endedOn', endedOn, { ...ground, referredOn: runs.beganOn }, 'It began later than that');
  if (problems.length > 0) throw new Invalid(problems);
}

function mustTake({ standing }: StageGround): void {
  if (standing !== 'submitted')
    throw new IllegalTransition('forum-stage.not-open', 'The forum does not take this referral', standing);
}

function wrongDay(
  field: string,
  day: CivilDay,
  { referredOn, today }: StageGround,
  early = 'The case was referred later than that',
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (day > today) problems.push({ field, code: 'in-the-future', message: 'The day must be today or earlier' });
  if (day < referredOn) problems.push({ field, code: 'too-early', message: early });
  return problems;
}
