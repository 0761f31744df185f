import { actions, permissions, type Action, type Role } from '@concordat/contracts';
import { wordsOf } from '../design/filters';

/** What may be done with one kind of thing. */
export interface Powers {
  readonly thing: string;
  readonly may: string;
}

/** powersOf is everything that is open to a role, or to every member, by what it is done with: `permissions.ts` in words. Pure. */
export function powersOf(who: Role | 'anyone'): Powers[] {
  const found = new Map<string, string[]>();
  for (const action of actions.filter((each) => isOpenTo(who, each))) {
    const [noun = '', verb = ''] = action.split('.');
    found.set(noun, [...(found.get(noun) ?? []), verb.replaceAll('-', ' ')]);
  }
  return [...found]
    .map(([noun, verbs]) => ({ thing: wordsOf(noun), may: verbs.sort().join(', ') }))
    .sort((a, b) => a.thing.localeCompare(b.thing));
}

const isOpenTo = (who: Role | 'anyone', action: Action): boolean =>
  (permissions[action].who as readonly string[]).includes(who);
