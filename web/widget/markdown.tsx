import type { ComponentChild, VNode } from 'preact';
import { liftMarks, markCitations } from './citation-marks.ts';
import type { PlacedCitation } from './conversation-view.ts';
import { type Chip, inlines, MAX_DEPTH, withChips } from './markdown-inline.tsx';
import { visible } from './visible.ts';

/** A text longer than this is shown as its source. */
const MAX_LENGTH = 60_000;

type Context = { depth: number; chip: Chip; unfinished: boolean };

type Options = { citations?: PlacedCitation[]; chip?: Chip; unfinished?: boolean };

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const HEADING = /^ {0,3}#{1,6}(?:[ \t]+|$)/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})(?:([-*+])|(\d{1,9})([.)]))(?:( +)(?=\S)|[ \t]*$)/;
const DELIMITERS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * Markdown as Preact nodes: never HTML, whatever the text holds, and safe on every prefix of it. It reads what replies
 * are written in: GFM without setext headings, indented code and reference links. Links go to http, https and mailto
 * only; images become their description; HTML is shown as text. `chip` makes the mark of a citation, which is put at
 * the end of the range that it covers. What is `unfinished` has no link yet that its next characters could change.
 */
export function renderMarkdown(
  text: string,
  { citations = [], chip = () => null, unfinished = false }: Options = {},
): ComponentChild[] {
  const marked = visible(markCitations(text, citations));
  if (marked.length > MAX_LENGTH) return [<p>{withChips(marked, chip)}</p>];
  const lines = marked.replace(/\r\n?/g, '\n').replaceAll('\t', '    ').split('\n');
  return blocks(lines, { depth: 0, chip, unfinished });
}

/** `tight`: the paragraphs are those of a list without empty lines, and need no element of their own. */
function blocks(lines: string[], context: Context, tight = false): ComponentChild[] {
  if (context.depth > MAX_DEPTH) return withChips(lines.join('\n'), context.chip);
  const found: ComponentChild[] = [];
  /** The block that ends there. The last line may yet turn out to belong to the one before it. */
  const within = (end: number): Context => ({
    ...context,
    depth: context.depth + 1,
    unfinished: context.unfinished && end >= lines.length - 1,
  });
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    let end = at + 1;
    if (isBlank(line)) {
      at = end;
      continue;
    }
    if (FENCE.test(line)) {
      end = endOfFence(lines, at);
      found.push(code(lines.slice(at, end), context));
    } else if (HEADING.test(line)) {
      found.push(heading(line, within(end)));
    } else if (RULE.test(line)) {
      found.push(<hr />);
    } else if (QUOTE.test(line)) {
      end = endWithLazyLines(lines, end, (next) => QUOTE.test(next));
      found.push(<blockquote>{blocks(lines.slice(at, end).map(unquoted), within(end))}</blockquote>);
    } else if (ITEM.test(line)) {
      const { items, next } = readList(lines, at);
      end = next;
      found.push(list(items, line, within));
    } else if (beginsTable(lines, at)) {
      while (end < lines.length && !isBlank(lines[end]) && !beginsBlock(lines, end)) end += 1;
      found.push(table(lines.slice(at, end), within(end)));
    } else {
      while (end < lines.length && !isBlank(lines[end]) && !beginsBlock(lines, end)) end += 1;
      const text = inlines(lines.slice(at, end).map(trimmed).join('\n'), within(end));
      found.push(tight ? text : <p>{text}</p>);
    }
    at = end;
  }
  return found;
}

/** Whether the line ends a paragraph. */
function beginsBlock(lines: string[], at: number): boolean {
  const line = lines[at] ?? '';
  if ([FENCE, HEADING, RULE, QUOTE].some((start) => start.test(line)) || beginsTable(lines, at)) return true;
  const item = ITEM.exec(line);
  // A number that happens to begin a line, or a lone dash, is no list.
  return item?.[5] !== undefined && (item[3] === undefined || item[3] === '1');
}

/** Goes on with the lines that `belongs`, and with those that continue their last paragraph without its sign. */
function endWithLazyLines(lines: string[], from: number, belongs: (line: string) => boolean): number {
  let end = from;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const lazy = !isBlank(lines[end - 1]?.replace(QUOTE, '')) && !isBlank(line) && !beginsBlock(lines, end);
    if (!belongs(line) && !lazy) break;
    end += 1;
  }
  return end;
}

function endOfFence(lines: string[], at: number): number {
  const fence = FENCE.exec(lines[at] ?? '')?.[1] ?? '';
  for (let end = at + 1; end < lines.length; end += 1) {
    const line = (lines[end] ?? '').trim();
    if (line.length >= fence.length && line === fence.charAt(0).repeat(line.length)) return end + 1;
  }
  return lines.length;
}

