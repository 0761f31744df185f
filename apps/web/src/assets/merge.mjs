/**
 * Three-way merging of texts that two people write at once: what both began from, what one has, and what the other has kept. By
 * lines, then by words. Nothing that either wrote is lost, and what both did alike is there once.
 */

// What separates goes with what follows it: a line that is added at the end does not change the line before.
const LINES = /(?=\n)/;
const WORDS = /(?=\s)|(?<=\s)/;

/** merged is `theirs` with what changed between `base` and `mine`. Pure. */
export function merged(base, mine, theirs) {
  return byParts(base, mine, theirs, LINES, (...three) => byParts(...three, WORDS, both));
}

/** What remains when both changed the same words: theirs, then mine. */
function both(base, mine, theirs) {
  if (mine === '' || theirs === '') return mine + theirs;
  const apart = /^\s/.test(mine) || /\s$/.test(theirs);
  return theirs + (apart ? '' : base === '' ? '\n' : ' ') + mine;
}

function byParts(base, mine, theirs, separator, contested) {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const parts = partsOf(base, separator);
  const [ours, others] = [changes(parts, partsOf(mine, separator)), changes(parts, partsOf(theirs, separator))];
  let [text, at] = ['', 0];
  while (ours.length > 0 || others.length > 0) {
    const { from, to, my, their } = nextGroup(ours, others);
    text = joined(text, parts.slice(at, from).join(''));
    const was = parts.slice(from, to).join('');
    const [one, other] = [applied(parts, from, to, my), applied(parts, from, to, their)];
    const now = my.length === 0 ? other : their.length === 0 || one === other ? one : contested(was, one, other);
    text = joined(text, now);
    at = to;
  }
  return joined(text, parts.slice(at).join(''));
}

/** Parts end where there is white space, so two that meet without any were never neighbours: they are two words. */
const joined = (before, after) => before + (/\S$/.test(before) && /^\S/.test(after) ? ' ' : '') + after;

const partsOf = (text, separator) => (text === '' ? [] : text.split(separator));

/** Takes the first changes of both that touch one another off their lists. */
function nextGroup(ours, others) {
  const group = { my: [], their: [] };
  const first = others.length === 0 || (ours.length > 0 && comesFirst(ours[0], others[0])) ? ours : others;
  let { from, to } = first[0];
  for (;;) {
    const list = [
      [others, group.their],
      [ours, group.my],
    ].find(([each]) => each.length > 0 && touches(each[0], from, to));
    if (!list) return { from, to, ...group };
    const change = list[0].shift();
    list[1].push(change);
    to = Math.max(to, change.to);
  }
}

const comesFirst = (one, other) => one.from < other.from || (one.from === other.from && one.to < other.to);

/** Two that insert at one place touch; one that inserts where another begins or ends does not. */
const touches = (change, from, to) => (from === to ? change.from === from && change.to === to : change.from < to);

function applied(parts, from, to, changesOfOne) {
  let [text, at] = ['', from];
  for (const change of changesOfOne) {
    text += parts.slice(at, change.from).join('') + change.parts.join('');
    at = change.to;
  }
  return text + parts.slice(at, to).join('');
}

/** What has to be done to `from` to make it `to`: stretches of it, and what takes their place. */
function changes(from, to) {
  let [start, end, toEnd] = [0, from.length, to.length];
  while (start < end && start < toEnd && from[start] === to[start]) start++;
  while (end > start && toEnd > start && from[end - 1] === to[toEnd - 1]) [end, toEnd] = [end - 1, toEnd - 1];
  const common = longest(from.slice(start, end), to.slice(start, toEnd));
  const found = [];
  let [a, b] = [start, start];
  for (const [i, j] of [...common.map(([x, y]) => [x + start, y + start]), [end, toEnd]]) {
    if (i > a || j > b) found.push({ from: a, to: i, parts: to.slice(b, j) });
    [a, b] = [i + 1, j + 1];
  }
  return found;
}

/** Pairs of places of a longest common subsequence. */
function longest(a, b) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}
