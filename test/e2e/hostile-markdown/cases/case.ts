/** A text that the agent may have been talked into writing, and what must become of it. */
export type Case = {
  name: string;
  /** What goes wrong where it is not handled. */
  why: string;
  text: string;
  /** Where the links of the whole text go, in order. */
  links: string[];
  /** What is read on the screen once the text is whole, where that is worth saying. */
  shows?: string;
};

/** A case of which nothing may remain but text. */
export function inert(name: string, why: string, text: string, shows?: string): Case {
  return { name, why, text, links: [], ...(shows === undefined ? {} : { shows }) };
}

/** A case whose links go exactly to `links`. */
export function linked(name: string, why: string, text: string, links: string[], shows?: string): Case {
  return { name, why, text, links, ...(shows === undefined ? {} : { shows }) };
}
