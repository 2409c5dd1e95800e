import { render } from 'preact';
import { createMemory } from './access-storage.ts';
import { Chat } from './chat.tsx';
import { ChatSession } from './chat-session.ts';
import { type AgentInfo, createClient } from './client.ts';
import composer from './composer.css?inline';
import { countToRead } from './conversation-view.ts';
import { focusIn } from './focus.ts';
import frame from './frame.css?inline';
import type { Sentences } from './locale.ts';
import messages from './messages.css?inline';
import type { Settings } from './settings.ts';

export type PanelOptions = {
  root: HTMLElement;
  shadow: ShadowRoot;
  settings: Settings;
  sentences: Sentences;
  storageKey: string;
  language: string;
  /** By which the page shows who the customer is. */
  customerToken: string | null;
  onClose(): void;
  onUnread(count: number): void;
  onAgent(agent: AgentInfo): void;
  /** The conversation was begun in this language. */
  onLanguage(language: string): void;
  /** The server does not serve this page's origin. */
  onRefused(): void;
};

export type Panel = ReturnType<typeof createPanel>;

/** A tab that is hidden for less than this keeps its stream. */
const REST_AFTER_MS = 5000;

/** The chat itself in the element's shadow. It follows its conversation from now on, whether it is shown or not. */
export function createPanel(options: PanelOptions) {
  const { root, shadow, settings } = options;
  const memory = createMemory(() => localStorage, options.storageKey);
  const session = new ChatSession({
    client: createClient({ baseUrl: settings.server }),
    memory,
    language: options.language,
    ...(settings.agent ? { agent: settings.agent } : {}),
  });
  if (options.customerToken) void session.identify(options.customerToken);
  const place = document.createElement('div');
  place.className = 'fd-panel';
  place.hidden = true;
  root.prepend(place);
  keepKeys(place, options.onClose);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(frame + messages + composer);
  // Before the element's last one, which adds to what this one says.
  shadow.adoptedStyleSheets.splice(1, 0, sheet);

  let { sentences } = options;
  let started = false;
  let told: { agent: AgentInfo | null; language: string | null } = { agent: null, language: null };
  let planned = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const draw = () => {
    planned = false;
    const { state } = session;
    const count = countToRead(state.view);
    const looking = !place.hidden && document.visibilityState === 'visible';
    if (looking && count > state.seen) return session.look(count);
    options.onUnread(looking ? 0 : Math.max(0, count - state.seen));
    tell(state.agent, state.view.language);
    const onClose = settings.mode === 'page' ? null : options.onClose;
    render(<Chat session={session} state={state} sentences={sentences} onClose={onClose} />, place);
  };
  // A history arrives as many events at once: they are drawn once.
  const plan = () => {
    if (!planned) queueMicrotask(draw);
    planned = true;
  };
  const tell = (agent: AgentInfo | null, language: string | null) => {
    const before = told;
    told = { agent, language };
    if (agent && agent !== before.agent) options.onAgent(agent);
    if (language && language !== before.language) options.onLanguage(language);
    if (session.state.trouble?.problem?.code === 'origin_not_allowed') options.onRefused();
  };
  const start = () => {
    if (!started) void session.start();
    started = true;
  };

  const heed = () => {
    clearTimeout(rest);
    if (document.hidden) rest = setTimeout(() => session.rest(true), REST_AFTER_MS);
    else session.rest(false);
    plan();
  };

  session.onChange = plan;
  document.addEventListener('visibilitychange', heed);
  // What is remembered is followed at once; a new conversation begins when the customer opens the panel.
  if (memory.load()) start();
  heed();

  return {
    /** `asked`: the customer or the site has asked for it, and the focus goes there. */
    show(asked: boolean): void {
      place.hidden = false;
      start();
      draw();
      if (asked) focusIn(place);
    },
    identify(customerToken: string): void {
      void session.identify(customerToken);
    },
    hide(): void {
      // What is modal would keep the page from its visitor.
      place.querySelector('dialog')?.close();
      place.hidden = true;
    },
    speak(words: Sentences): void {
      sentences = words;
      plan();
    },
    end(): void {
      document.removeEventListener('visibilitychange', heed);
      clearTimeout(rest);
      session.onChange = () => {};
      session.close();
      render(null, place);
      place.remove();
    },
  };
}

/**
 * To the host page all keys would come from the element, which is no text field: its shortcuts would swallow typing.
 * What an input method is given is no key of the chat either; 229 is how Safari reports the one that ends a composition.
 */
function keepKeys(place: HTMLElement, onEscape: () => void): void {
  for (const type of ['keydown', 'keypress', 'keyup'] as const) {
    const guard = (event: KeyboardEvent) => (event.isComposing || event.keyCode === 229) && event.stopPropagation();
    place.addEventListener(type, guard, true);
    place.addEventListener(type, (event) => {
      event.stopPropagation();
      if (type === 'keydown' && event.key === 'Escape') onEscape();
    });
  }
}
