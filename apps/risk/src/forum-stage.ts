import { dueDay, type CivilDay } from '@concordat/clocks';
import { IllegalTransition, Invalid, type ReferralStanding } from '@concordat/contracts';
import type { ForumKind, ForumStage } from '@concordat/packs';

/** That a stage of a case at a forum began. Never changed: the next that begins ends it. */
export interface StageStart {
  readonly stage: string;
  readonly beganOn: CivilDay;
  readonly byId: string;
  readonly orgId: string;
  readonly at: string;
}

/** A stage that began, as the kind of forum now in force describes it. */
export interface StageLine extends StageStart {
  /** The code, where the kind knows such a stage no longer. */
  readonly title: string;
  /** The day on which the next began; null while it runs. */
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

/** stagesOf is what began of a case at a forum, the first first. Pure. */
export function stagesOf({ stages = [] }: Kind, starts: readonly StageStart[]): StageLine[] {
  return starts.map((start, i) => {
    const stage = stages.find(({ code }) => code === start.stage);
    return {
      ...{ ...start, title: stage?.title ?? start.stage, endedOn: starts[i + 1]?.beganOn ?? null },
      ...{ until: stage ? stageUntil(stage, start.beganOn) : null, force: stage?.force ?? null },
    };
  });
}

/** stagesToBegin is the stages that can begin now: every one of the kind but the one that runs. Pure. */
export const stagesToBegin = ({ stages = [] }: Kind, starts: readonly StageStart[]): ForumStage[] =>
  stages.filter(({ code }) => code !== starts.at(-1)?.stage);

/** Where a referral stands, as far as it decides which stages can begin. */
export interface StageGround {
  readonly standing: ReferralStanding;
  readonly referredOn: CivilDay;
  readonly today: CivilDay;
}

/**
 * mustBegin lets a stage begin on a day: one that the kind knows and that does not run already, of a referral that the forum takes,
 * not before the referral or the stage before it, and not in the future. Pure.
 * @throws IllegalTransition `forum-stage.not-open` or `forum-stage.runs` (409)
 * @throws Invalid with every problem
 */
export function mustBegin(
  kind: Kind,
  starts: readonly StageStart[],
  { stage, beganOn }: { readonly stage: string; readonly beganOn: CivilDay },
  { standing, referredOn, today }: StageGround,
): void {
  if (standing !== 'submitted')
    throw new IllegalTransition('forum-stage.not-open', 'The forum does not take this referral', standing);
  const last = starts.at(-1);
  if (last?.stage === stage) throw new IllegalTransition('forum-stage.runs', 'This stage runs already', stage);
  const problems: { field: string; code: string; message: string }[] = [];
  if (!(kind.stages ?? []).some(({ code }) => code === stage))
    problems.push({ field: 'stage', code: 'stage.unknown', message: 'Choose a stage of this forum' });
  if (beganOn > today)
    problems.push({ field: 'beganOn', code: 'in-the-future', message: 'The day must be today or earlier' });
  if (beganOn < referredOn)
    problems.push({ field: 'beganOn', code: 'too-early', message: 'The case was referred later than that' });
  else if (last && beganOn < last.beganOn)
    problems.push({ field: 'beganOn', code: 'too-early', message: 'The stage before it began later than that' });
  if (problems.length > 0) throw new Invalid(problems);
}
