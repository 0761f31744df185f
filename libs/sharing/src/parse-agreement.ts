import type { Agreement } from './agreement';
import { agreement } from './agreement-shape';
import type { LawTable } from './law';
import type { Outcome, Problem } from './problem';
import { fromText, readAs } from './reading';

/** An agreement of fifty parties and a thousand lines takes about half a megabyte. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * parseAgreement reads one version of an agreement from untrusted JSON: a text, or a value that has been parsed already.
 * Law codes are brought to their short form; with a law table, codes that it does not have are problems too. Either the
 * whole agreement comes back or everything that is wrong with it, with a path and a code beginning `agreement.` each.
 */
export function parseAgreement(input: unknown, law?: LawTable): Outcome<Agreement> {
  const value = typeof input === 'string' ? fromText('agreement', MAX_BYTES, input) : { value: input };
  if ('problem' in value) return { ok: false, problems: [value.problem] };
  const read = readAs('agreement', agreement, value.value);
  if (!read.ok || !law) return read;
  const problems = unknownLawCodes(read.value, law);
  return problems.length > 0 ? { ok: false, problems } : read;
}

/** unknownLawCodes lists the codes in basis lines and purposes that a law table does not have, and powers not in force. */
export function unknownLawCodes({ basisLines, purposes, dataItems }: Agreement, law: LawTable): Problem[] {
  const problems: Problem[] = [];
  const look = (path: string, code: string | undefined, known: readonly { readonly code: string }[]): void => {
    if (code === undefined || known.some((each) => each.code === code)) return;
    problems.push({ path, code: 'agreement.code-unknown', message: 'is not a code of the law table' });
  };
  const lookAll = (path: string, codes: readonly string[] | undefined, known: readonly { code: string }[]): void =>
    codes?.forEach((code, index) => look(`${path}[${index}]`, code, known));
  basisLines.forEach((line, index) => {
    const at = `basisLines[${index}]`;
    look(`${at}.art6`, line.art6, line.regime === 'PART3' ? law.part3 : law.art6);
    look(`${at}.rliCondition`, line.rliCondition, law.rliConditions);
    look(`${at}.art9`, line.art9, law.art9);
    lookAll(`${at}.sch1`, line.sch1, law.sch1);
    lookAll(`${at}.sch8`, line.sch8, law.sch8);
    lookAll(`${at}.gateways`, line.gateways, law.gateways);
    line.gateways.forEach((code, place) => {
      if (law.gateways.find((gateway) => gateway.code === code)?.selectable !== false) return;
      const path = `${at}.gateways[${place}]`;
      problems.push({
        path,
        code: 'agreement.code-not-selectable',
        message: 'is not in force, so no line may rely on it',
      });
    });
  });
  purposes.forEach(({ annex2Compat }, index) => look(`purposes[${index}].annex2Compat`, annex2Compat, law.reuse));
  dataItems.forEach(({ condition }, index) => look(`dataItems[${index}].condition`, condition, law.facts));
  return problems;
}
