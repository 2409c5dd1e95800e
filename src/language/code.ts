/** A sign in every so many characters that prose has no use for, and a text is code. */
const CHARACTERS_PER_SIGN = 25;
const SIGNS = /[{}=<>;]|\(\)|\w\(|\w_\w|\w\.\w|[a-z][A-Z]|::|->|=>|^\s*(?:#|\/\/|\$ )/gm;

/** Whether a text looks like source code, a configuration or a log: identifiers and signs more than words. */
export function isCode(text: string): boolean {
  const found = text.match(SIGNS)?.length ?? 0;
  return found > 2 && found * CHARACTERS_PER_SIGN >= text.length;
}

const IDENTIFIER = /[A-Za-z][A-Za-z0-9]*(?:_+[A-Za-z0-9]+)+|[A-Za-z]+[a-z0-9][A-Z][A-Za-z0-9]*/g;
const HUMPS = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/** The text with each identifier followed by its other form: `getUser` by "get User", `get_user` by "getuser". */
export function withIdentifiers(text: string): string {
  return text.replace(IDENTIFIER, (identifier) =>
    identifier.includes('_')
      ? `${identifier} ${identifier.replaceAll('_', '')}`
      : `${identifier} ${identifier.split(HUMPS).join(' ')}`,
  );
}
