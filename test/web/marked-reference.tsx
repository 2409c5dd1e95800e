import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { ComponentChild, VNode } from 'preact';
import { liftMarks, splitMarks } from '../../web/widget/citation-marks.ts';
import { decodeEntities } from '../../web/widget/entities.ts';
import { safeUrl } from '../../web/widget/link-target.ts';

type Context = { depth: number; chip: (number: number) => ComponentChild };

/** The same as `renderMarkdown`, read by marked: what the own reader is compared with. */
export function renderAsMarked(text: string): ComponentChild[] {
  return blocks(new Lexer({ gfm: true, breaks: true }).lex(text), { depth: 0, chip: () => null });
}

function blocks(tokens: Token[], context: Context): ComponentChild[] {
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
      return withChips(decodeEntities(token.text), context);
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'html':
      return /^<br\s*\/?>$/i.test(token.text) ? <br /> : withChips(token.text, context);
    case 'text':
      if (token.tokens) return inlines(token.tokens, context);
      return withChips(decodeEntities(token.text), context);
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
  const href = safeUrl(token.autolink ? target : decodeEntities(target));
  const shown = href ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ) : (
    children
  );
  return [shown, ...numbers.map(context.chip)];
}

function withChips(text: string, context: Context): ComponentChild[] {
  return splitMarks(text).map((part) => (typeof part === 'number' ? context.chip(part) : part));
}

function withLifted(text: string, context: Context, show: (text: string) => VNode): ComponentChild {
  const lifted = liftMarks(text);
  return [show(lifted.text), ...lifted.numbers.map(context.chip)];
}
