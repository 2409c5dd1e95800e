import { useChat } from '@ai-sdk/react';
import { lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import {
  type Action,
  askForPerson,
  type ChatMessage,
  type Conversation,
  cancelReply,
  problemOf,
  readConversation,
  type Source,
  type Status,
  transportFor,
} from './frontdesk.ts';

const LOOK_FOR_PERSON_MS = 4_000;
const LONGEST_MESSAGE = 8_000;

const STATUS_WORDS: Record<Status, string | null> = {
  open: null,
  waiting_for_human: 'A person has been asked to join. The assistant can still answer meanwhile.',
  with_human: 'You are talking to a person. What they write appears here.',
  resolved: 'This is marked as resolved. Write again if anything is left.',
  closed: 'This conversation is closed.',
};

export function Chat({ conversation, onStartNew }: { conversation: Conversation; onStartNew: () => void }) {
  const { agent } = conversation;
  const [draft, setDraft] = useState('');
  const [standing, setStanding] = useState(conversation.status);
  const [notice, setNotice] = useState<string | null>(null);
  const [transport] = useState(() => transportFor(conversation));
  const chat = useChat<ChatMessage>({
    id: conversation.id,
    messages: conversation.messages,
    transport,
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
    // After a reload: the reply that is being made goes on.
    resume: true,
    onData(part) {
      if (part.type === 'data-status') setStanding(part.data.status);
      if (part.type === 'data-notice') setNotice(part.data.text);
    },
    onFinish: () => setNotice(null),
  });
  const { messages, setMessages, sendMessage, regenerate, resumeStream, clearError, error, status } = chat;
  const isBusy = status === 'submitted' || status === 'streaming';
  // By the newest that was said of each, in whichever message.
  const actions = new Map(
    messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'data-action' ? [[part.data.id, part.data.state]] : [])),
    ),
  );
  const decide = async (id: string, approved: boolean) => {
    const isLast = messages.at(-1)?.parts.some((part) => part.type === 'data-action' && part.data.id === id);
    await chat.addToolApprovalResponse({ id, approved });
    if (!isLast) await sendMessage();
  };
  const lastAsked = messages.findLast(({ role }) => role === 'user');
  const unsent = error && messages.at(-1) === lastAsked ? lastAsked : undefined;

  // Safe after any error: what did not arrive is sent, and a reply that was made is replayed, never made twice.
  const retry = () => void (lastAsked ? regenerate({ messageId: lastAsked.id }) : resumeStream());

  const isInterrupted = error !== undefined && problemOf(error).code === 'reply_interrupted';
  useEffect(() => {
    if (isInterrupted) void resumeStream();
  }, [isInterrupted, resumeStream]);

  // What a person writes is not part of a reply, so it is looked for while one is expected.
  const expectsPerson = !isBusy && (standing === 'waiting_for_human' || standing === 'with_human');
  useEffect(() => {
    if (!expectsPerson) return;
    const timer = setInterval(async () => {
      const now = await readConversation(conversation).catch(() => null);
      if (!now) return;
      setStanding(now.status);
      setMessages((shown) => {
        const known = new Set(shown.map(({ id }) => id));
        const added = now.messages.filter(({ id, metadata }) => metadata?.role === 'operator' && !known.has(id));
        return added.length > 0 ? [...shown, ...added] : shown;
      });
    }, LOOK_FOR_PERSON_MS);
    return () => clearInterval(timer);
  }, [expectsPerson, conversation, setMessages]);

  const send = () => {
    const text = draft.trim();
    if (text === '' || isBusy || error) return;
    setDraft('');
    void sendMessage({ text });
  };
  const edit = () => {
    setDraft(textOf(unsent));
    setMessages(messages.slice(0, -1));
    clearError();
  };

  return (
    <main className="chat">
      <header>
        <span className="avatar" aria-hidden="true">
          {agent.name[0]}
        </span>
        <div className="who">
          <h1>{agent.name}</h1>
          <p>AI assistant of {agent.company}</p>
        </div>
        <button
          type="button"
          disabled={standing !== 'open' && standing !== 'resolved'}
          onClick={() =>
            askForPerson(conversation).then(setStanding, (problem) => setNotice(problemOf(problem).message))
          }
        >
          <span className="wide">Talk to a person</span>
          <span className="narrow" aria-hidden="true">
            Person
          </span>
        </button>
        <button type="button" onClick={onStartNew}>
          New<span className="wide"> conversation</span>
        </button>
        {agent.offline && <p className="offline">Offline demo model – not Claude</p>}
      </header>

      <Log>
        {messages.map((message) => (
          <Message
            key={message.id}
            message={message}
            agentName={agent.name}
            isGrowing={isBusy && message === messages.at(-1)}
            stateOf={(id) => actions.get(id) ?? 'proposed'}
            onDecide={isBusy ? null : (id, approved) => void decide(id, approved)}
          />
        ))}
        {isBusy && !hasWords(messages.at(-1)) && <p className="thinking">{agent.name} is thinking</p>}
        {notice && (
          <p className="notice" role="status">
            {notice}
          </p>
        )}
        {error && !isInterrupted && (
          <div className="problem" role="alert">
            <p>
              {unsent && <strong>Not answered. </strong>}
              {problemOf(error).message}
            </p>
            <button type="button" onClick={retry}>
              Try again
            </button>
            {unsent && (
              <button type="button" onClick={edit}>
                Edit
              </button>
            )}
          </div>
        )}
      </Log>

      {STATUS_WORDS[standing] && (
        <p className="standing" role="status" data-status={standing}>
          {STATUS_WORDS[standing]}
        </p>
      )}
      {standing !== 'closed' && (
        <Composer
          draft={draft}
          onChange={setDraft}
          canSend={draft.trim() !== '' && !error}
          onSend={send}
          onStop={isBusy ? () => void cancelReply(conversation).catch(chat.stop) : null}
        />
      )}
    </main>
  );
}

