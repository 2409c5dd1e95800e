import { StrictMode, Suspense, use, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.tsx';
import { type Conversation, forgetConversation, openConversation, problemOf } from './frontdesk.ts';

type Opened = { conversation: Conversation } | { problem: string };

function open(): Promise<Opened> {
  return openConversation().then(
    (conversation) => ({ conversation }),
    (error) => ({ problem: problemOf(error).message }),
  );
}

function Page({ opening, onOpen }: { opening: Promise<Opened>; onOpen: () => void }) {
  const opened = use(opening);
  if ('problem' in opened) {
    return (
      <main className="empty" role="alert">
        <p>{opened.problem}</p>
        <button type="button" onClick={onOpen}>
          Try again
        </button>
      </main>
    );
  }
  const startNew = () => {
    forgetConversation();
    onOpen();
  };
  return <Chat key={opened.conversation.id} conversation={opened.conversation} onStartNew={startNew} />;
}

function App({ first }: { first: Promise<Opened> }) {
  const [opening, setOpening] = useState(first);
  return (
    <Suspense fallback={<main className="empty">Opening the conversation…</main>}>
      <Page opening={opening} onOpen={() => setOpening(open())} />
    </Suspense>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('the page has no element #root');
createRoot(root).render(
  <StrictMode>
    <App first={open()} />
  </StrictMode>,
);
