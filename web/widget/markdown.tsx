import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { ComponentChild, ComponentChildren, VNode } from 'preact';
import { liftMarks, markCitations, splitMarks } from './citation-marks.ts';
import type { PlacedCitation } from './conversation-view.ts';
import { decodeEntities } from './entities.ts';
import { safeUrl, unsaidTarget } from './link-target.ts';
import { breakOpenEnd, isBroken } from './open-end.ts';
import { visible } from './visible.ts';

/** Beyond this depth, and for texts longer than this, the source is shown as it is. */
const MAX_DEPTH = 12;
const MAX_LENGTH = 20_000;
/** Signs that a lexer compares with one another, in one block. */
const MAX_SIGNS = 1_000;

type Context = { depth: number; chip: (number: number) => ComponentChild };

/**
 * Markdown as Preact nodes: never HTML, whatever the text holds, and safe on every prefix of it. Links go to http,
 * https and mailto only; images become their description; HTML is shown as text. `chip` makes the mark of a citation,
 * which is put at the end of the range that it covers.
 */
export function renderMarkdown(
  text: string,
  citations: PlacedCitation[] = [],
  chip: (number: number) => ComponentChild = () => null,
): ComponentChild[] {
  return render(visible(markCitations(text, citations)), chip);
}

/** `renderMarkdown` for a text that is still being written or was cut short: an address at its end is no link yet. */
export function renderUnfinished(
  text: string,
  citations: PlacedCitation[],
  chip: (number: number) => ComponentChild,
): ComponentChild[] {
  return render(breakOpenEnd(visible(markCitations(text, citations))), chip);
}

function render(marked: string, chip: Context['chip']): ComponentChild[] {
  const context: Context = { depth: 0, chip };
  if (isTooMuch(marked)) return [<p>{withChips(marked, context)}</p>];
  try {
    return blocks(new Lexer({ gfm: true, breaks: true }).lex(marked), context);
  } catch {
    // Nesting that overflows the lexer's stack: hostile or broken, but still somebody's words.
    return [<p>{withChips(marked, context)}</p>];
  }
}

/** Text on which a lexer may spend seconds: no reply of an honest model looks like that. */
function isTooMuch(text: string): boolean {
  return text.length > MAX_LENGTH || text.split('\n\n').some((block) => block.split(/[*_]/).length > MAX_SIGNS);
}

function blocks(tokens: Token[], context: Context): ComponentChild[] {
  if (context.depth > MAX_DEPTH) return withChips(tokens.map((token) => token.raw).join(''), context);
  const inner = { ...context, depth: context.depth + 1 };
  return tokens.map((token) => block(token as MarkedToken, inner));
}

function block(token: MarkedToken, context: Context): ComponentChild {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return (
        <p class="fd-heading">
          <strong>{inlines(token.tokens, context)}</strong>
        </p>
      );
    case 'paragraph':
      return <p>{inlines(token.tokens, context)}</p>;
    case 'blockquote':
      return <blockquote>{blocks(token.tokens, context)}</blockquote>;
    case 'list':
      return list(token, context);
    case 'code':
      return withLifted(token.text, context, (text) => (
        <pre>
          <code>{text}</code>
        </pre>
      ));
    case 'table':
      return table(token, context);
    case 'hr':
      return <hr />;
    case 'html':
      return <p>{withChips(token.text.trimEnd(), context)}</p>;
    default:
      return inline(token, context);
  }
}

function list(token: Tokens.List, context: Context): VNode {
  const items = token.items.map((item) => <li>{blocks(item.tokens, context)}</li>);
  if (!token.ordered) return <ul>{items}</ul>;
  return <ol start={typeof token.start === 'number' ? token.start : 1}>{items}</ol>;
}

function table(token: Tokens.Table, context: Context): VNode {
  const align = (cell: Tokens.TableCell) => (cell.align ? `fd-${cell.align}` : undefined);
  return (
    <div class="fd-table">
      <table>
        <thead>
          <tr>
            {token.header.map((cell) => (
              <th scope="col" class={align(cell)}>
                {inlines(cell.tokens, context)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td class={align(cell)}>{inlines(cell.tokens, context)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inlines(tokens: Token[] | undefined, context: Context): ComponentChild[] {
  if (!tokens) return [];
  if (context.depth > MAX_DEPTH) return withChips(tokens.map((token) => token.raw).join(''), context);
  const inner = { ...context, depth: context.depth + 1 };
  return tokens.map((token) => inline(token as MarkedToken, inner));
}

function inline(token: MarkedToken, context: Context): ComponentChild {
  switch (token.type) {
    case 'strong':
      return <strong>{inlines(token.tokens, context)}</strong>;
    case 'em':
      return <em>{inlines(token.tokens, context)}</em>;
    case 'del':
      return <del>{inlines(token.tokens, context)}</del>;
    case 'codespan':
      return withLifted(token.text, context, (text) => <code>{text}</code>);
    case 'br':
      return <br />;
    case 'link':
      return link(token, context);
    case 'image':
      return withChips(visible(decodeEntities(token.text)), context);
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'html':
      return /^<br\s*\/?>$/i.test(token.text) ? <br /> : withChips(token.text, context);
    case 'text':
      if (token.tokens) return inlines(token.tokens, context);
      // In `text` the lexer has resolved numbers, and one of them may be the sign of our own marks.
      return withChips(visible(decodeEntities(token.raw)), context);
    case 'escape':
      return token.text;
    default:
      return withChips(token.raw, context);
  }
}

/** A chip is a link of its own, so the marks inside a link move behind it. */
function link(token: Tokens.Link, context: Context): ComponentChild {
  const numbers: number[] = [];
  const within: Context = { ...context, chip: (number) => void numbers.push(number) };
  const children = inlines(token.tokens, within);
  const target = liftMarks(token.href).text;
  const href = isBroken(token.href) ? null : safeUrl(token.autolink ? target : decodeEntities(target));
  const shown = href ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
      {trueTarget(wordsOf(children), href)}
    </a>
  ) : (
    children
  );
  return [shown, ...numbers.map(context.chip)];
}

/** Stands beside words that name another place than their link goes to. */
function trueTarget(words: string, href: string): ComponentChild {
  const target = unsaidTarget(words, href);
  return target && <bdi>{` (${target})`}</bdi>;
}

function wordsOf(child: ComponentChildren): string {
  if (Array.isArray(child)) return child.map(wordsOf).join('');
  if (typeof child !== 'object' || child === null) return typeof child === 'string' ? child : '';
  return wordsOf((child as VNode).props.children);
}

function withChips(text: string, context: Context): ComponentChild[] {
  return splitMarks(text).map((part) => (typeof part === 'number' ? context.chip(part) : part));
}

function withLifted(text: string, context: Context, show: (text: string) => VNode): ComponentChild {
  const lifted = liftMarks(text);
  return [show(lifted.text), ...lifted.numbers.map(context.chip)];
}
