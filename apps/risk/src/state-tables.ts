import {
  actionStates,
  actionSteps,
  agendaItemStates,
  amendmentAnswers,
  amendmentStates,
  flagStates,
  flagSteps,
  IllegalTransition,
  meetingStates,
  referralStandings,
  referralSteps,
} from '@concordat/contracts';
import { itemCommands, itemTaken, mustBe } from './agenda-item-state';
import { answered } from './amendment';
import { advanced } from './conference-action';
import { flagTaken, mustBeFlagStep } from './flag';
import { meetingCommands, mustBeOpen, stepTaken } from './meeting';
import { standingAfter } from './referral-standing';

/** Every state beside every command of one kind of record, and where each leads. */
interface Machine {
  readonly title: string;
  readonly states: readonly string[];
  readonly commands: readonly string[];
  /** The state that a command leads to; null where it stays. Throws IllegalTransition where it is not open. */
  readonly leads: (state: never, command: never) => string | null;
}
const anyone = { owner: true, lead: true, referrer: true, chair: true, refuser: false };

/** As the code decides them: each cell asks the rule that refuses the command. */
export const machines: readonly Machine[] = [
  {
    ...{ title: 'A meeting', states: meetingStates, commands: meetingCommands },
    leads: (state, command) => {
      mustBeOpen(state, command);
      return stepTaken(command);
    },
  },
  {
    ...{ title: 'A case on its agenda', states: agendaItemStates, commands: itemCommands },
    leads: (state, command) => {
      mustBe({ state }, command);
      return itemTaken(command);
    },
  },
  {
    ...{ title: 'An action', states: actionStates, commands: actionSteps },
    leads: (state, command) => advanced(state, command, anyone),
  },
  {
    ...{ title: 'A referral before it is heard', states: referralStandings, commands: referralSteps },
    leads: (state, command) => standingAfter(state, command, anyone),
  },
  {
    ...{ title: 'A flag on the file of an agency', states: flagStates, commands: flagSteps },
    leads: (state, command) => {
      mustBeFlagStep(state, command);
      return flagTaken(command);
    },
  },
  {
    ...{ title: 'What is proposed to be put right in minutes', states: amendmentStates, commands: amendmentAnswers },
    leads: (state, command) => answered({ state, proposedBy: 'another' }, command, 'a chair'),
  },
];

/** What a machine answers to a command in a state: where it leads, or the code by which it is refused. */
export function cellOf({ leads }: Machine, state: string, command: string): { to: string | null } | { code: string } {
  try {
    return { to: leads(state as never, command as never) };
  } catch (error) {
    if (error instanceof IllegalTransition) return { code: error.code };
    throw error;
  }
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
function tableOf(machine: Machine): string {
  const rows = machine.commands.map((command) => [
    `\`${command}\``,
    ...machine.states.map((state) => {
      const cell = cellOf(machine, state, command);
      return 'code' in cell ? `409 \`${cell.code}\`` : cell.to === null ? 'open' : `→ ${cell.to}`;
    }),
  ]);
  const header = ['command', ...machine.states];
  return [header, header.map(() => '---'), ...rows].map(rowOf).join('\n');
}

/** Every state beside every command, as it stands in docs/generated/states.md. */
export const stateTables = (): string => `# What may be done in which state

From \`apps/risk/src/state-tables.ts\`, which asks the rules that the services ask. → is the state that a command leads to; *open*, that
it may be done and the state stays; 409, that it is refused, with this code and the state in the answer. That a state allows a command
is necessary, not sufficient: [what may be done to a meeting](../meetings.md) says what else is needed, and who may.

${machines.map((machine) => `## ${machine.title}\n\n${tableOf(machine)}\n`).join('\n')}`;
