/** Whoever names themselves after others comes before them: Edge says that it is Chrome, and Chrome that it is Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|\bCriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
];
const MACHINES: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'a Mac'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * browserOf is the kind of browser in plain words, by what it says of itself (`User-Agent`), which may be anything: `Firefox on
 * Windows`. Enough for a person to know their own by; the text itself is not kept. Pure.
 */
export function browserOf(userAgent: string | undefined): string {
  const said = (userAgent ?? '').slice(0, 500);
  const find = (kinds: typeof BROWSERS) => kinds.find(([form]) => form.test(said))?.[1];
  const [browser, machine] = [find(BROWSERS), find(MACHINES)];
  if (!browser && !machine) return 'An unknown browser';
  return `${browser ?? 'A browser'}${machine ? ` on ${machine}` : ''}`;
}