function code(lines: string[], { chip }: Context): ComponentChild {
  const [opening = '', ...rest] = lines;
  const closed = rest.length > 0 && /^ *(`{3,}|~{3,}) *$/.test(rest.at(-1) ?? '');
  const indent = opening.search(/\S/);
  const body = (closed ? rest.slice(0, -1) : rest).map((line) => line.slice(Math.min(indent, indentOf(line))));
  const { text, numbers } = liftMarks(body.join('\n'));
  return [
    <pre>
      <code>{text}</code>
    </pre>,
    ...numbers.map(chip),
  ];
}

function heading(line: string, context: Context): VNode {
  const text = line.replace(HEADING, '').replace(/[ \t]+#+[ \t]*$/, '');
  return (
    <p class="fd-heading">
      <strong>{inlines(text.trim(), context)}</strong>
    </p>
  );
}

type Item = { lines: string[]; end: number; loose: boolean };

/** The items of the list that begins here: those with the same kind of sign. */
function readList(lines: string[], from: number): { items: Item[]; next: number } {
  const items: Item[] = [];
  const sign = signOf(ITEM.exec(lines[from] ?? ''));
  let at = from;
  while (at < lines.length) {
    const item = ITEM.exec(lines[at] ?? '');
    if (!item || signOf(item) !== sign || RULE.test(lines[at] ?? '')) break;
    const { end, width } = endOfItem(lines, at, item);
    const own = lines.slice(at, end).map((line, index) => line.slice(index ? Math.min(width, indentOf(line)) : width));
    at = end;
    while (isBlank(lines[at]) && at < lines.length) at += 1;
    const followed = signOf(ITEM.exec(lines[at] ?? '')) === sign;
    items.push({ lines: own, end, loose: hasGap(own) || (followed && at > end) });
  }
  return { items, next: at };
}

function endOfItem(lines: string[], at: number, item: RegExpExecArray): { end: number; width: number } {
  const [whole, , , , , spaces = ' '] = item;
  // Five spaces and more are indented text behind a sign and one space.
  const width =
    item[5] === undefined ? whole.trimEnd().length + 1 : whole.length - (spaces.length > 4 ? spaces.length - 1 : 0);
  let end = at + 1;
  for (let next = end; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (isBlank(line)) continue;
    const lazy = next === end && !isBlank(lines[next - 1]) && !beginsBlock(lines, next) && !ITEM.test(line);
    if (indentOf(line) < width && !lazy) break;
    end = next + 1;
  }
  return { end, width };
}

/** True where an empty line stands between two parts of the item itself, fences and inner lists left out. */
function hasGap(lines: string[]): boolean {
  for (let at = 0; at < lines.length; at += 1) {
    if (FENCE.test(lines[at] ?? '')) at = endOfFence(lines, at) - 1;
    else if (at > 0 && isBlank(lines[at]) && indentOf(lines[at + 1] ?? '') < 2) return true;
  }
  return false;
}

function list(items: Item[], first: string, within: (end: number) => Context): VNode {
  const loose = items.some((item) => item.loose);
  const children = items.map(({ lines: [line = '', ...rest], end }) => {
    const task = /^\[([ xX])\] +/.exec(line);
    const own = task ? line.slice(task[0].length) : line;
    return (
      <li>
        {task && (task[1] === ' ' ? '☐ ' : '☑ ')}
        {blocks([own, ...rest], within(end), !loose)}
      </li>
    );
  });
  const start = ITEM.exec(first)?.[3];
  return start === undefined ? <ul>{children}</ul> : <ol start={Number(start)}>{children}</ol>;
}

/** What the items of one list have in common: their bullet, or the sign behind their number. */
function signOf(item: RegExpExecArray | null): string | undefined {
  return item?.[2] ?? item?.[4];
}

function beginsTable(lines: string[], at: number): boolean {
  const [head = '', rule = ''] = [lines[at], lines[at + 1]];
  return head.includes('|') && DELIMITERS.test(rule) && cellsOf(head).length === cellsOf(rule).length;
}

function table([head = '', rule = '', ...rows]: string[], context: Context): VNode {
  const cell = (text: string, line: number) =>
    inlines(text, { ...context, unfinished: context.unfinished && line >= rows.length });
  const sides = cellsOf(rule).map((dashes) => {
    if (!dashes.endsWith(':')) return undefined;
    return dashes.startsWith(':') ? 'fd-center' : 'fd-right';
  });
  return (
    <div class="fd-table">
      <table>
        <thead>
          <tr>
            {cellsOf(head).map((text, column) => (
              <th scope="col" class={sides[column]}>
                {cell(text, 0)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const cells = cellsOf(row);
            return (
              <tr>
                {sides.map((side, column) => (
                  <td class={side}>{cell(cells[column] ?? '', index + 2)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function cellsOf(row: string): string[] {
  const inner = row.trim().replace(/^\||(?<!\\)\|$/g, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

const trimmed = (line: string) => line.trim();
const unquoted = (line: string) => line.replace(QUOTE, '');
const isBlank = (line: string | undefined) => line === undefined || line.trim() === '';
const indentOf = (line: string) => line.length - line.trimStart().length;
