const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** safeHtml is text as it may stand in HTML, within an element or a quoted attribute. */
export const safeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c]!);
