import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Avatar } from './chat-header.tsx';
import { type PlacedCitation, sourcesOf, type ViewMessage } from './conversation-view.ts';
import { safeUrl } from './link-target.ts';
import type { Sentences } from './locales/index.ts';
import { renderMarkdown, renderUnfinished } from './markdown.tsx';
import { visible } from './visible.ts';

type MessageProps = { message: ViewMessage; name: string; company: string; sentences: Sentences };

/** One message of the log. A customer's own words are shown as they are, without Markdown. */
export function Message(props: MessageProps): JSX.Element {
  const { message, sentences } = props;
  if (message.role === 'customer') {
    return (
      <article class="fd-message fd-customer" data-role="customer" data-id={message.id}>
        <h2 class="fd-hidden">{sentences.you}</h2>
        <div class="fd-bubble">{message.text}</div>
      </article>
    );
  }
  return <Reply {...props} />;
}

function Reply({ message, name, company, sentences }: MessageProps): JSX.Element {
  const person = message.role === 'operator';
  const sources = sourcesOf(message).map(withVisibleWords);
  const draw = message.state === 'done' ? renderMarkdown : renderUnfinished;
  const body = useMemo(
    () =>
      draw(message.text, message.citations, (number) => (
        <Chip source={sources.find((source) => source.number === number)} sentences={sentences} />
      )),
    [draw, message.text, message.citations, sentences],
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
            {new Date(message.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
          </time>
        </h2>
        <div class="fd-text">{body}</div>
        {message.state === 'stopped' && <p class="fd-mark">{sentences.stoppedMark}</p>}
        {message.state === 'failed' && <p class="fd-mark fd-mark-failed">{sentences.failedMark}</p>}
        {sources.length > 0 && <Sources sources={sources} sentences={sentences} />}
      </div>
    </article>
  );
}

function withVisibleWords(source: PlacedCitation): PlacedCitation {
  return { ...source, title: visible(source.title), quote: visible(source.quote) };
}

type ChipProps = { source: PlacedCitation | undefined; sentences: Sentences };

/** The small number behind a cited range. */
function Chip({ source, sentences }: ChipProps): JSX.Element | null {
  if (!source) return null;
  const href = safeUrl(source.url);
  const label = `${sentences.source(source.number)}: ${source.title}`;
  return (
    <sup class="fd-chip">
      {href ? (
        <a
          href={href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          title={`${source.title}\n“${source.quote}”`}
          aria-label={`${label} (${sentences.opensInNewTab})`}
        >
          {source.number}
        </a>
      ) : (
        <span title={source.quote} role="note" aria-label={label}>
          {source.number}
        </span>
      )}
    </sup>
  );
}

/** Where the reply comes from: each source's title, and its own words on demand. */
function Sources({ sources, sentences }: { sources: PlacedCitation[]; sentences: Sentences }): JSX.Element {
  return (
    <section class="fd-sources" aria-label={sentences.sources}>
      <h3>{sentences.sources}</h3>
      <ol>
        {sources.map((source) => (
          <li key={source.number} value={source.number}>
            <Source source={source} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Source({ source }: { source: PlacedCitation }): JSX.Element {
  const href = safeUrl(source.url);
  return (
    <details>
      <summary>
        <span class="fd-source-number" aria-hidden="true">
          {source.number}
        </span>
        {href ? (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {source.title}
          </a>
        ) : (
          <span>{source.title}</span>
        )}
      </summary>
      <blockquote>{source.quote}</blockquote>
    </details>
  );
}
