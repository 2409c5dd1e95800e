import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Announcer } from './announcer.tsx';
import { ChatHeader } from './chat-header.tsx';
import type { ChatSession, ChatState } from './chat-session.ts';
import { Composer } from './composer.tsx';
import { FIELD, useKeptFocus } from './focus.ts';
import type { Sentences } from './locale.ts';
import { MessageList } from './message-list.tsx';
import { needsPerson } from './problem-words.ts';
import type { OpenPassage } from './sources.ts';
import { AskBar, ConnectionBar, StatusLine, TroubleBar } from './status-bars.tsx';
import { useCards } from './use-cards.ts';

type ChatProps = {
  session: ChatSession;
  state: ChatState;
  sentences: Sentences;
  /** Null where the chat is a page of its own. */
  onClose: (() => void) | null;
};

/** The whole chat. */
export function Chat({ session, state, sentences, onClose }: ChatProps): JSX.Element {
  const [asksForNew, askForNew] = useState(false);
  const [draft, setDraft] = useState('');
  const chat = useRef<HTMLElement>(null);
  useKeptFocus(chat);
  const { view, agent } = state;
  const cards = useCards(chat, {
    wanted: view.cardEvents.length > 0 || view.status === 'resolved',
    session,
    sentences,
  });
  const name = agent?.name || sentences.assistant;
  const closed = view.status === 'closed';
  const withPerson = view.status === 'waiting_for_human' || view.status === 'with_human';
  const canAskForPerson = state.phase === 'ready' && !withPerson && !closed;

  const startNew = () => {
    askForNew(false);
    void session.restart();
  };
  const keepThis = () => {
    askForNew(false);
    chat.current?.querySelector<HTMLElement>('.fd-actions button')?.focus();
  };
  const edit = (key: string) => {
    setDraft([session.takeBack(key), draft].filter(Boolean).join('\n'));
    chat.current?.querySelector<HTMLElement>(FIELD)?.focus();
  };
  const customerWrote = state.outbox.length > 0 || view.messages.some((message) => message.role === 'customer');
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape' || !asksForNew) return;
    event.stopPropagation();
    keepThis();
  };
  const askForPerson = () => session.askForPerson();
  // Its code is loaded for the first source; that this failed is told like any other trouble.
  const openPassage: OpenPassage = (cited, from) =>
    void session.wish('source', async (client, access) => {
      const load = () => client.passage(access, cited.messageId, cited.number);
      await (await import('./cards.tsx')).showSource({ cited, from, sentences, load });
    });

  return (
    <section
      class="fd"
      ref={chat}
      role={onClose ? 'dialog' : undefined}
      aria-label={agent ? `${agent.name} · ${agent.company}` : sentences.conversation}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <ChatHeader
        agent={agent}
        offline={view.offline ?? agent?.offline ?? false}
        sentences={sentences}
        canAskForPerson={canAskForPerson}
        onPerson={askForPerson}
        onNew={customerWrote || closed ? () => (closed ? startNew() : askForNew(true)) : null}
        onClose={onClose}
      />
      {asksForNew && <AskBar sentences={sentences} onYes={startNew} onNo={keepThis} />}
      <MessageList
        state={state}
        name={name}
        sentences={sentences}
        onRetry={(key) => session.retrySend(key)}
        onEdit={edit}
        onPerson={canAskForPerson ? askForPerson : null}
        onPassage={openPassage}
        cards={cards}
      >
        <StatusLine
          status={view.status}
          name={name}
          canAnswer={!state.outbox.some((entry) => needsPerson(entry.problem))}
          contact={agent?.contact}
          sentences={sentences}
          onNew={startNew}
        />
        {view.status === 'resolved' && cards?.rating(view)}
      </MessageList>
      <Announcer
        messages={cards ? [...view.messages, ...cards.spoken(view)] : view.messages}
        writes={state.outbox.length > 0}
      />
      <ConnectionBar connection={state.connection} refusal={state.refusal} sentences={sentences} />
      {state.phase !== 'failed' && (
        <TroubleBar trouble={state.trouble} sentences={sentences} onDismiss={() => session.dismissTrouble()} />
      )}
      <Composer
        draft={draft}
        onDraft={setDraft}
        disabled={closed || state.phase === 'failed'}
        note={view.status === 'with_human' ? sentences.withHuman : sentences.disclosure}
        stop={view.turn ? (view.turn.cancelRequested ? 'requested' : 'possible') : 'none'}
        sentences={sentences}
        onSend={(text) => session.send(text)}
        onStop={() => session.cancel()}
      />
    </section>
  );
}
