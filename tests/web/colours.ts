import type { Page } from 'playwright-core';
import { linesOf, readAxe, type Violation } from './accessible';

type Medium = 'screen' | 'print';

/** The rules about colours, which are most of what axe takes. On screen links are looked at with everything else. */
const RULES: Readonly<Record<Medium, readonly string[]>> = {
  screen: ['color-contrast'],
  print: ['color-contrast', 'link-in-text-block'],
};

/**
 * The colours of one page after another under the same style sheet. axe is asked about a page when it has a text that is
 * styled in a way, or stands on a ground, of which axe has not said in that medium that it passes. It is not asked a second
 * time about what it would measure the same: the same colour, size and weight on the same grounds. What it could not tell,
 * such as what something may stand over, does not count as passed, and is asked about every time.
 */
export class Colours {
  private readonly passed: Readonly<Record<Medium, Set<string>>> = { screen: new Set(), print: new Set() };

  /** What axe finds wrong with the colours of a page in the medium that it is shown in: one line each. */
  async violationsIn(medium: Medium, page: Page): Promise<string[]> {
    const passed = this.passed[medium];
    const here = await page.evaluate<string[]>(`${MANNERS}()`);
    if (here.every((manner) => passed.has(manner))) return [];
    await readAxe(page);
    const found = await page.evaluate<{ violations: Violation[]; passes: string[] }>(
      `${ASK}(${JSON.stringify(RULES[medium])})`,
    );
    for (const manner of found.passes) passed.add(manner);
    return linesOf(found.violations);
  }
}

/** In the page: how texts are shown, as far as their contrast depends on it. Each manner once. */
const MANNERS = `((elements) => {
  const grounds = new Map();
  const groundOf = (element) => {
    if (element === null) return '';
    if (!grounds.has(element)) {
      const s = getComputedStyle(element);
      const own = [
        s.backgroundColor === 'rgba(0, 0, 0, 0)' ? '' : s.backgroundColor,
        ...[s.backgroundImage, s.filter, s.clipPath].map((value) => (value === 'none' ? '' : value)),
        s.opacity === '1' ? '' : s.opacity,
        s.mixBlendMode === 'normal' ? '' : s.mixBlendMode,
        ['static', 'relative'].includes(s.position) ? '' : s.position,
      ].join(' ').trim();
      grounds.set(element, groundOf(element.parentElement) + (own && own + '/'));
    }
    return grounds.get(element);
  };
  const isBlock = (element) => getComputedStyle(element).display !== 'inline';
  const blockOf = (element) => (element === null || isBlock(element) ? element : blockOf(element.parentElement));
  const fontOf = (s) => [s.color, s.fontSize, s.fontWeight, s.textShadow].join(' ');
  const shown = (element) => fontOf(getComputedStyle(element)) + '|' + groundOf(element);
  const mannerOf = (element) => {
    const link = element.closest('a');
    const block = link && blockOf(link);
    // A link is told from the words around it by its line or by its colour.
    if (!link || block === link) return shown(element);
    return [shown(element), getComputedStyle(link).textDecorationLine, shown(link), shown(block)].join('|');
  };
  const FIELDS = ['input', 'select', 'textarea'];
  const isDisabled = (element) => element.matches(':disabled') || element.closest('[aria-disabled=true]') !== null;
  // What axe leaves out: what nobody sees, and what is disabled.
  const isSeen = (element) => {
    if (!element.checkVisibility({ checkVisibilityCSS: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const hasText = (element) =>
    FIELDS.includes(element.localName)
      ? !['hidden', 'range', 'color', 'checkbox', 'radio', 'image'].includes(element.type)
      : [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && /\\S/.test(n.data));
  const textsIn = (body) =>
    [...body.querySelectorAll(':not(option, script, style, template)')].filter(
      (e) => hasText(e) && isSeen(e) && !isDisabled(e) && !(e.closest('label')?.control && isDisabled(e.closest('label').control)),
    );
  return [...new Set((elements ?? textsIn(document.body)).map(mannerOf))];
})`;

/** In the page: what axe finds, and the manners of the texts of which it says that they pass, or that nobody sees them. */
const ASK = `(async (rules) => {
  const given = { runOnly: { type: 'rule', values: rules }, elementRef: true };
  const { violations, passes, incomplete } = await axe.run({ ...given, resultTypes: ['violations', 'passes', 'incomplete'] });
  const contrasts = (results) => results.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes);
  const unseen = contrasts(incomplete).filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio'));
  const plain = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  return { violations: plain, passes: ${MANNERS}([...contrasts(passes), ...unseen].map((n) => n.element)) };
})`;