/** Stays at its end while it grows, unless the customer has scrolled up. */
function Log({ children }: { children: ReactNode }) {
  const log = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (isAtEnd.current) log.current?.scrollTo(0, log.current.scrollHeight);
  });
  const look = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = log.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it.
    <div className="log" role="log" aria-label="Conversation" tabIndex={0} ref={log} onScroll={look}>
      {children}
    </div>
  );
}

type MessageProps = {
  message: ChatMessage;
  agentName: string;
  isGrowing: boolean;
  stateOf: (actionId: string) => string;
  /** Null where nothing can be sent. */
  onDecide: ((actionId: string, approved: boolean) => void) | null;
};

function Message({ message, agentName, isGrowing, stateOf, onDecide }: MessageProps) {
  if (message.role === 'user') {
    return (
      <article className="mine" aria-label="You">
        <p>{textOf(message)}</p>
      </article>
    );
  }
  const outcome = message.parts.find((part) => part.type === 'data-outcome')?.data.outcome;
  // Where a person has the conversation the agent's reply has no words.
  if (!hasWords(message) && outcome !== 'stopped') return null;
  const author = message.metadata?.role === 'operator' ? 'Our team' : agentName;
  return (
    <article className="theirs" aria-label={author} aria-busy={isGrowing}>
      <span className="avatar" aria-hidden="true">
        {author[0]}
      </span>
      <div>
        <p className="author">{author}</p>
        {message.parts.map((part, index) => {
          // The parts of a message are only added to: their place is their identity.
          const key = `${part.type}-${index}`;
          if (part.type === 'text') return <Text key={key} text={part.text} />;
          if (part.type === 'data-action') {
            const answered = message.parts.some(
              (tool) =>
                tool.type === 'dynamic-tool' &&
                tool.approval?.id === part.data.id &&
                tool.state === 'approval-responded',
            );
            const state = stateOf(part.data.id);
            return (
              <ActionCard
                key={key}
                action={part.data}
                state={answered && state === 'proposed' ? 'confirmed' : state}
                onDecide={onDecide}
              />
            );
          }
          if (part.type === 'dynamic-tool' && part.approval) return null;
          if (part.type === 'dynamic-tool') return <Tool key={key} name={part.toolName} state={part.state} />;
          return null;
        })}
        {outcome === 'stopped' && <p className="notice">Stopped</p>}
        <Sources message={message} />
      </div>
    </article>
  );
}

const ACTION_WORDS: Record<string, string> = {
  confirmed: 'Doing it…',
  running: 'Doing it…',
  done: 'Done.',
  failed: 'This was not done.',
  unknown: 'We could not verify whether this was done. A person will look at it.',
  declined: 'You said no. Nothing was done.',
};

