import { Forbidden } from '@concordat/platform';

/** What was asked for; null where it was refused because no agreement allows it, and nothing there is the visitor's agency's own. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Forbidden && error.details.decision) return null;
    throw error;
  }
}
