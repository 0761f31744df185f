import { notChecked, well, wrong, type Finding } from '../doctor/finding';
import type { KeysInUse } from './keys';
import type { KeyName } from './places';

/** judgeKeys says of each key whether one before it is still needed, and whether anything opens under none that was given. */
export function judgeKeys({ found, passing }: KeysInUse): readonly Finding[] {
  const names = [...new Set(found.map(({ key }) => key))];
  return names.map((name) =>
    judge(
      name,
      found.filter(({ key }) => key === name),
      passing,
    ),
  );
}

function judge(name: KeyName, found: KeysInUse['found'], passing: number): Finding {
  const sum = (of: 'total' | 'older' | 'lost'): number =>
    found.reduce((n, { standing }) => n + (standing?.[of] ?? 0), 0);
  if (found.every(({ standing }) => standing === null))
    return notChecked(name, 'it was not given, so nobody has looked');
  if (sum('lost') > 0)
    return wrong(
      name,
      `${sum('lost')} of ${sum('total')} rows open under no key that was given`,
      `Look for the key that was in use before, and name it in ${name}_ALSO`,
    );
  if (sum('older') > 0)
    return wrong(
      name,
      `${sum('older')} of ${sum('total')} rows are under a key that is being left`,
      'npm run keys -- reseal; then take the older key away (docs/how-to/keys.md)',
    );
  const waiting = name === 'AUDIT_DETAIL_KEY' && passing > 0 ? `; ${passing} acts and exports are on their way` : '';
  return well(name, `${sum('total')} rows, all under the key of today${waiting}`);
}
