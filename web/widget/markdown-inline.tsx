import type { ComponentChild, ComponentChildren, VNode } from 'preact';
import { liftMarks, splitMarks } from './citation-marks.ts';
import { decodeEntities } from './entities.ts';
import { safeUrl, unsaidTarget } from './link-target.ts';

/** Beyond this depth the source is shown as it is. */
export const MAX_DEPTH = 12;
/** A longer address is no link. */
const MAX_ADDRESS = 2000;

export type Chip = (number: number) => ComponentChild;

type Context = { depth: number; chip: Chip; unfinished?: boolean; inLink?: boolean };

/** What was read so far: nodes, and signs that may yet turn out to begin an emphasis. */
type Piece = { node: ComponentChild; height: number } | Run;
type Run = { sign: string; length: number; whole: number; closes: boolean };

const BARE_LINK = /(?:https?:\/\/|www\.)[^\s<>\uFFFC]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/iy;
const TAG = /<[a-z/!?][^<>]*>/iy;

/** The text of one block. It takes time in proportion to the text, whatever it holds. */
export function inlines(text: string, context: Context): ComponentChild[] {
  if (context.depth > MAX_DEPTH) return withChips(text, context.chip);
  return new InlineReader(text, context).read();
}

class InlineReader {
  readonly #text: string;
  readonly #context: Context;
  readonly #pieces: Piece[] = [];
  /** Where the open runs of each sign stand among the pieces. */
  readonly #open: Record<string, number[]> = { '*': [], _: [], '~': [] };
  /** Lengths of backtick runs that nothing closes. */
  readonly #unclosed = new Set<number>();
  #ends: Map<number, number> | null = null;
  /** True within a link, and in an unfinished text behind a sign that may yet make one, or code, of what follows. */
  #linkless: boolean;
  #at = 0;
  #plain = '';

  constructor(text: string, context: Context) {
    this.#text = text;
    this.#context = context;
    this.#linkless = context.inLink ?? false;
  }

  read(): ComponentChild[] {
    while (this.#at < this.#text.length) {
      if (!this.#special()) this.#plain += this.#text[this.#at++];
    }
    this.#flush();
    return this.#pieces.map(nodeOf);
  }

  /** Reads what begins here; false where it is a character like any other. */
  #special(): boolean {
    switch (this.#text[this.#at]) {
      case '\\':
        return this.#escape();
      case '`':
        return this.#code();
      case '*':
      case '_':
      case '~':
        return this.#run();
      case '!':
        return this.#text[this.#at + 1] === '[' && this.#link(this.#at + 1);
      case '[':
        return this.#link(this.#at);
      case '<':
        return this.#angle();
      case '\n':
        return this.#take(1, <br />);
      default:
        return this.#bareLink();
    }
  }

  #escape(): boolean {
    const next = this.#text[this.#at + 1] ?? '';
    if (next === '\n') return this.#take(2, <br />);
    return /[!-/:-@[-`{-~]/.test(next) && this.#take(2, next);
  }

  #code(): boolean {
    const fence = runAt(this.#text, this.#at);
    const close = this.#unclosed.has(fence.length) ? -1 : this.#closing(fence);
    if (close === -1) {
      this.#unclosed.add(fence.length);
      this.#leaveOpen();
      return this.#keep(fence);
    }
    const { text, numbers } = liftMarks(this.#text.slice(this.#at + fence.length, close).replaceAll('\n', ' '));
    const shown = /^ .*\S.* $/.test(text) ? text.slice(1, -1) : text;
    return this.#take(close + fence.length - this.#at, [<code>{shown}</code>, ...numbers.map(this.#context.chip)]);
  }

  #closing(fence: string): number {
    for (let at = this.#at + fence.length; at < this.#text.length; ) {
      const found = this.#text.indexOf('`', at);
      if (found === -1) return -1;
      const { length } = runAt(this.#text, found);
      if (length === fence.length) return found;
      at = found + length;
    }
    return -1;
  }

  /** Signs of emphasis: they close what the same signs opened, and what is left of them may open the next. */
  #run(): boolean {
    const text = runAt(this.#text, this.#at);
    const sign = text[0] ?? '';
    const before = this.#text[this.#at - 1] ?? ' ';
    const after = this.#text[this.#at + text.length] ?? ' ';
    const [left, right] = [leans(before, after), leans(after, before)];
    const opens = left && (sign !== '_' || !right || isSign(before));
    const closes = right && (sign !== '_' || !left || isSign(after));
    this.#flush();
    this.#at += text.length;
    const run: Run = { sign, length: text.length, whole: text.length, closes };
    if (sign === '~' && text.length > 2) run.closes = false;
    else if (closes) this.#close(run, opens);
    if (run.length === 0) return true;
    if (opens) this.#open[sign]?.push(this.#pieces.length);
    this.#pieces.push(run);
    return true;
  }

  #close(run: Run, opens: boolean): void {
    const open = this.#open[run.sign] ?? [];
    for (let index = open.length - 1; run.length > 0 && index >= 0; ) {
      const opener = this.#pieces[open[index] ?? 0] as Run;
      if (!fits(opener, run, opens)) {
        index -= 1;
        continue;
      }
      this.#wrap(open[index] ?? 0, run);
      index = open.length - 1;
    }
  }

