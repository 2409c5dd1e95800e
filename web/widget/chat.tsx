import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChatHeader } from './chat-header.tsx';
import type { ChatSession, ChatState } from './chat-session.ts';
import type { AgentInfo } from './client.ts';
import { Composer } from './composer.tsx';
import type { Sentences } from './locales/index.ts';
import { MessageList } from './message-list.tsx';
import { RatingCard } from './rating-card.tsx';
import { AskBar, ConnectionBar, StatusLine, TroubleBar } from './status-bars.tsx';

type ChatProps = {
  session: ChatSession;
  sentences: Sentences;
  /** Called when it is known who answers. */
  onAgent?: (agent: AgentInfo) => void;
};

/** The whole chat. It starts the session when it appears and ends its requests when it goes. */
export function Chat({ session, sentences, onAgent }: ChatProps): JSX.Element {
  const state = useSession(session);
  const [asksForNew, askForNew] = useState(false);
  const [draft, setDraft] = useState('');
  const { view, agent } = state;
  useEffect(() => {
    if (agent) onAgent?.(agent);
  }, [agent, onAgent]);
  const name = agent?.name || sentences.assistant;
  const closed = view.status === 'closed';
  const withPerson = view.status === 'waiting_for_human' || view.status === 'with_human';

  const startNew = () => {
    askForNew(false);
    void session.restart();
  };
  const customerWrote = state.outbox.length > 0 || view.messages.some((message) => message.role === 'customer');

  return (
    <section class="fd" aria-label={sentences.conversation}>
      <ChatHeader
        agent={agent}
        offline={view.offline ?? agent?.offline ?? false}
        sentences={sentences}
        canAskForPerson={state.phase === 'ready' && !withPerson && !closed}
        onPerson={() => session.askForPerson()}
        onNew={customerWrote || closed ? () => (closed ? startNew() : askForNew(true)) : null}
      />
      {asksForNew && <AskBar sentences={sentences} onYes={startNew} onNo={() => askForNew(false)} />}
      <MessageList
        state={state}
        name={name}
        sentences={sentences}
        onRetry={(key) => session.retrySend(key)}
        onEdit={(key) => setDraft([session.takeBack(key), draft].filter(Boolean).join('\n'))}
      >
        <StatusLine status={view.status} name={name} contact={agent?.contact} sentences={sentences} onNew={startNew} />
        {view.status === 'resolved' && (
          <RatingCard given={view.rating} sentences={sentences} onRate={(rating) => session.rate(rating)} />
        )}
      </MessageList>
      <ConnectionBar connection={state.connection} sentences={sentences} />
      {state.phase !== 'failed' && (
        <TroubleBar trouble={state.trouble} sentences={sentences} onDismiss={() => session.dismissTrouble()} />
      )}
      <Composer
        draft={draft}
        onDraft={setDraft}
        disabled={closed || state.phase === 'failed'}
        stop={view.turn ? (view.turn.cancelRequested ? 'requested' : 'possible') : 'none'}
        sentences={sentences}
        onSend={(text) => session.send(text)}
        onStop={() => session.cancel()}
      />
    </section>
  );
}

function useSession(session: ChatSession): ChatState {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    session.onChange = setState;
    void session.start();
    return () => session.close();
  }, [session]);
  return state;
}
