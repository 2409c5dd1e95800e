/** What the host page has asked for by the element's attributes. */
export type Settings = {
  /** Where the API lies, with a slash at the end. */
  server: string;
  agent: string | undefined;
  mode: string;
  theme: string;
  position: string;
  color: string;
  locale: string;
  open: boolean;
};

const KNOWN = {
  mode: /^(launcher|page)$/,
  theme: /^(auto|light|dark)$/,
  position: /^(right|left)$/,
  color: /^#[\da-f]{6}$/i,
  locale: /^[a-z]{2,8}(-[a-z\d]{1,8})*$/i,
  server: /^https?:\/\/[^\s]+$/,
};

const said = new Set<string>();

/** Reads the attributes. A value that is none is told once in the console, and the default holds. */
export function readSettings({ dataset }: HTMLElement, home: string): Settings {
  const read = (name: keyof typeof KNOWN, otherwise: string): string => {
    const value = dataset[name] ?? otherwise;
    if (value === otherwise || KNOWN[name].test(value)) return value;
    warnOnce(`data-${name}="${value}" is ignored, it must match ${KNOWN[name]}`);
    return otherwise;
  };
  return {
    server: read('server', home).replace(/\/*$/, '/'),
    agent: dataset.agent,
    mode: read('mode', 'launcher'),
    theme: read('theme', 'auto'),
    position: read('position', 'right'),
    color: read('color', ''),
    locale: read('locale', ''),
    open: dataset.open !== undefined && dataset.open !== 'false',
  };
}

/** Tells the owner of the host page, once, what is wrong with it. */
export function warnOnce(text: string): void {
  if (!said.has(text)) console.warn(`frontdesk-chat: ${text}`);
  said.add(text);
}
