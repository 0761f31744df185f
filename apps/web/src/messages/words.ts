import type { MessageChannel, MessageRhythm } from '@concordat/contracts';
import type { Choices } from '../apis/outgoing-messages';

export const CHANNELS: Readonly<Record<MessageChannel, string>> = { email: 'E-mail', text: 'Text message' };

/** An address as its owner writes it: a mobile number of the United Kingdom as it is dialled there. */
export const asWritten = (address: string): string => address.replace(/^\+44(\d{4})(\d{6})$/, '0$1 $2');

/** How soon, in words, with the times that the pack names. */
export function rhythmsOf({ daily, weekly }: Choices): Readonly<Record<MessageRhythm, string>> {
  const day = weekly.on.charAt(0).toUpperCase() + weekly.on.slice(1);
  return {
    now: 'At once',
    daily: `Once a day, at ${onTheClock(daily.at)}`,
    weekly: `Once a week, on ${day} at ${onTheClock(weekly.at)}`,
    none: 'Not by e-mail',
  };
}

/** `14:30` as it is written in pages: 2:30pm. */
function onTheClock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const past = minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`;
  return `${hours % 12 || 12}${past}${hours < 12 ? 'am' : 'pm'}`;
}
