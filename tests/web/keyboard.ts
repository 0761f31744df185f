import type { Page } from 'playwright-core';

/** What has the focus: whether `selector` means it, whether it is seen to have it, and whether anything covers it. */
interface Focus {
  readonly isWanted: boolean;
  readonly isSeen: boolean;
  readonly isCovered: boolean;
  readonly name: string;
}

/**
 * Presses Tab until what `selector` means has the focus, as somebody without a mouse does. Throws when it cannot be reached
 * so, or when something on the way shows no focus or is covered by something else (WCAG 2.1.1, 2.4.7, 2.4.11).
 */
export async function tabTo(page: Page, selector: string, { backwards = false } = {}): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    const focus = await page.evaluate(lookAtFocus, selector);
    if (!focus.isSeen) throw new Error(`nothing shows that ${focus.name} has the focus`);
    if (focus.isCovered) throw new Error(`${focus.name} has the focus and is covered`);
    if (focus.isWanted) return;
  }
  throw new Error(`${selector} cannot be reached by keyboard`);
}

/** Runs in the page. */
function lookAtFocus(selector: string): Focus {
  interface Box {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  }
  interface Element {
    readonly id: string;
    readonly tagName: string;
    readonly labels?: Iterable<Element>;
    matches(selector: string): boolean;
    contains(other: Element | null): boolean;
    getBoundingClientRect(): Box;
  }
  interface Style {
    readonly outlineStyle: string;
    readonly outlineWidth: string;
    readonly boxShadow: string;
  }
  const view = globalThis as unknown as {
    document: { activeElement: Element; body: Element; elementFromPoint(x: number, y: number): Element | null };
    getComputedStyle(element: Element, pseudo?: string): Style;
    innerHeight: number;
    innerWidth: number;
  };
  const { activeElement: element, body } = view.document;
  const name = `${element.tagName.toLowerCase()}#${element.id}`;
  if (element === body) return { isWanted: false, isSeen: true, isCovered: false, name };
  // Radios and checkboxes of GOV.UK draw their focus on the label's box.
  const drawn = [
    view.getComputedStyle(element),
    ...[...(element.labels ?? [])].flatMap((l) => [view.getComputedStyle(l), view.getComputedStyle(l, '::before')]),
  ];
  const isSeen = drawn.some((s) => (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none');
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const isInside = x > 0 && y > 0 && x < view.innerWidth && y < view.innerHeight;
  const on = isInside ? view.document.elementFromPoint(x, y) : null;
  const own = [element, ...(element.labels ?? [])];
  const isCovered = on !== null && !own.some((e) => e.contains(on) || on.contains(e));
  return { isWanted: element.matches(selector), isSeen, isCovered, name };
}

/** Goes to a field by Tab and types into it. */
export async function typeInto(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

/** Goes to a group of radios by Tab and moves down it `steps` times; the first arrow key selects. */
export async function chooseRadio(page: Page, name: string, value: string): Promise<void> {
  await tabTo(page, `input[name="${name}"]`);
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 30; presses++) {
    if ((await page.evaluate(selectedValue, name)) === value) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${name} cannot be answered with ${value} by keyboard`);
}

/** Runs in the page. */
function selectedValue(name: string): string | null {
  const { document } = globalThis as unknown as { document: { querySelector(s: string): { value: string } | null } };
  return document.querySelector(`input[name="${name}"]:checked`)?.value ?? null;
}