  /** Puts everything behind the opener into one element, unless that is too deep: then the opener stays a sign. */
  #wrap(position: number, run: Run): void {
    const opener = this.#pieces[position] as Run;
    const inner = this.#pieces.slice(position + 1);
    const height = 1 + inner.reduce((most, piece) => Math.max(most, 'height' in piece ? piece.height : 0), 0);
    const tooDeep = height > MAX_DEPTH;
    const length = tooDeep ? 0 : Math.min(opener.length, run.length, 2);
    opener.length -= length;
    run.length -= length;
    const gone = tooDeep || opener.length === 0;
    for (const open of Object.values(this.#open)) {
      while ((open.at(-1) ?? -1) >= (gone ? position : position + 1)) open.pop();
    }
    if (tooDeep) return;
    this.#pieces.length = gone ? position : position + 1;
    this.#pieces.push({ node: emphasis(run.sign, length, inner.map(nodeOf)), height });
  }

  /** A link, or at an exclamation mark an image, of which its description is shown. */
  #link(bracket: number): boolean {
    this.#ends ??= endsOfLabels(this.#text);
    const end = this.#ends.get(bracket) ?? this.#text.length;
    const target = readTarget(this.#text, end + 1);
    if (!target) {
      if ('('.includes(this.#text[end + 1] ?? '')) this.#leaveOpen();
      return false;
    }
    const label = this.#text.slice(bracket + 1, end);
    const { depth, chip } = this.#context;
    const numbers: number[] = [];
    const within: Context = { depth: depth + 1, inLink: true, chip: (number) => void numbers.push(number) };
    const children = inlines(label, within);
    const image = bracket > this.#at;
    const href = image || this.#linkless ? null : safeUrl(decodeEntities(unescaped(liftMarks(target.address).text)));
    // A chip is a button of its own, so the marks inside a link move behind it.
    return this.#take(target.end - this.#at, [href ? anchor(href, children) : children, ...numbers.map(chip)]);
  }

  /** `<br>` is a line break, an address in angles one as it stands, any other tag the text that it is. */
  #angle(): boolean {
    const tag = this.#match(TAG)?.[0];
    if (tag === undefined) {
      if (/[a-z/!?]/i.test(this.#text[this.#at + 1] ?? 'a')) this.#leaveOpen();
      return false;
    }
    const address = /^<((?:https?:\/\/|mailto:|[\w.+-]+@)\S+)>$/i.exec(tag)?.[1];
    if (address !== undefined) return this.#take(tag.length, this.#address(address));
    return this.#take(tag.length, /^<br\s*\/?>$/i.test(tag) ? <br /> : withChips(tag, this.#context.chip));
  }

  /** A bare address. One that is none to go to, or may go on, is text as a whole: a part of it would be another. */
  #bareLink(): boolean {
    if (/[\p{L}\p{N}]/u.test(this.#text[this.#at - 1] ?? '')) return false;
    const found = this.#match(BARE_LINK)?.[0];
    if (found === undefined) return false;
    const shown = withoutEnd(found);
    const goesOn = this.#context.unfinished && /^[\uFFFC\d]*$/.test(this.#text.slice(this.#at + found.length));
    return goesOn ? this.#keep(found) : this.#take(shown.length, this.#address(shown));
  }

  #address(written: string): ComponentChild {
    const scheme = /^(?:https?|mailto):/i.test(written) ? '' : /^www\./i.test(written) ? 'http://' : 'mailto:';
    const href = this.#linkless || written.length > MAX_ADDRESS ? null : safeUrl(scheme + written);
    return href === null ? written : anchor(href, written);
  }

  #leaveOpen(): void {
    this.#linkless ||= this.#context.unfinished === true;
  }

  #keep(text: string): true {
    this.#plain += text;
    this.#at += text.length;
    return true;
  }

  #match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at;
    return sticky.exec(this.#text);
  }

  #take(length: number, node: ComponentChild): true {
    this.#flush();
    this.#pieces.push({ node, height: 0 });
    this.#at += length;
    return true;
  }

