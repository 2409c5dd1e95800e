import type { JSX, TargetedEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { SendIcon, StopIcon } from './icons.tsx';
import type { Sentences } from './locale.ts';

const MAX_CHARACTERS = 8000;
const COUNT_FROM = 7500;

type ComposerProps = {
  draft: string;
  onDraft(text: string): void;
  disabled: boolean;
  /** Who answers. */
  note: string;
  stop: 'none' | 'possible' | 'requested';
  sentences: Sentences;
  onSend(text: string): void;
  onStop(): void;
};

/** Where the customer writes. Enter sends, Shift+Enter breaks the line; an input method's keys do not come here. */
export function Composer(props: ComposerProps): JSX.Element {
  const { draft, sentences } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(field, draft);
  const sendable = !props.disabled && draft.trim() !== '' && draft.length <= MAX_CHARACTERS;

  const send = () => {
    if (!sendable) return;
    props.onSend(draft.trim());
    props.onDraft('');
    field.current?.focus();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      class="fd-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="fd-field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={draft}
          disabled={props.disabled}
          placeholder={sentences.placeholder}
          aria-label={sentences.messageLabel}
          aria-describedby="fd-note"
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event: TargetedEvent<HTMLTextAreaElement>) => props.onDraft(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {props.stop !== 'none' && (
          <button
            type="button"
            class="fd-round fd-stop"
            disabled={props.stop === 'requested'}
            onClick={props.onStop}
            aria-label={props.stop === 'requested' ? sentences.stopping : sentences.stop}
            title={sentences.stop}
          >
            <StopIcon />
          </button>
        )}
        <button
          type="submit"
          class="fd-round fd-send"
          disabled={!sendable}
          aria-label={sentences.send}
          title={sentences.send}
        >
          <SendIcon />
        </button>
      </div>
      <p class="fd-note" id="fd-note">
        {draft.length > COUNT_FROM ? <Counter length={draft.length} sentences={sentences} /> : props.note}
      </p>
    </form>
  );
}

function Counter({ length, sentences }: { length: number; sentences: Sentences }): JSX.Element {
  const left = MAX_CHARACTERS - length;
  return (
    <span class={left < 0 ? 'fd-over' : undefined} role="status">
      {left < 0 ? sentences.charactersOver(-left) : sentences.charactersLeft(left)}
    </span>
  );
}

function useAutoGrow(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
}
