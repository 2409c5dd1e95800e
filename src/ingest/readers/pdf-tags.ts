import { type PdfBlock, takeCode } from './pdf-layout.ts';
import { linesOf, type PdfPiece } from './pdf-lines.ts';

/** A node of a page's structure, as the writer of the PDF tagged it. */
export type PdfTag = { role: string; children: (PdfTag | { type: string; id: string })[] };

type Context = { pieces: ReadonlyMap<string, PdfPiece[]>; codeByFont: boolean; depth: number };

const INLINE =
  /^(Span|Link|NonStruct|Lbl|LBody|Code|Quote|Em|Strong|Sub|Reference|Annot|Ruby|RB|RT|RP|Warichu|WT|WP|BibEntry)$/;
const SKIPPED = /^(Artifact|TOC|TOCI|Figure|Formula|Index)$/;

/** The blocks of a page by its tags, in their order: what is not tagged, such as a running header, is left out. */
export function blocksOfTags(tag: PdfTag, context: Omit<Context, 'depth'>): PdfBlock[] {
  return read(tag, { ...context, depth: 0 });
}

function read(tag: PdfTag, context: Context): PdfBlock[] {
  const level = /^H([1-6])$/.exec(tag.role)?.[1];
  if (level !== undefined) return headingOf(tag, Number(level), context);
  if (SKIPPED.test(tag.role)) return [];
  switch (tag.role) {
    case 'Title':
      return headingOf(tag, 1, context);
    case 'H':
      return headingOf(tag, 2, context);
    case 'L':
      return listOf(tag, context);
    case 'Table':
      return tableOf(tag, context);
    default:
      return mixed(tag.children, context);
  }
}

/** Text and what is within a line make up paragraphs between the blocks. */
function mixed(children: PdfTag['children'], context: Context): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  let run: PdfTag['children'] = [];
  const endRun = () => {
    blocks.push(...paragraphsOf(run, context));
    run = [];
  };
  for (const child of children) {
    if (!('role' in child) || isInline(child)) {
      run.push(child);
      continue;
    }
    endRun();
    blocks.push(...read(child, context));
  }
  endRun();
  return blocks;
}

function isInline(tag: PdfTag): boolean {
  return INLINE.test(tag.role) && tag.children.every((child) => !('role' in child) || isInline(child));
}

function paragraphsOf(nodes: PdfTag['children'], context: Context): PdfBlock[] {
  const lines = linesOf(nodes.flatMap((node) => piecesOf(node, context)));
  const [first] = lines;
  if (!first) return [];
  if (context.codeByFont && lines.every(({ mono }) => mono)) return [takeCode(lines)?.block ?? []].flat();
  const fonts = new Set(lines.map(({ font }) => font));
  const font = fonts.size === 1 ? first.font : null;
  return [{ kind: 'paragraph', lines: lines.map(({ text }) => text), size: first.size, font }];
}

function piecesOf(node: PdfTag['children'][number], context: Context): PdfPiece[] {
  if (!('role' in node)) return context.pieces.get(node.id) ?? [];
  return SKIPPED.test(node.role) ? [] : node.children.flatMap((child) => piecesOf(child, context));
}

function textLines(node: PdfTag, context: Context): string[] {
  return linesOf(piecesOf(node, context)).map(({ text }) => text);
}

function headingOf(tag: PdfTag, level: number, context: Context): PdfBlock[] {
  const lines = textLines(tag, context);
  return lines.length === 0 ? [] : [{ kind: 'heading', level, lines }];
}

function listOf(list: PdfTag, context: Context): PdfBlock[] {
  return list.children.flatMap((child) => {
    if (!('role' in child)) return paragraphsOf([child], context);
    if (child.role === 'L') return listOf(child, { ...context, depth: context.depth + 1 });
    return child.role === 'LI' ? itemOf(child, context) : read(child, context);
  });
}

function itemOf(item: PdfTag, context: Context): PdfBlock[] {
  const label = item.children.find((child) => 'role' in child && child.role === 'Lbl');
  const marker = label && 'role' in label ? textLines(label, context).join(' ') : '';
  const inside = item.children
    .filter((child) => child !== label)
    .flatMap((child) => ('role' in child && child.role === 'LBody' && !isInline(child) ? child.children : [child]));
  // A list within the item is deeper than the item.
  const [first, ...rest] = mixed(inside, { ...context, depth: context.depth + 1 });
  if (!first) return [];
  const isText = first.kind === 'paragraph' || first.kind === 'heading';
  return [isText ? markedItem(first.lines, marker, context.depth) : first, ...rest];
}

/** Some writers tag the number as a part of the text. */
function markedItem([first = '', ...rest]: string[], marker: string, depth: number): PdfBlock {
  const found = marker === '' ? /^([•◦▪‣●○\u{e000}-\u{f8ff}]|\d{1,3}[.)])\s+/u.exec(first) : null;
  const text = found ? first.slice(found[0].length) : first;
  return { kind: 'item', x: depth * 10, marker: found?.[1] ?? marker, lines: [text, ...rest] };
}

function tableOf(table: PdfTag, context: Context): PdfBlock[] {
  const rows = rowsOf(table).map((row) =>
    row.children.flatMap((cell) => ('role' in cell ? [textLines(cell, context).join(' ')] : [])),
  );
  const filled = rows.filter((row) => row.some((text) => text !== ''));
  const captions = table.children.filter((child): child is PdfTag => 'role' in child && child.role === 'Caption');
  const before = captions.flatMap((caption) => paragraphsOf([caption], context));
  const widest = filled.reduce((most, row) => Math.max(most, row.length), 0);
  if (widest >= 2) return [...before, { kind: 'table', rows: filled }];
  return [
    ...before,
    ...filled.flat().map((text): PdfBlock => ({ kind: 'paragraph', lines: [text], size: 0, font: null })),
  ];
}

function rowsOf(tag: PdfTag): PdfTag[] {
  return tag.children.flatMap((child) => {
    if (!('role' in child)) return [];
    if (child.role === 'TR') return [child];
    return /^(THead|TBody|TFoot)$/.test(child.role) ? rowsOf(child) : [];
  });
}