  #flush(): void {
    if (this.#plain !== '') {
      this.#pieces.push({ node: withChips(decodeEntities(this.#plain), this.#context.chip), height: 0 });
    }
    this.#plain = '';
  }
}

function nodeOf(piece: Piece): ComponentChild {
  return 'node' in piece ? piece.node : piece.sign.repeat(piece.length);
}

function runAt(text: string, at: number): string {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return text.slice(at, end);
}

/** Whether a run leans to the text at its `inner` side, as CommonMark has it. */
function leans(outer: string, inner: string): boolean {
  return !/\s/.test(inner) && (!isSign(inner) || /\s/.test(outer) || isSign(outer));
}

function isSign(character: string): boolean {
  return /[\p{P}\p{S}]/u.test(character);
}

/** Whether a run may close the opener: `**a*b**` is no emphasis within a strong text. */
function fits(opener: Run, closer: Run, opens: boolean): boolean {
  if (closer.sign === '~') return opener.length === closer.length;
  const three = (opener.whole + closer.whole) % 3 === 0 && (opener.whole % 3 !== 0 || closer.whole % 3 !== 0);
  return !((opens || opener.closes) && three);
}

function emphasis(sign: string, length: number, children: ComponentChild[]): ComponentChild {
  if (sign === '~') return <del>{children}</del>;
  return length === 2 ? <strong>{children}</strong> : <em>{children}</em>;
}

/** Words that name another place than the link goes to have that place beside them. */
function anchor(href: string, children: ComponentChild): ComponentChild {
  const target = unsaidTarget(wordsOf(children), href);
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
      {target && <bdi>{` (${target})`}</bdi>}
    </a>
  );
}

function wordsOf(child: ComponentChildren): string {
  if (Array.isArray(child)) return child.map(wordsOf).join('');
  return typeof child === 'object' && child ? wordsOf((child as VNode).props.children) : String(child ?? '');
}

/** Where each bracket that opens is closed. */
function endsOfLabels(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '[') open.push(at);
    else if (text[at] === ']') ends.set(open.pop() ?? -1, at);
  }
  return ends;
}

/** `(address "title")`, where it stands here. */
function readTarget(text: string, from: number): { address: string; end: number } | null {
  if (text[from] !== '(') return null;
  const target = text.slice(from, from + MAX_ADDRESS);
  const head = /^\(\s*(?:<([^<>\n]*)>|(?=[^<]))/.exec(target);
  if (!head) return null;
  let at = head[0].length;
  if (head[1] === undefined) {
    for (let depth = 0; at < target.length && !/\s/.test(target[at] ?? ''); at += 1) {
      if (target[at] === '\\') at += 1;
      else if (target[at] === '(') depth += 1;
      else if (target[at] === ')' && depth-- === 0) break;
    }
  }
  const tail = /^(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)/.exec(target.slice(at));
  if (!tail) return null;
  return { address: head[1] ?? target.slice(head[0].length, at), end: from + at + tail[0].length };
}

/** A bare address without the signs that belong to the sentence around it. */
function withoutEnd(address: string): string {
  let unclosed = count(address, ')') - count(address, '(');
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (!/[?!.,:;*_~'")\]]/.test(last) || (last === ')' && unclosed <= 0)) break;
    if (last === ')') unclosed -= 1;
  }
  return address.slice(0, end);
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Text in which the marks have become chips. */
export function withChips(text: string, chip: Chip): ComponentChild[] {
  return splitMarks(text).map((part) => (typeof part === 'number' ? chip(part) : part));
}
