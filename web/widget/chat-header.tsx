import type { JSX } from 'preact';
import type { AgentInfo } from './client.ts';
import { CloseIcon, NewIcon, PersonIcon } from './icons.tsx';
import type { Sentences } from './locale.ts';

type HeaderProps = {
  agent: AgentInfo | null;
  offline: boolean;
  sentences: Sentences;
  canAskForPerson: boolean;
  onPerson(): void;
  /** Null while there is nothing to leave behind. */
  onNew: (() => void) | null;
  /** Null where there is nothing to go back to. */
  onClose: (() => void) | null;
};

/** Who answers, that it is an AI, whether it is the offline model, and the way to a person. */
export function ChatHeader(props: HeaderProps): JSX.Element {
  const { agent, sentences } = props;
  return (
    <div class="fd-header">
      <div class="fd-identity">
        <Avatar name={agent?.name ?? ''} />
        <div class="fd-names">
          <div class="fd-name-line">
            <h1 class="fd-name">{agent?.name ?? sentences.assistant}</h1>
            <span class="fd-ai">{sentences.aiAssistant}</span>
          </div>
          {agent?.company && <p class="fd-company">{agent.company}</p>}
        </div>
      </div>
      <div class="fd-actions">
        {props.onNew && (
          <button
            type="button"
            class="fd-icon-button"
            onClick={props.onNew}
            aria-label={sentences.newConversation}
            title={sentences.newConversation}
          >
            <NewIcon />
          </button>
        )}
        <button
          type="button"
          class="fd-button"
          disabled={!props.canAskForPerson}
          onClick={props.onPerson}
          aria-label={sentences.personButton}
        >
          <PersonIcon />
          <span class="fd-wide">{sentences.personButton}</span>
          <span class="fd-narrow">{sentences.personShort}</span>
        </button>
        {props.onClose && (
          <button
            type="button"
            class="fd-icon-button"
            onClick={props.onClose}
            aria-label={sentences.closeChat}
            title={sentences.closeChat}
          >
            <CloseIcon />
          </button>
        )}
      </div>
      {props.offline && <p class="fd-offline">{sentences.offlineModel}</p>}
    </div>
  );
}

export function Avatar({ name, person = false }: { name: string; person?: boolean }): JSX.Element {
  return (
    <span class={person ? 'fd-avatar fd-avatar-person' : 'fd-avatar'} aria-hidden="true">
      {person ? <PersonIcon /> : name.slice(0, 1).toUpperCase() || '•'}
    </span>
  );
}
