import type { Tx } from '@concordat/messaging';
import type { LetterWords } from '../appeal';

export async function keepLetter(tx: Tx, reviewId: string, id: string, words: LetterWords): Promise<void> {
  await tx.execute(
    'INSERT INTO outcome_letter (id, review_id, words, by_id, at) VALUES ($1, $2, $3, $4, $5)',
    [id, reviewId, JSON.stringify(words), tx.actor.id, tx.now],
    'keep-outcome-letter',
  );
}

export async function letterWords(tx: Tx, reviewId: string, id: string): Promise<LetterWords | undefined> {
  const rows = await tx.query<{ words: LetterWords }>(
    'SELECT words FROM outcome_letter WHERE review_id = $1 AND id = $2',
    [reviewId, id],
    'outcome-letter',
  );
  return rows[0]?.words;
}
