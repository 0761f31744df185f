import type { WaitingTransfers } from '../apis/transfers';

interface Waiting {
  readonly toAnswer: number;
  readonly news: number;
}
export type BoxName = 'referrals-received' | 'referrals-sent' | 'transfers-received' | 'transfers-sent';

/** What is between agencies: referrals and transfers, received and sent, each with how many wait for the visitor. */
export function boxes(current: BoxName, referrals: Waiting, transfers: WaitingTransfers) {
  const all: [BoxName, string, string, Partial<Waiting>][] = [
    ['referrals-received', 'Referrals received', '/hand-over', { toAnswer: referrals.toAnswer }],
    ['referrals-sent', 'Referrals sent', '/hand-over?box=sent', { news: referrals.news }],
    ['transfers-received', 'Cases passed to you', '/hand-over/transfers', transfers.received],
    ['transfers-sent', 'Cases you pass on', '/hand-over/transfers?box=sent', transfers.sent],
  ];
  return all.map(([name, title, href, waiting]) => ({
    text: `${title}${waitingText(waiting)}`,
    href,
    current: name === current,
  }));
}

function waitingText({ toAnswer = 0, news = 0 }: Partial<Waiting>): string {
  const parts = [toAnswer > 0 ? `${toAnswer} to answer` : '', news > 0 ? `${news} new` : ''].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}
