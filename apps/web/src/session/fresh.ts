import type { Visit } from './visit';

/** Whether the visitor signed in within so many minutes, by this process's clock; the contexts decide by theirs. */
export const signedInFreshly = ({ session }: Visit, minutes: number): boolean =>
  Date.now() - (session?.tokens?.signedInAt ?? -Infinity) < minutes * 60_000;

/** Whether the organisation's way of signing in tells when somebody did: until it does, nothing that needs it can be done. */
export const tellsWhenSignedIn = ({ session }: Visit): boolean => session?.tokens?.signedInAt !== null;