/** What has to be confirmed, and what came of it. */
function ActionCard({
  action,
  state,
  onDecide,
}: {
  action: Action;
  state: string;
  onDecide: MessageProps['onDecide'];
}) {
  if (action.summary === undefined) return null;
  const isOpen = state === 'proposed' && (action.expiresAt ?? 0) > Date.now();
  const isTheirs = action.by === 'operator';
  const words =
    state === 'proposed'
      ? `${isTheirs ? 'Nobody could check this' : 'This was not confirmed'} in time. Nothing was done.`
      : state === 'declined' && isTheirs
        ? 'We could not agree to this. Nothing was done.'
        : ACTION_WORDS[state];
  return (
    <section className="action" aria-label={isOpen && !isTheirs ? 'Please confirm' : 'Your request'} data-state={state}>
      <p>
        <strong>{action.summary}</strong>
      </p>
      {isOpen && isTheirs && <p role="status">We are checking this; you will hear from us.</p>}
      {isOpen && !isTheirs && (
        <p>
          <button type="button" className="primary" disabled={!onDecide} onClick={() => onDecide?.(action.id, true)}>
            Yes, confirm
          </button>{' '}
          <button type="button" disabled={!onDecide} onClick={() => onDecide?.(action.id, false)}>
            No, leave it
          </button>
        </p>
      )}
      {!isOpen && <p role="status">{words}</p>}
    </section>
  );
}

function Tool({ name, state }: { name: string; state: string }) {
  const phase = state === 'output-available' ? 'done' : state === 'output-error' ? 'failed' : 'running';
  const words = { running: 'in progress', done: 'finished', failed: 'did not work' }[phase];
  const title = name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());
  return (
    <p className="tool" data-phase={phase}>
      {title} <span className="hidden">{words}</span>
    </p>
  );
}

/** The sources of a reply, each once, with its own words. */
function Sources({ message }: { message: ChatMessage }) {
  const quotes = new Map<string, Source>();
  for (const part of message.parts) if (part.type === 'data-citation') quotes.set(String(part.data.number), part.data);
  const sources = message.parts.filter((part) => part.type === 'source-url' || part.type === 'source-document');
  if (sources.length === 0) return null;
  return (
    <ol className="sources" aria-label="Sources">
      {sources.map((source) => {
        const { quote, location } = quotes.get(source.sourceId) ?? {};
        // A PDF opens there.
        const [page, place] = location?.page ? [`, page ${location.page}`, `#page=${location.page}`] : ['', ''];
        return (
          <li key={source.sourceId}>
            {source.type === 'source-url' && isWebAddress(source.url) ? (
              <WebLink href={source.url + place}>{source.title + page}</WebLink>
            ) : (
              <span>{source.title + page}</span>
            )}
            <q>{quote}</q>
          </li>
        );
      })}
    </ol>
  );
}

const MARKS = /\*\*(.+?)\*\*|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>()*]*[^\s<>()*.,;:!?'"])/g;

/** Plain text with bold words and links: as React nodes, so that no words of a model can ever become HTML. */
function Text({ text }: { text: string }) {
  const nodes: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const [all, bold, label, target, address] = match;
    const href = target ?? address;
    nodes.push(text.slice(end, match.index));
    nodes.push(
      href === undefined ? (
        <strong key={match.index}>{bold}</strong>
      ) : (
        <WebLink key={match.index} href={href}>
          {label ?? address}
        </WebLink>
      ),
    );
    end = match.index + all.length;
  }
  return (
    <p className="text">
      {nodes}
      {text.slice(end)}
    </p>
  );
}

function WebLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

type ComposerProps = {
  draft: string;
  onChange: (draft: string) => void;
  canSend: boolean;
  onSend: () => void;
  /** Null where there is no reply to stop. */
  onStop: (() => void) | null;
};

function Composer({ draft, onChange, canSend, onSend, onStop }: ComposerProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    // Not the Enter that ends a composition, as in Japanese.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return (
    <form onSubmit={submit}>
      <textarea
        aria-label="Your message"
        placeholder="Write a message…"
        rows={1}
        maxLength={LONGEST_MESSAGE}
        value={draft}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={sendOnEnter}
      />
      {onStop ? (
        <button type="button" className="primary" onClick={onStop}>
          Stop
        </button>
      ) : (
        <button type="submit" className="primary" disabled={!canSend}>
          Send
        </button>
      )}
    </form>
  );
}

function textOf(message: ChatMessage | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function hasWords(message: ChatMessage | undefined): boolean {
  if (message?.role !== 'assistant') return false;
  return message.parts.some(
    (part) => part.type === 'text' || part.type === 'dynamic-tool' || part.type === 'data-action',
  );
}

function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address);
}
