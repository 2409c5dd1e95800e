/** What the host page has asked for by the element's attributes. */
export type Settings = {
  /** Where the API lies, with a slash at the end. */
  server: string;
  agent: string | null;
  mode: 'launcher' | 'page';
  theme: 'auto' | 'light' | 'dark';
  position: 'right' | 'left';
  color: string | null;
  locale: string | null;
  open: boolean;
};

const MODES = ['launcher', 'page'] as const;
const THEMES = ['auto', 'light', 'dark'] as const;
const POSITIONS = ['right', 'left'] as const;

const said = new Set<string>();

/** Reads the attributes. A value that is none is told once in the console, and the default holds. */
export function readSettings({ dataset }: HTMLElement, home: string): Settings {
  return {
    server: readServer(dataset.server) ?? home,
    agent: dataset.agent || null,
    mode: choice('mode', dataset.mode, MODES),
    theme: choice('theme', dataset.theme, THEMES),
    position: choice('position', dataset.position, POSITIONS),
    color: matching(dataset, 'color', /^#[0-9a-f]{6}$/i, 'a colour such as "#2f5bd7"'),
    locale: matching(dataset, 'locale', /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i, 'a language such as "en" or "es-MX"'),
    open: dataset.open !== undefined && dataset.open !== 'false',
  };
}

/** Tells the owner of the host page, once, what is wrong with it. */
export function warnOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  console.warn(`frontdesk-chat: ${text}`);
}

function choice<Value extends string>(
  name: string,
  value: string | undefined,
  known: readonly [Value, ...Value[]],
): Value {
  const found = known.find((candidate) => candidate === value);
  if (value !== undefined && found === undefined) ignored(name, value, `one of ${known.join(', ')}`);
  return found ?? known[0];
}

function matching(dataset: DOMStringMap, name: string, pattern: RegExp, wanted: string): string | null {
  const value = dataset[name];
  if (value === undefined || pattern.test(value)) return value ?? null;
  ignored(name, value, wanted);
  return null;
}

function readServer(value: string | undefined): string | null {
  if (value === undefined) return null;
  const url = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/*$/, '/');
  ignored('server', value, 'an address such as "https://desk.example"');
  return null;
}

function ignored(name: string, value: string, wanted: string): void {
  warnOnce(`data-${name}="${value}" is ignored: it must be ${wanted}.`);
}
