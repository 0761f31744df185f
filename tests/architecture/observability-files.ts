import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}

const read = (name: string): string =>
  readFileSync(join(__dirname, '..', '..', 'deploy', 'observability', name), 'utf8');

export const rules = (): readonly Rule[] =>
  (parse(read('alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((g) => g.rules);

export const dashboardExpressions = (): readonly string[] =>
  (JSON.parse(read('dashboard.json')) as { panels: { targets: { expr: string }[] }[] }).panels.flatMap((p) =>
    p.targets.map((t) => t.expr),
  );

/** The names of metrics in an expression; the buckets of a histogram are the histogram. */
export const metricsIn = (expression: string): string[] =>
  [...expression.matchAll(/\b(?:concordat|process)_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ''));
