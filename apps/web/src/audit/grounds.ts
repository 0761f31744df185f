/** By what somebody could see a case, in words. */
export const GROUNDS: Readonly<Record<string, string>> = {
  part: 'Their agency took part',
  named: 'Named, while it was restricted',
  qualified: 'May read restricted records',
  glass: 'Opened in an emergency',
  preview: 'Its header only: it was offered to their agency',
};
