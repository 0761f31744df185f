import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellOf, machines, stateTables } from './state-tables';

describe('every state beside every command', () => {
  it('is allowed and leads to a state that there is, or is refused with 409 and a code of why', () => {
    const refusals = new Set<string>();
    for (const machine of machines)
      for (const state of machine.states)
        for (const command of machine.commands) {
          const cell = cellOf(machine, state, command);
          if ('code' in cell) refusals.add(cell.code);
          else expect([null, ...machine.states]).toContain(cell.to);
        }
    expect([...refusals].sort()).toEqual([
      ...['agenda-item.not-open', 'amendment.answered', 'conference-action.step-not-open', 'forum-flag.step-not-open'],
      ...['forum-referral.step-not-open', 'meeting.too-early', 'meeting.too-late'],
    ]);
  });

  it('leaves every record a way to its end, and none beyond it', () => {
    const ends = machines.map((machine) => [
      machine.title,
      machine.states.filter((state) =>
        machine.commands.every((command) => {
          const cell = cellOf(machine, state, command);
          return 'code' in cell || cell.to === null;
        }),
      ),
    ]);
    expect(ends).toEqual([
      ['A meeting', ['closed', 'cancelled']],
      ['A case on its agenda', ['heard', 'deferred']],
      ['An action', ['done', 'not-possible', 'escalated']],
      ['A referral before it is heard', ['refused', 'transferred', 'withdrawn', 'merged']],
      ['A flag on the file of an agency', ['confirmed', 'removed']],
      ['What is proposed to be put right in minutes', ['agreed', 'refused']],
    ]);
  });

  it('is documented as it is: `npm run generate` writes it', () => {
    const written = readFileSync(join(__dirname, '../../../docs/generated/states.md'), 'utf8');
    expect(stateTables()).toBe(written);
  });
});
