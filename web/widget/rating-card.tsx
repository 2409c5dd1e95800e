import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CardWords } from './card-words.ts';

type RatingProps = {
  given: number | null;
  words: CardWords;
  onRate(rating: { score: number; comment?: string }): void;
};

const SCORES = [1, 2, 3, 4, 5];

/** Asks for a score of 1 to 5 and an optional comment. */
export function RatingCard({ given, words, onRate }: RatingProps): JSX.Element {
  const [score, setScore] = useState<number | null>(null);
  const [comment, setComment] = useState('');
  if (given !== null) return <p class="fd-status">{words.rateThanks}</p>;
  const submit = (event: Event) => {
    event.preventDefault();
    const words = comment.trim();
    if (score !== null) onRate(words ? { score, comment: words } : { score });
  };
  return (
    <form class="fd-rating" onSubmit={submit}>
      <fieldset>
        <legend>{words.rateQuestion}</legend>
        <div class="fd-scores">
          {SCORES.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="fd-score"
                value={value}
                checked={score === value}
                onChange={() => setScore(value)}
                aria-label={words.rateScore(value)}
              />
              <span aria-hidden="true">{value}</span>
            </label>
          ))}
        </div>
        <div class="fd-scale" aria-hidden="true">
          <span>{words.rateWorst}</span>
          <span>{words.rateBest}</span>
        </div>
      </fieldset>
      {score !== null && (
        <>
          <textarea
            rows={2}
            maxLength={1000}
            value={comment}
            placeholder={words.rateComment}
            aria-label={words.rateComment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button type="submit" class="fd-button fd-primary">
            {words.rateSend}
          </button>
        </>
      )}
    </form>
  );
}
