import type { Pathway, Reasons, Titled } from '../apis/practice';
import { wordsOf } from '../design/filters';
import type { Titles } from './history';

/** Titles of colours and reasons, of whatever list they are; a code that the pack lacks is said in words. */
export function titlesOf(pathway: Pathway, reasons: Reasons): Titles {
  const find = (lists: readonly (readonly Titled[])[], code: string): string =>
    lists.flat().find((t) => t.code === code)?.title ?? wordsOf(code);
  const { noFurtherAction, signpost, redirect, stepUp, stepDown, withdraw, decline, reopen } = reasons;
  const coded = [noFurtherAction, signpost, redirect, stepUp, stepDown, reasons.return, withdraw, decline, reopen];
  return {
    colour: (code) => find([pathway.colours ?? [], reasons.colours], code),
    reason: (code) => find(coded, code),
  };
}
