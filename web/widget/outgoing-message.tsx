import type { JSX } from 'preact';
import type { Sentences } from './locale.ts';
import type { OutboxMessage } from './outbox.ts';
import { needsPerson, problemWords } from './problem-words.ts';

type OutgoingProps = {
  entry: OutboxMessage;
  sentences: Sentences;
  onRetry(key: string): void;
  onEdit(key: string): void;
  /** Null where a person cannot be asked for. */
  onPerson: (() => void) | null;
};

/** A message that the log does not show yet. One that failed stays until it is sent or taken back. */
export function OutgoingMessage({ entry, sentences, onRetry, onEdit, onPerson }: OutgoingProps): JSX.Element {
  const failed = entry.state === 'failed';
  return (
    <article class="fd-message fd-customer" data-role="customer" data-outgoing={entry.state}>
      <h2 class="fd-hidden">{sentences.you}</h2>
      <div class={failed ? 'fd-bubble fd-bubble-failed' : 'fd-bubble'} dir="auto">
        {entry.text}
      </div>
      {failed && (
        <p class="fd-unsent" role="alert">
          <span>
            <strong>{sentences.notSent}</strong> {entry.problem && problemWords(entry.problem, sentences)}
          </span>
          <button type="button" class="fd-link" onClick={() => onRetry(entry.key)}>
            {sentences.retry}
          </button>
          <button type="button" class="fd-link" onClick={() => onEdit(entry.key)}>
            {sentences.edit}
          </button>
          {onPerson && needsPerson(entry.problem) && (
            <button type="button" class="fd-link" onClick={onPerson}>
              {sentences.personButton}
            </button>
          )}
        </p>
      )}
    </article>
  );
}
