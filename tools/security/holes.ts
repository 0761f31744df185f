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

/** Of whom known holes were asked, when, and about what. */
export interface Asked {
  /** As npm is set here; what somebody signs in with is never told. */
  readonly registry: string;
  readonly at: Date;
  /** SHA-256 of the lock file, in hex. */
  readonly lock: string;
}

/**
 * dataUsed says which data an answer rests on and of which time it is: a registry’s of that moment, or none at all. It is
 * told beside what was found, so that nobody takes “nothing found” for more than it is.
 */
export function dataUsed(holes: Holes, { registry, at, lock }: Asked): string {
  const { origin, pathname } = new URL(registry);
  const whom = `${origin}${pathname}`.replace(/\/$/, '');
  const about = `about package-lock.json (SHA-256 ${lock.slice(0, 12)})`;
  return 'found' in holes
    ? `data used: the advisories of ${whom} as of ${at.toISOString()}, asked ${about}`
    : `data used: none. ${whom} was asked ${about} at ${at.toISOString()}, and ${holes.unanswered}`;
}
