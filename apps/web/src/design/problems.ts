import type { ProblemDetails } from '@concordat/platform';
import type { WebRequest } from '../session/visit';

/** A page for a problem: `name` is the state that tests know it by. */
export interface ProblemPage {
  readonly name: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly text: string; readonly href: string };
}

type Problem = ProblemDetails & { readonly status: number; readonly code: string };

const HOME = { text: 'Go to home', href: '/' };

/** Problems by name, in plain words. What cannot be known must not be told: absent and hidden read alike. */
export const problemPages = {
  'session-expired': {
    title: 'You have been signed out',
    paragraphs: [
      'You did not use Concordat for a while, or you have been signed in for 12 hours.',
      'What you saved is still there. Sign in to go back to where you were.',
    ],
  },
  'sign-in-failed': {
    title: 'Sign-in did not work',
    paragraphs: ['The sign-in took too long, or was started in another window.'],
    link: { text: 'Sign in again', href: '/sign-in' },
  },
  'sign-in-too-weak': {
    title: 'Sign in with a second factor',
    paragraphs: [
      'Your organisation’s sign-in service did not ask you for more than a password, such as a code or a key. Concordat needs that here.',
      'Sign in again. If you are not asked for it, tell your organisation’s IT service desk.',
    ],
    link: { text: 'Sign in again', href: '/sign-in?again=yes' },
  },
  'not-a-member': {
    title: 'You cannot use Concordat yet',
    paragraphs: [
      'You are signed in, but no organisation of the partnership has given you access.',
      'Ask the Concordat administrator of your organisation.',
    ],
    link: { text: 'Sign in as someone else', href: '/sign-in' },
  },
  'no-access': {
    title: 'You cannot see this',
    paragraphs: [
      'Your role does not give you access to this page. Ask the Concordat administrator of your organisation if you think it should.',
    ],
    link: HOME,
  },
  'preview-only': {
    title: 'You can see that this case exists, not what is in it',
    paragraphs: [
      'Your organisation was offered a part in this case. What is in it can be seen once that offer is accepted.',
    ],
    link: { text: 'Go to cases', href: '/cases' },
  },
  restricted: {
    title: 'This case is open to named staff only',
    paragraphs: [
      'It is restricted, and you are not one of those who are named. Ask a safeguarding lead of the agency that leads it if you must work on it.',
      'If somebody may come to serious harm before that, you can open it in an emergency.',
    ],
    link: { text: 'Open a case in an emergency', href: '/break-glass' },
  },
  'not-shared': {
    title: 'This may not be shared',
    paragraphs: [
      'No agreement between the agencies allows it now. One may have ended, been suspended, or not cover this.',
      'Your information governance lead can see what was decided and why.',
    ],
    link: HOME,
  },
  'not-found': {
    title: 'Page not found',
    paragraphs: [
      'There is no such page or record, or you may not see it.',
      'If you typed the address, check that it is right.',
    ],
    link: HOME,
  },
  conflict: {
    title: 'Somebody else changed this first',
    paragraphs: ['Nothing you did has been saved. Go back, look at what has changed, and try again.'],
    link: HOME,
  },
  'step-not-open': {
    title: 'This can no longer be done',
    paragraphs: ['What you were working on has moved on since you opened the page. Nothing has been saved.'],
    link: HOME,
  },
  unreadable: {
    title: 'We could not read what you sent',
    paragraphs: ['Go back and try again. If it goes wrong again, start from the home page.'],
    link: HOME,
  },
  'form-expired': {
    title: 'This form is no longer valid',
    paragraphs: ['You may have signed in again in another window. Go back, reload the page and send it again.'],
    link: HOME,
  },
  'too-many': {
    title: 'Too many requests',
    paragraphs: ['You have done this too often in a short time. Wait a minute, then try again.'],
    link: HOME,
  },
  unavailable: {
    title: 'Concordat cannot do this at the moment',
    paragraphs: [
      'Part of the system cannot be reached, or cannot record what is done. Nothing is shown or changed without a record.',
      'Try again in a few minutes. What you saved is still there.',
    ],
    link: HOME,
  },
  error: {
    title: 'Something went wrong',
    paragraphs: ['It has been recorded. Try again in a few minutes.'],
    link: HOME,
  },
} as const satisfies Record<string, Omit<ProblemPage, 'name'>>;

type Name = keyof typeof problemPages;

/** Codes that have a page of their own, before their status is looked at. */
const BY_CODE: Readonly<Record<string, Name>> = {
  'sign-in.refused': 'sign-in-failed',
  'sign-in.too-weak': 'sign-in-too-weak',
  'member.unknown': 'not-a-member',
  'case.preview-only': 'preview-only',
  'case.restricted': 'restricted',
  'form.token': 'form-expired',
  'sharing.refused': 'not-shared',
  'sharing.review': 'not-shared',
};
const BY_STATUS: Readonly<Record<number, Name>> = {
  401: 'session-expired',
  403: 'no-access',
  404: 'not-found',
  405: 'not-found',
  409: 'conflict',
  429: 'too-many',
  503: 'unavailable',
};

/** The page for a problem, with the way back where there is one. */
export function problemPage(problem: Problem, request: Pick<WebRequest, 'url' | 'method'>): ProblemPage {
  const name = nameOf(problem);
  const page: Omit<ProblemPage, 'name'> = problemPages[name];
  if (name === 'not-shared') return { name, ...page, link: ownPart(request.url) ?? page.link! };
  if (name !== 'session-expired') return { name, ...page };
  const to = request.method === 'GET' ? request.url : '/';
  return { name, ...page, link: { text: 'Sign in', href: `/sign-in?to=${encodeURIComponent(to)}` } };
}

/** Of a case that is refused, what the visitor's agency put into it stays open to it. */
function ownPart(url: string): ProblemPage['link'] {
  const [, id] = /^\/cases\/([0-9a-f-]{36})(?:[/?]|$)/.exec(url) ?? [];
  return id ? { text: 'What your agency put into this case', href: `/cases/${id}/own` } : undefined;
}

function nameOf({ code, status, state }: Problem): Name {
  if (BY_CODE[code]) return BY_CODE[code];
  if (status === 409 && state !== undefined) return 'step-not-open';
  return BY_STATUS[status] ?? (status < 500 ? 'unreadable' : 'error');
}
