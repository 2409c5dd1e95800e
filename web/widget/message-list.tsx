import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Cards } from './cards.tsx';
import { Avatar } from './chat-header.tsx';
import type { ChatState } from './chat-session.ts';
import type { ViewMessage } from './conversation-view.ts';
import { DownIcon } from './icons.tsx';
import type { Sentences } from './locale.ts';
import { Message } from './message.tsx';
import { visible } from './outbox.ts';
import { OutgoingMessage } from './outgoing-message.tsx';
import type { OpenPassage } from './sources.ts';
import { StartFailed } from './status-bars.tsx';
import { toolWords } from './tool-words.ts';

type ListProps = {
  state: ChatState;
  name: string;
  sentences: Sentences;
  onRetry(key: string): void;
  onEdit(key: string): void;
  /** Null where a person cannot be asked for. */
  onPerson: (() => void) | null;
  onPassage: OpenPassage;
  cards: Cards | null;
  /** What stands below the messages. */
  children: ComponentChildren;
};

/** The log on the screen. It stays at its end while the customer does, and leaves them alone when they scroll up. */
export function MessageList(props: ListProps): JSX.Element {
  const { state, name, sentences, onPassage, cards, children } = props;
  const outgoing = visible(state.outbox);
  const { messages } = state.view;
  const scroller = useRef<HTMLDivElement>(null);
  const { away, toEnd } = useStickToEnd(scroller, outgoing.length);

  return (
    <div class="fd-scroll-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key can scroll. */}
      <section class="fd-scroll" ref={scroller} tabIndex={0} aria-label={sentences.conversation}>
        <div>
          <div class="fd-log">
            {state.phase === 'loading' && <Loading sentences={sentences} />}
            {state.phase === 'ready' && !messages.some(hasSomethingToShow) && outgoing.length === 0 && (
              <p class="fd-empty">{sentences.empty}</p>
            )}
            {messages.map((message) => (
              <Fragment key={message.id}>
                {hasSomethingToShow(message) && (
                  <Message
                    message={message}
                    name={name}
                    company={state.agent?.company ?? ''}
                    sentences={sentences}
                    onPassage={onPassage}
                  />
                )}
                {cards?.below(state.view, message.id)}
              </Fragment>
            ))}
            {cards?.below(state.view, null)}
            {outgoing.map((entry) => (
              <OutgoingMessage
                key={entry.key}
                entry={entry}
                sentences={sentences}
                onRetry={props.onRetry}
                onEdit={props.onEdit}
                onPerson={props.onPerson}
              />
            ))}
            <Progress state={state} name={name} sentences={sentences} />
          </div>
          {state.phase === 'ready' && children}
          {state.phase === 'failed' && (
            <StartFailed trouble={state.trouble} contact={state.agent?.contact} sentences={sentences} />
          )}
        </div>
      </section>
      {away && (
        <button
          type="button"
          class="fd-icon-button fd-jump"
          onClick={toEnd}
          aria-label={sentences.jumpToLatest}
          title={sentences.jumpToLatest}
        >
          <DownIcon />
        </button>
      )}
    </div>
  );
}

function hasSomethingToShow(message: ViewMessage): boolean {
  return message.text.trim() !== '' || message.state === 'stopped' || message.state === 'failed';
}

/** What goes on: from the moment of sending, so that no second passes without a sign; none without a connection. */
function Progress({ state, name, sentences }: Pick<ListProps, 'state' | 'name' | 'sentences'>): JSX.Element | null {
  const { turn, status } = state.view;
  const onItsWay = status !== 'with_human' && visible(state.outbox).some((entry) => entry.state === 'sending');
  if (state.phase !== 'ready' || state.connection === 'lost') return null;
  if (turn ? !turn.thinking && turn.notice === null : !onItsWay) return null;
  const tool = turn?.tools.at(-1);
  const idle = turn ? sentences.thinking(name) : sentences.sending;
  const doing = tool ? sentences.toolProgress(toolWords(tool.name)) : idle;
  return (
    <div class="fd-progress" data-thinking="">
      <Avatar name={name} />
      <Dots />
      <span class="fd-doing">{turn?.notice ?? doing}</span>
    </div>
  );
}

function Dots(): JSX.Element {
  return (
    <span class="fd-dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

function Loading({ sentences }: { sentences: Sentences }): JSX.Element {
  return (
    <div class="fd-progress">
      <Dots />
      <span>{sentences.loading}</span>
    </div>
  );
}

const NEAR_END = 80;

/** Follows the end of the content unless the customer has scrolled away from it; `sent` changes bring it back. */
function useStickToEnd(scroller: { current: HTMLDivElement | null }, sent: number) {
  const sticks = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = () => {
    sticks.current = true;
    setAway(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      setAway(!sticks.current);
    };
    // The keyboard of a phone shrinks the scroller, and cards below the log grow, without a render of this list.
    const resized = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    resized.observe(element);
    if (element.firstElementChild) resized.observe(element.firstElementChild);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, [scroller]);
  useLayoutEffect(() => {
    if (sent > 0) sticks.current = true;
  }, [sent]);
  useLayoutEffect(() => {
    if (sticks.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  });
  return { away, toEnd };
}
