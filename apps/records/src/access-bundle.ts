import { civilDate } from '@concordat/clocks';
import { dayInWords, type AccessItemDecision } from '@concordat/contracts';
import { safeHtml as safe } from '@concordat/platform';

/** What was decided of one part of what is held. */
export interface DecidedItem {
  readonly title: string;
  readonly at: Date;
  readonly text: string;
  readonly decision: AccessItemDecision | null;
  readonly redacted: string | null;
  readonly exemption: string | null;
  /** The name, in the bundle, of the file that is given with it. */
  readonly file?: string;
}

/** What an answer says beside what it gives. */
export interface Answered {
  readonly receivedOn: string;
  readonly releasedAt: Date;
  readonly pack: string;
}

/** The answer to somebody who asked what is held about them, before it is written as a page or as a PDF. */
export interface AccessAnswer {
  readonly title: string;
  readonly about: string;
  readonly parts: readonly {
    readonly title: string;
    readonly recorded: string;
    readonly text: string;
    readonly file: string | null;
  }[];
  /** Of what is withheld, in part or whole: how many parts, and on which ground. */
  readonly withheld: readonly string[];
}

/**
 * accessAnswer says what is given, each part as it is or as it was redacted, and of what is withheld only how much and on which
 * grounds. What is undecided is not in it; of a part that was redacted, no file is. Pure.
 */
export function accessAnswer(
  items: readonly DecidedItem[],
  about: Answered,
  exemptions: readonly { readonly code: string; readonly title: string }[],
): AccessAnswer {
  const given = items.filter((i) => i.decision === 'give' || i.decision === 'redact');
  const grounds = new Map<string, number>();
  for (const { decision, exemption } of items)
    if (decision === 'withhold' || decision === 'redact')
      grounds.set(exemption ?? '', (grounds.get(exemption ?? '') ?? 0) + 1);
  const titleOf = (code: string): string => exemptions.find((e) => e.code === code)?.title ?? code;
  return {
    title: 'What is held about you',
    about: `You asked on ${dayInWords(about.receivedOn)}. This is the answer of ${dayOf(about.releasedAt)}, by the rules ${about.pack}.`,
    parts: given.map((i) => ({
      title: i.title,
      recorded: `Recorded ${dayOf(i.at)}${i.decision === 'redact' ? '. Part of it is withheld' : ''}`,
      text: i.decision === 'redact' ? (i.redacted ?? '') : i.text,
      file: i.decision === 'give' ? (i.file ?? null) : null,
    })),
    withheld: [...grounds].map(([code, n]) => `${titleOf(code)}: ${n}`),
  };
}

const dayOf = (at: Date): string => dayInWords(civilDate(at));

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color:#0b0c0c;max-width:50rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:4px solid #b1b4b6;padding-left:1rem}`;

/** answerHtml writes an answer as one page that stands alone. Pure. */
export function answerHtml({ title, about, parts, withheld }: AccessAnswer): string {
  const sections = parts.map(
    (part) =>
      `<section><h2>${safe(part.title)}</h2><p>${safe(part.recorded)}</p><pre>${safe(part.text)}</pre>` +
      `${part.file ? `<p>The file itself: ${safe(part.file)}</p>` : ''}</section>`,
  );
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${safe(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${safe(title)}</h1>
<p>${safe(about)}</p>
${sections.length > 0 ? sections.join('\n') : '<p>Nothing is given.</p>'}
<section><h2>What is withheld</h2>${withheld.length > 0 ? `<p>Parts that are withheld in part or whole, by ground:</p><ul>${withheld.map((w) => `<li>${safe(w)}</li>`).join('')}</ul>` : '<p>Nothing is withheld.</p>'}</section>
</main></body></html>
`;
}
