const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
] as const;
/** Welsh, folded. */
const MISOEDD = [
  ...['ionawr', 'chwefror', 'mawrth', 'ebrill', 'mai', 'mehefin'],
  ...['gorffennaf', 'awst', 'medi', 'hydref', 'tachwedd', 'rhagfyr'],
] as const;
const ORDINALS = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh'],
  ...['twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'],
  ...['twentieth', 'twenty[- ]first', 'twenty[- ]second', 'twenty[- ]third', 'twenty[- ]fourth', 'twenty[- ]fifth'],
  ...['twenty[- ]sixth', 'twenty[- ]seventh', 'twenty[- ]eighth', 'twenty[- ]ninth', 'thirtieth', 'thirty[- ]first'],
] as const;

/**
 * datePattern is a day as it may be written, for folded text: 12 March 2024, 12th of Mar ’24, March 12, 2024, 12/03/2024,
 * 12.3.24, 2024-03-12, 20240312, 12032024, 03/12/2024, 12-Mar-24, the twelfth of March 2024, 12 Mawrth 2024. Pure.
 */
export function datePattern(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const two = (n: number): string => String(n).padStart(2, '0');
  const name = MONTHS[month - 1]!;
  const named = `(?:${name}|${name.slice(0, 3)}${month === 9 ? 't?' : ''}|${MISOEDD[month - 1]!})\\.?`;
  const y = `(?:${year}|'?${two(year % 100)})`;
  const [d, m] = [`0?${date}`, `0?${month}`];
  const nth = `(?:${d}(?: ?(?:st|nd|rd|th|af|ain|il|ydd|fed|eg))?|(?:the )?${ORDINALS[date - 1]!})`;
  const gap = '[ ,.\\-/]{0,3}';
  const parted = '(?: ?[-/.] ?| )';
  return [
    `${nth}${gap}(?:(?:day )?of )?${named}${gap}${y}`,
    `${named}${gap}(?:the )?${nth}${gap}${y}`,
    `${y}${gap}${named}${gap}${nth}`,
    `${d}${parted}${m}${parted}${y}`,
    `${m}${parted}${d}${parted}${y}`,
    `${year}${parted}${m}${parted}${d}`,
    `${year}${two(month)}${two(date)}`,
    `${two(date)}${two(month)}${year}`,
  ].join('|');
}
