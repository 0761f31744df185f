import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../../libs/platform/src/observing/metrics';
import { dashboardExpressions, metricsIn, rules } from './observability-files';

const RUNBOOKS = join(__dirname, '..', '..', 'docs', 'runbooks');
const runbookOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

describe('deploy/observability', () => {
  it('has a runbook for each alert, and an alert for each runbook', () => {
    expect(rules().length).toBeGreaterThan(10);
    for (const { alert, annotations } of rules())
      expect([alert, existsSync(join(RUNBOOKS, runbookOf(annotations.runbook_url)))]).toEqual([alert, true]);
    expect(readdirSync(RUNBOOKS).sort()).toEqual(
      rules()
        .map((r) => runbookOf(r.annotations.runbook_url))
        .sort(),
    );
  });

  it('tells in each runbook the rule that it is for', () => {
    for (const { alert, expr, annotations } of rules()) {
      const text = readFileSync(join(RUNBOOKS, runbookOf(annotations.runbook_url)), 'utf8');
      expect([alert, text.includes(`\`${expr}\``)]).toEqual([alert, true]);
    }
  });

  it('names only metrics that there are, and shows or watches every one of ours', () => {
    const named = new Set([...rules().map((r) => r.expr), ...dashboardExpressions()].flatMap(metricsIn));
    expect([...named].filter((name) => !(name in METRICS))).toEqual([]);
    const unused = Object.keys(METRICS).filter((name) => !named.has(name));
    expect(unused.sort()).toEqual(['concordat_http_in_flight', 'concordat_spans_dropped_total']);
  });
});
