import base from './base.css?inline';
import { Launcher } from './launcher.ts';
import { chooseLocale, loadSentences, type Sentences } from './locale.ts';
import type { Panel } from './panel.tsx';
import { readSettings, type Settings, warnOnce } from './settings.ts';

/**
 * `<frontdesk-chat>`: a launcher with a panel, or the whole chat in place (`data-mode="page"`). The panel's code is
 * loaded when it is opened, or at leisure where a conversation is remembered, to tell of what arrives meanwhile.
 */
export class FrontdeskChat extends HTMLElement {
  static readonly tag = 'frontdesk-chat';
  static readonly observedAttributes = [
    'data-theme',
    'data-color',
    'data-position',
    'data-locale',
    'data-customer-token',
  ];
  /** Where the script came from: the server, unless an attribute names another. */
  static home = '';

  readonly #shadow = this.attachShadow({ mode: 'open' });
  readonly #sheet = new CSSStyleSheet();
  readonly #laterSheet = new CSSStyleSheet();
  readonly #root = document.createElement('div');
  #settings: Settings | null = null;
  #sentences: Sentences | null = null;
  #launcher: Launcher | null = null;
  #panel: Promise<Panel | null> | null = null;
  #language: string | null = null;
  #customerToken: string | null = null;
  #isOpen = false;
  #unread = 0;
  #failed = false;
  #life = new AbortController();

  connectedCallback(): void {
    const settings = readSettings(this, FrontdeskChat.home);
    this.#settings = settings;
    this.#life = new AbortController();
    this.#shadow.adoptedStyleSheets = [this.#sheet, this.#laterSheet];
    this.#root.className = 'fd-root';
    this.#shadow.append(this.#root);
    this.#watch(this.#life.signal);
    void this.#begin(settings);
  }

  disconnectedCallback(): void {
    this.#life.abort();
    void this.#panel?.then((panel) => panel?.end());
    this.#panel = null;
    this.#launcher = null;
    this.#isOpen = false;
    this.#root.replaceChildren();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name === 'data-customer-token') {
      if (now) this.identify(now);
      else if (before) this.signOut();
      return;
    }
    if (!this.#settings || !this.isConnected) return;
    this.#settings = readSettings(this, FrontdeskChat.home);
    void this.#look();
    void this.#speak();
  }

  open(): void {
    this.#open(this.#settings?.mode === 'launcher');
  }

