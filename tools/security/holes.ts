/** What the registry said of known holes: those of grade high or critical, or why nobody has looked. */
export type Holes = { readonly found: readonly string[] } | { readonly unanswered: string };

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  readonly statusCode?: number;
  readonly error?: { readonly code?: string };
}

/** holesIn reads what `npm audit --json` wrote. What is no report is never taken for a clean one. */
export function holesIn(stdout: string): Holes {
  let report: Report;
  try {
    report = JSON.parse(stdout) as Report;
  } catch {
    return { unanswered: 'npm wrote no report' };
  }
  if (report.vulnerabilities)
    return {
      found: Object.entries(report.vulnerabilities)
        .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
        .map(([name, { severity }]) => `${name} (${severity})`),
    };
  const why = report.statusCode ?? report.error?.code;
  return { unanswered: why === undefined ? 'the registry did not answer' : `the registry answered ${why}` };
}
