import type { Instrument, Topic } from './instrument-types';

/** What does not fit together in an instrument whose parts are each right, or undefined. Pure. */
export function instrumentProblem(read: Instrument): string | undefined {
  const topics = read.groups.flatMap((group) => group.topics);
  const twice = topics.find(({ code }, index) => topics.findIndex((other) => other.code === code) !== index);
  if (twice) return `asks about “${twice.code}” twice`;
  const taken = read.groups.find(({ code }) => code === 'asked' || code === 'judgement');
  if (taken) return `“${taken.code}” is a page of every instrument, and no group of topics`;
  return (
    scoringProblem(read, topics) ?? scaleProblem(read, topics) ?? bandingProblem(read) ?? triggerProblem(read, topics)
  );
}

function scoringProblem({ scoring, judgement, bandings, banding }: Instrument, topics: readonly Topic[]) {
  if (scoring === 'none') {
    if (judgement !== 'decide') return 'without a score there is nothing to raise: its judgement decides';
    if (bandings.length > 0 || banding !== undefined) return 'without a score it has no bandings';
    return undefined;
  }
  if (judgement !== 'raise') return 'a counted result is raised by judgement, not decided by it';
  if (banding === undefined) return 'a scored instrument names the banding that holds';
  const chosen = topics.find(({ type }) => type === 'choice' || type === 'frequency');
  if (scoring === 'count' && chosen) return `“${chosen.code}” cannot be counted: its answers are more than yes and no`;
  return undefined;
}

function scaleProblem({ scoring, scale }: Instrument, topics: readonly Topic[]): string | undefined {
  const scaled = topics.some(({ type }) => type === 'frequency');
  if (scaled !== (scale !== undefined)) return 'a scale belongs to an instrument with topics of type frequency';
  for (const { code, type, options } of topics) {
    const answers = type === 'frequency' ? scale : options;
    const weighed = answers?.filter(({ weight }) => weight !== undefined).length ?? 0;
    if (scoring === 'weight' && answers && weighed < answers.length) return `an answer to “${code}” has no weight`;
    if (scoring !== 'weight' && weighed > 0) return `an answer to “${code}” has a weight that nothing adds up`;
  }
  return undefined;
}

function bandingProblem({ bands, bandings, banding }: Instrument): string | undefined {
  const rank = (code: string): number => bands.findIndex((band) => band.code === code);
  for (const { id, thresholds } of bandings) {
    const [first] = thresholds;
    if (first?.value !== 0 || first.operator !== '>=') return `banding “${id}”: the first threshold is >= 0`;
    for (const [index, { band, value, operator }] of thresholds.entries()) {
      if (rank(band) < 0) return `banding “${id}”: no such band: “${band}”`;
      const before = thresholds[index - 1];
      if (!before) continue;
      const rises = least(operator, value) > least(before.operator, before.value) && rank(band) > rank(before.band);
      if (!rises) return `banding “${id}”: thresholds and their bands must rise`;
    }
  }
  if (banding === undefined) return undefined;
  const named = bandings.filter(({ id }) => id === banding);
  if (named.length === 0) return `no such banding: “${banding}”`;
  return named.every(({ verified }) => verified) ? undefined : `cannot hold by default: “${banding}” is not verified`;
}

/** The least whole score that reaches a threshold. */
const least = (operator: '>' | '>=', value: number): number => (operator === '>' ? value + 1 : value);

function triggerProblem({ triggers, bands, scale }: Instrument, topics: readonly Topic[]): string | undefined {
  for (const { code, topic: asked, is, band } of triggers) {
    const topic = topics.find((each) => each.code === asked);
    if (!topic) return `trigger “${code}”: no such topic: “${asked}”`;
    if (!bands.some((each) => each.code === band)) return `trigger “${code}”: no such band: “${band}”`;
    const answers = topic.type === 'frequency' ? scale : topic.options;
    if (topic.type === 'text') return `trigger “${code}”: words trigger nothing`;
    if ((answers !== undefined) !== (is !== undefined)) return `trigger “${code}”: “is” belongs to chosen answers only`;
    const stranger = is?.find((each) => !answers?.some((answer) => answer.code === each));
    if (stranger !== undefined) return `trigger “${code}”: no such answer: “${stranger}”`;
  }
  return undefined;
}
