import { IllegalTransition, type Action } from '@concordat/contracts';

/** What can be taken out of the system as a file, and as what each part of it is audited. Who may, `permissions` says (EXP-1). */
export const exportTypes = ['cases', 'people'] as const;
export type ExportType = (typeof exportTypes)[number];
export const EXPORTS = { cases: 'export.cases', people: 'export.people' } as const satisfies Record<ExportType, Action>;

/** The forms of a file, and what it takes to ask for one. */
export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const ASKING = { csv: 'export.request', json: 'export.as-json' } as const satisfies Record<ExportFormat, Action>;

/** `done` has a file; `expired` and `removed` had one; `failed` says why in a code. The export's own record stays (EXP-4). */
export const exportStates = ['running', 'done', 'cancelled', 'failed', 'expired', 'removed'] as const;
export type ExportState = (typeof exportStates)[number];

const STEPS = {
  cancel: { from: 'running', to: 'cancelled' },
  remove: { from: 'done', to: 'removed' },
} as const satisfies Record<string, { from: ExportState; to: ExportState }>;
export type ExportStep = keyof typeof STEPS;

/** stepExport gives the state after a step. Throws IllegalTransition `export.not-open` with the state it is in. */
export function stepExport(state: ExportState, step: ExportStep): ExportState {
  if (STEPS[step].from !== state)
    throw new IllegalTransition('export.not-open', 'This step is not open any more', state);
  return STEPS[step].to;
}

const LENGTH = 12;
const DIFFERENT = 7;
const COMMON = /pass.?word|qwert|12345|letmein|welcome|concordat|abcde|11111/i;

/**
 * Whether a password protects a file that leaves the system, where anybody who finds it may try for ever: long, of many
 * different characters, and nothing that is tried first (EXP-2).
 */
export const isStrongPassword = (password: string): boolean =>
  password.length >= LENGTH && new Set(password).size >= DIFFERENT && !COMMON.test(password);
