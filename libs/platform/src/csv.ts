/**
 * One line of a CSV file (RFC 4180). A value that a spreadsheet would take for a formula is preceded by an apostrophe, and
 * is otherwise unchanged (OWASP, CSV injection).
 */
export const csvLine = (values: readonly (string | number | null | undefined)[]): string =>
  `${values.map((value) => quoted(harmless(String(value ?? '')))).join(',')}\r\n`;

const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
