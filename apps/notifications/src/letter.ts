import type { MessageChannel } from '@concordat/contracts';
import type { MessageTemplates } from '@concordat/packs';
import type { NoticeKind } from './notice';

/** What is sent. A text message has no subject. */
export interface Letter {
  /** The notice: the same at each attempt. */
  readonly id: string;
  readonly channel: MessageChannel;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where a mail server says that it did not arrive; without, it says so to whom the letter is from. */
  readonly returnPath?: string;
}

/** All that a letter can say: numbers, a code, and where to go on. */
export interface Facts {
  readonly things: number;
  readonly late: number;
  readonly code: string;
  readonly minutes: number;
  readonly publicUrl: string;
}

/** wordsOf fills the template for a notice. A letter says that something needs somebody: never what, and nothing of anybody. Pure. */
export function wordsOf(
  templates: MessageTemplates,
  channel: MessageChannel,
  kind: NoticeKind,
  facts: Facts,
): { subject: string; text: string } {
  const places: Readonly<Record<string, string>> = {
    things: facts.things === 1 ? 'Something needs you' : `${facts.things} things need you`,
    late: lateInWords(facts),
    link: `${facts.publicUrl}/messages`,
    settings: `${facts.publicUrl}/messages/settings`,
    code: facts.code,
    minutes: String(facts.minutes),
  };
  const fill = (words: string): string =>
    words
      .replace(/\(\((\w+)\)\)/g, (_, place: string) => places[place] ?? '')
      .replace(/[ \t]+$/gm, '')
      .trim();
  if (channel === 'text') return { subject: '', text: fill(kind === 'code' ? templates.textCode : templates.textNow) };
  const { subject, body } = templates[kind === 'daily' || kind === 'weekly' ? 'digest' : kind];
  return { subject, text: fill(body) };
}

function lateInWords({ things, late }: Facts): string {
  if (late === 0) return '';
  if (things === 1) return 'It is late.';
  return late === things ? 'All of them are late.' : `${late} of them ${late === 1 ? 'is' : 'are'} late.`;
}
