import { safeHtml as safe } from '@concordat/platform';
import { cellsOf, COLUMNS, HOW_TO_CHECK, LIMITS, type Fact, type Report } from './report';

/** No script, nothing from elsewhere: it must open the same in ten years, on a computer without a network. */
const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color:#0b0c0c;max-width:75rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #b1b4b6;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(10rem,16rem) 1fr;gap:.25rem 1rem}dt{font-weight:700}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}.scroll:focus{outline:3px solid #0b0c0c}caption{text-align:left;font-weight:700;padding:.5rem 0}@media print{body{margin:0;font-size:12px}thead{display:table-header-group}tr{break-inside:avoid}}`;

const facts = (rows: readonly Fact[]): string =>
  `<dl>${rows.map(({ key, value }) => `<dt>${safe(key)}</dt><dd>${safe(value)}</dd>`).join('')}</dl>`;
const section = (heading: string, body: string): string => `<section><h2>${safe(heading)}</h2>\n${body}\n</section>\n`;
const list = (items: readonly string[], tag: 'ol' | 'ul'): string =>
  `<${tag}>${items.map((i) => `<li>${safe(i)}</li>`).join('')}</${tag}>`;

/** reportHtml writes the report as one page that stands alone, in pieces. */
export function* reportHtml(report: Report): Generator<string> {
  yield `<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${safe(report.title)}</title><style>${STYLE}</style></head>
<body><main>\n<h1>${safe(report.title)}</h1>\n`;
  yield section('What was asked', facts(report.asked));
  yield section('This bundle', facts(report.made));
  yield section('The ledger', facts(report.ledger));
  yield section(
    'What happened',
    report.totals.length > 0 ? facts(report.totals) : '<p>No acts are on record for this.</p>',
  );
  if (report.acts.length > 0) {
    yield `<section><h2>Acts</h2>\n<div class="scroll" tabindex="0" role="region" aria-label="Acts"><table><caption>In the order in which they were sealed</caption><thead><tr>${COLUMNS.map((c) => `<th scope="col">${c}</th>`).join('')}</tr></thead><tbody>\n`;
    for (const line of report.acts)
      yield `<tr>${cellsOf(line)
        .map((c) => `<td>${safe(c)}</td>`)
        .join('')}</tr>\n`;
    yield '</tbody></table></div></section>\n';
  }
  if (report.unlisted > 0) yield `<p>${report.unlisted} more acts are in log.ledger.jsonl.</p>\n`;
  yield section('How to check it', list(HOW_TO_CHECK, 'ol'));
  yield section('What it cannot show', list(LIMITS, 'ul'));
  yield '</main></body></html>\n';
}
