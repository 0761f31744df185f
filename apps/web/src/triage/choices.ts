import type { Reason } from '../apis/practice';

/** Coded reasons as choices; one that must be explained says so. */
export const reasonChoices = (reasons: readonly Reason[], prefix = '') =>
  reasons.map(({ code, title, hint, explain }) => ({
    value: code,
    text: title,
    hint: [hint, explain ? `Say more below${prefix}` : null].filter(Boolean).join('. ') || null,
  }));
