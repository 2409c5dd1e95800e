import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Avatar } from './chat-header.tsx';
import type { ViewMessage } from './conversation-view.ts';
import type { Sentences } from './locale.ts';
import { renderMarkdown } from './markdown.tsx';
import { type Cited, type OpenPassage, sourcesOf } from './sources.ts';

type MessageProps = {
  message: ViewMessage;
  name: string;
  company: string;
  sentences: Sentences;
  onPassage: OpenPassage;
};

/** One message of the log. A customer's own words are shown as they are, without Markdown. */
export function Message(props: MessageProps): JSX.Element {
  const { message, sentences } = props;
  if (message.role === 'customer') {
    return (
      <article class="fd-message fd-customer" data-role="customer" data-id={message.id}>
        <h2 class="fd-hidden">{sentences.you}</h2>
        <div class="fd-bubble" dir="auto">
          {message.text}
        </div>
      </article>
    );
  }
  return <Reply {...props} />;
}

function Reply({ message, name, company, sentences, onPassage }: MessageProps): JSX.Element {
  const person = message.role === 'operator';
  const { text, citations } = message;
  const unfinished = message.state !== 'done';
  const sources = sourcesOf(message);
  const body = useMemo(
    () =>
      renderMarkdown(text, {
        citations,
        unfinished,
        chip: (number) => {
          const cited = sources.find((source) => source.number === number);
          return cited && <Chip cited={cited} sentences={sentences} onPassage={onPassage} />;
        },
      }),
    // The first `onPassage` does what any later one would.
    [text, unfinished, citations, sentences],
  );
  return (
    <article
      class={`fd-message ${person ? 'fd-operator' : 'fd-agent'}`}
      data-role={message.role}
      data-id={message.id}
      data-state={message.state}
      aria-busy={message.state === 'streaming'}
    >
      <Avatar name={name} person={person} />
      <div class="fd-content">
        <h2 class="fd-author">
          {person ? sentences.person(company) : name}
          <time class="fd-time" dateTime={new Date(message.at).toISOString()}>
            {new Date(message.at).toLocaleTimeString(sentences.locale, { hour: '2-digit', minute: '2-digit' })}
          </time>
        </h2>
        <div class="fd-text" dir="auto">
          {body}
        </div>
        {message.state === 'stopped' && <p class="fd-mark">{sentences.stoppedMark}</p>}
        {message.state === 'failed' && <p class="fd-mark fd-mark-failed">{sentences.failedMark}</p>}
        {sources.length > 0 && <Sources sources={sources} sentences={sentences} onPassage={onPassage} />}
      </div>
    </article>
  );
}

type ChipProps = { cited: Cited; sentences: Sentences; onPassage: OpenPassage };

/** The small number behind a cited range, which opens the passage. */
function Chip({ cited, sentences, onPassage }: ChipProps): JSX.Element {
  return (
    <sup class="fd-chip">
      <button
        type="button"
        title={cited.title}
        aria-label={`${sentences.source(cited.number)}: ${cited.title}`}
        aria-haspopup="dialog"
        onClick={(event) => onPassage(cited, event.currentTarget)}
      >
        {cited.number}
      </button>
    </sup>
  );
}

type SourcesProps = { sources: Cited[]; sentences: Sentences; onPassage: OpenPassage };

/** Where the reply comes from. */
function Sources({ sources, sentences, onPassage }: SourcesProps): JSX.Element {
  return (
    <section class="fd-sources" aria-label={sentences.sources}>
      <h3>{sentences.sources}</h3>
      <ol>
        {sources.map((cited) => (
          <li key={cited.number} value={cited.number}>
            <button type="button" aria-haspopup="dialog" onClick={(event) => onPassage(cited, event.currentTarget)}>
              <span class="fd-source-number" aria-hidden="true">
                {cited.number}
              </span>
              <span>{cited.title}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
