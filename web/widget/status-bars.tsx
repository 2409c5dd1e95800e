import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Status } from '../../src/protocol/conversation.ts';
import type { ChatState, Wish } from './chat-session.ts';
import type { AgentInfo } from './client.ts';
import { CloseIcon } from './icons.tsx';
import { safeUrl } from './link-target.ts';
import type { Sentences } from './locale.ts';
import { problemWords } from './problem-words.ts';

type StatusProps = {
  status: Status;
  name: string;
  /** False where the assistant has just refused to. */
  canAnswer: boolean;
  contact: AgentInfo['contact'] | undefined;
  sentences: Sentences;
  onNew(): void;
};

/** Where the conversation stands, when that is worth saying. */
export function StatusLine(props: StatusProps): JSX.Element | null {
  const { status, contact, sentences } = props;
  if (status === 'open') return null;
  return (
    <div class="fd-status" role="status" data-status={status}>
      {status === 'waiting_for_human' && (
        <>
          <p>
            <strong>{sentences.waitingForHuman}</strong> {props.canAnswer && sentences.waitingMeanwhile(props.name)}
          </p>
          {contact && <Contact contact={contact} sentences={sentences} />}
        </>
      )}
      {status === 'with_human' && <p>{sentences.withHuman}</p>}
      {status === 'resolved' && <p>{sentences.resolved}</p>}
      {status === 'closed' && (
        <p>
          {sentences.closed}{' '}
          <button type="button" class="fd-link" onClick={props.onNew}>
            {sentences.newConversation}
          </button>
        </p>
      )}
    </div>
  );
}

function Contact({ contact, sentences }: { contact: AgentInfo['contact']; sentences: Sentences }): JSX.Element | null {
  const url = safeUrl(contact.url ?? null);
  const ways = [
    contact.phone && <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>,
    contact.hours && <span>{contact.hours}</span>,
    contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>,
    url && (
      <a href={url} target="_blank" rel="noopener noreferrer">
        {new URL(url).hostname}
      </a>
    ),
  ].filter(Boolean);
  if (ways.length === 0) return null;
  return (
    <p class="fd-contact">
      <span>{sentences.reachUs}</span>
      {ways}
    </p>
  );
}

/** Says that the connection is gone, unless it is back within a moment. */
export function ConnectionBar(
  props: Pick<ChatState, 'connection' | 'refusal'> & { sentences: Sentences },
): JSX.Element | null {
  const lost = props.connection === 'lost';
  const [shown, show] = useState(false);
  useEffect(() => {
    if (!lost) return show(false);
    const timer = setTimeout(() => show(true), 1200);
    return () => clearTimeout(timer);
  }, [lost]);
  if (!shown || !lost) return null;
  return (
    <p class="fd-bar fd-bar-quiet" role="status">
      {connectionWords(props)}
    </p>
  );
}

function connectionWords({ refusal, sentences }: Pick<ChatState, 'refusal'> & { sentences: Sentences }): string {
  if (!navigator.onLine) return sentences.deviceOffline;
  return refusal?.wait ? problemWords(refusal, sentences) : sentences.connectionLost;
}

type TroubleProps = { trouble: ChatState['trouble']; sentences: Sentences; onDismiss(): void };

/** What failed, and the way to try it again. */
export function TroubleBar({ trouble, sentences, onDismiss }: TroubleProps): JSX.Element | null {
  if (!trouble) return null;
  const said: Record<Wish, string> = {
    start: sentences.startFailed,
    cancel: sentences.cancelFailed,
    handoff: sentences.handoffFailed,
    rate: sentences.rateFailed,
    source: sentences.sourceFailed,
  };
  return (
    <div class="fd-bar fd-bar-trouble" role="alert">
      <p class="fd-bar-text">
        <strong>{said[trouble.wish]}</strong> {trouble.problem && problemWords(trouble.problem, sentences)}
      </p>
      <button type="button" class="fd-button" onClick={trouble.retry}>
        {sentences.retry}
      </button>
      <button type="button" class="fd-icon-button" onClick={onDismiss} aria-label={sentences.dismiss}>
        <CloseIcon />
      </button>
    </div>
  );
}

/** What is shown in place of a conversation that could not be opened. */
export function StartFailed({
  trouble,
  contact,
  sentences,
}: Pick<TroubleProps, 'trouble' | 'sentences'> & Pick<StatusProps, 'contact'>): JSX.Element | null {
  if (!trouble) return null;
  return (
    <div class="fd-failed" role="alert">
      <p>
        <strong>{sentences.startFailed}</strong>
        <br />
        {trouble.problem && problemWords(trouble.problem, sentences)}
      </p>
      <button type="button" class="fd-button fd-primary" onClick={trouble.retry}>
        {sentences.retry}
      </button>
      {contact && <Contact contact={contact} sentences={sentences} />}
    </div>
  );
}

/** Asks before the conversation on the screen is left behind. */
export function AskBar(props: { sentences: Sentences; onYes(): void; onNo(): void }): JSX.Element {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div class="fd-bar fd-bar-ask" role="alertdialog" aria-label={props.sentences.newConversation}>
      <p class="fd-bar-text">{props.sentences.newConversationAsk}</p>
      <button type="button" ref={first} class="fd-button fd-primary" onClick={props.onYes}>
        {props.sentences.newConversationYes}
      </button>
      <button type="button" class="fd-button" onClick={props.onNo}>
        {props.sentences.keep}
      </button>
    </div>
  );
}