  #open(asked: boolean): void {
    if (this.#isOpen || !this.#settings) return;
    this.#isOpen = true;
    void this.#loadPanel().then((panel) => {
      if (this.#isOpen) panel?.show(asked);
      this.#update();
      void this.#dress();
    });
    this.#tell('open');
  }

  close(): void {
    if (!this.#isOpen || this.#settings?.mode === 'page') return;
    this.#isOpen = false;
    void this.#panel?.then((panel) => panel?.hide());
    this.#update();
    this.#launcher?.button.focus();
    this.#tell('close');
  }

  /** Shows who the customer is, by a token of the site's own server. It is kept in memory alone. */
  identify(customerToken: string): void {
    this.#customerToken = customerToken;
    void this.#panel?.then((panel) => panel?.identify(customerToken));
  }

  /** The customer has left: nothing of the conversation stays in this browser, and the next one is somebody else's. */
  signOut(): void {
    try {
      localStorage.removeItem(this.#storageKey());
    } catch {
      // Nothing was kept.
    }
    this.#forget();
  }

  /** In all tabs: one that went on with its customer would have the others follow it. */
  #forget(): void {
    this.#customerToken = null;
    void this.#panel?.then((panel) => panel?.end());
    this.#panel = null;
    this.#unread = 0;
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#open(false);
    }
    this.#update();
  }

  async #begin(settings: Settings): Promise<void> {
    const { signal } = this.#life;
    await Promise.all([this.#look(), this.#speak()]);
    if (signal.aborted || !this.#sentences) return;
    if (settings.mode === 'launcher') {
      this.#launcher = new Launcher(
        () => this.open(),
        () => void this.#loadPanel(),
      );
      this.#root.append(this.#launcher.element);
      this.#update();
    }
    if (settings.mode === 'page' || settings.open) this.#open(false);
    else if (this.#remembers()) void this.#loadPanel();
  }

  /** The style of what is seen only now and then. Without it that is plain, and the next opening tries again. */
  async #dress(): Promise<void> {
    const later = await import('./later.css?inline').catch(() => null);
    if (later) this.#laterSheet.replaceSync(later.default);
  }

  /** Loads the chat, once; a failure is shown, and the next wish tries again. */
  #loadPanel(): Promise<Panel | null> {
    this.#panel ??= this.#makePanel().catch((error) => {
      warnOnce(`the chat could not be loaded: ${String(error)}`);
      this.#panel = null;
      this.#failed = this.#isOpen;
      this.#isOpen = false;
      if (this.#settings?.mode === 'page') this.#root.textContent = this.#sentences?.startFailed ?? '';
      this.#update();
      return null;
    });
    return this.#panel;
  }

  async #makePanel(): Promise<Panel> {
    const { signal } = this.#life;
    const [{ createPanel }] = await Promise.all([import('./panel.tsx'), this.#sentences ?? this.#speak()]);
    const { settings, sentences } = { settings: this.#settings, sentences: this.#sentences };
    if (!settings || !sentences || signal.aborted) throw new Error('the element is gone');
    const panel = createPanel({
      root: this.#root,
      shadow: this.#shadow,
      settings,
      sentences,
      storageKey: this.#storageKey(),
      language: settings.locale || navigator.language,
      customerToken: this.#customerToken,
      onClose: () => this.close(),
      onUnread: (count) => {
        if (count > this.#unread) this.#tell('message');
        this.#unread = count;
        this.#update();
      },
      onAgent: (agent) => this.#tell('agent', agent),
      onRefused: () => warnOnce(`the server refuses ${location.origin}: add it to FRONTDESK_ORIGINS.`),
      onLanguage: (language) => {
        this.#language = language;
        void this.#speak();
      },
    });
    this.#failed = false;
    return panel;
  }

  /** The attribute decides the language, then the conversation, then the browser. */
  async #speak(): Promise<void> {
    const wanted = this.#settings?.locale;
    const locale = chooseLocale([wanted, this.#language, ...navigator.languages]);
    if (wanted && chooseLocale([wanted]) !== wanted.toLowerCase().split('-')[0]) {
      warnOnce(`data-locale="${wanted}" is ignored: there are no sentences in that language.`);
    }
    if (this.#sentences?.locale === locale) return;
    const sentences = await loadSentences(locale).catch(() => null);
    if (!sentences) return warnOnce('its files could not be loaded.');
    this.#sentences = sentences;
    this.#root.lang = locale;
    this.#tell('locale', locale);
    void this.#panel?.then((panel) => panel?.speak(sentences));
    this.#update();
  }

  /** A brand's colour has code of its own, which is loaded where there is one. Without it the colours are ours. */
  async #look(): Promise<void> {
    const settings = this.#settings;
    if (!settings) return;
    const { mode, theme, position, color } = settings;
    Object.assign(this.#root.dataset, { mode, theme, position });
    const brand = color && (await import('./brand.ts').catch(() => null));
    if (settings === this.#settings) this.#sheet.replaceSync(base + (brand ? brand.brandStyle(color) : ''));
  }

  /** The room that a phone's keyboard leaves, and a conversation begun in another tab. */
  #watch(signal: AbortSignal): void {
    const view = window.visualViewport;
    const fitScreen = () => {
      if (!view || view.scale > 1.01) return;
      this.#root.style.setProperty('--fd-top', `${view.offsetTop}px`);
      this.#root.style.setProperty('--fd-height', `${view.height}px`);
    };
    fitScreen();
    for (const change of ['resize', 'scroll']) view?.addEventListener(change, fitScreen, { signal });
    const found = (event: StorageEvent) => {
      if (event.key !== this.#storageKey()) return;
      if (event.newValue) void this.#loadPanel();
      else this.#forget();
    };
    window.addEventListener('storage', found, { signal });
  }

  #update(): void {
    if (!this.#sentences) return;
    const state = { open: this.#isOpen, unread: this.#unread, failed: this.#failed, sentences: this.#sentences };
    this.#launcher?.show(state);
  }

  #storageKey(): string {
    const { server, agent = '' } = this.#settings ?? {};
    return `frontdesk ${server} ${agent}`;
  }

  #remembers(): boolean {
    try {
      return localStorage.getItem(this.#storageKey()) !== null;
    } catch {
      return false;
    }
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`frontdesk:${name}`, { bubbles: true, composed: true, detail }));
  }
}
