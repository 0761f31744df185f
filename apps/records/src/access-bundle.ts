import type { AccessItemDecision } from '@concordat/contracts';
import { safeHtml as safe } from '@concordat/platform';

/** What was decided of one part of what is held. */
export interface DecidedItem {
  readonly title: string;
  readonly at: Date;
  readonly text: string;
  readonly decision: AccessItemDecision | null;
  readonly redacted: string | null;
  readonly exemption: string | null;
}

/** What an answer says beside what it gives. */
export interface Answered {
  readonly receivedOn: string;
  readonly releasedAt: Date;
  readonly pack: string;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color:#0b0c0c;max-width:50rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:4px solid #b1b4b6;padding-left:1rem}`;

/**
 * answerHtml writes what is given as one page that stands alone: each part as it is or as it was redacted, and of what is
 * withheld only how much, and on which grounds. What is undecided is not in it. Pure.
 */
export function answerHtml(
  items: readonly DecidedItem[],
  about: Answered,
  exemptions: readonly { readonly code: string; readonly title: string }[],
): string {
  const given = items.filter((i) => i.decision === 'give' || i.decision === 'redact');
  const grounds = new Map<string, number>();
  for (const { decision, exemption } of items)
    if (decision === 'withhold' || decision === 'redact')
      grounds.set(exemption ?? '', (grounds.get(exemption ?? '') ?? 0) + 1);
  const titleOf = (code: string): string => exemptions.find((e) => e.code === code)?.title ?? code;
  const parts = given.map(
    (i) =>
      `<section><h2>${safe(i.title)}</h2><p>Recorded ${i.at.toISOString().slice(0, 10)}${i.decision === 'redact' ? '. Part of it is withheld' : ''}</p>` +
      `<pre>${safe(i.decision === 'redact' ? (i.redacted ?? '') : i.text)}</pre></section>`,
  );
  const withheld = [...grounds].map(([code, n]) => `<li>${safe(titleOf(code))}: ${n}</li>`);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>What is held about you</title><style>${STYLE}</style></head>
<body><main><h1>What is held about you</h1>
<p>You asked on ${safe(about.receivedOn)}. This is the answer of ${about.releasedAt.toISOString().slice(0, 10)}, by the rules ${safe(about.pack)}.</p>
${parts.length > 0 ? parts.join('\n') : '<p>Nothing is given.</p>'}
<section><h2>What is withheld</h2>${withheld.length > 0 ? `<p>Parts that are withheld in part or whole, by ground:</p><ul>${withheld.join('')}</ul>` : '<p>Nothing is withheld.</p>'}</section>
</main></body></html>
`;
}
