import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import Papa from 'papaparse';
import type { Labels, SourceDocument } from '../../knowledge/documents.ts';
import { isWebAddress, languageTag } from '../../knowledge/markdown-document.ts';
import { escapeText } from './escape-markdown.ts';
import { textToMarkdown } from './plain-text.ts';
import { ReadError } from './read-result.ts';
import { titleFromName } from './title-from-name.ts';

const MOST_COLUMNS = 500;
/** The longest text of a cell that may head its row. */
const LONGEST_HEADING = 120;

/** What columns are called, in lower case, in the languages that the knowledge may be in. */
const NAMES = {
  question:
    'question|questions|q|faq|frage|fragen|pregunta|preguntas|pergunta|perguntas|domanda|domande|vraag|vragen|fråga|spørgsmål|spørsmål|pytanie|soru|вопрос|質問|問題|问题|질문|คำถาม',
  answer:
    'answer|answers|a|reply|response|antwort|antworten|respuesta|respuestas|réponse|réponses|reponse|resposta|respostas|risposta|risposte|antwoord|antwoorden|svar|odpowiedź|odpowiedz|cevap|yanıt|ответ|回答|答え|答案|답변|คำตอบ',
  url: 'url|link|href|address|source|quelle|enlace|lien|fuente|fonte|bron',
  language: 'language|lang|locale|sprache|idioma|langue|lingua|taal',
  product: 'product|produkt|producto|produit|produto|prodotto|product',
  audience: 'audience|zielgruppe|público|publico|public|pubblico|doelgroep',
};

type ColumnName = keyof typeof NAMES;

/**
 * A table in a text file. One of questions and answers gives a document a pair, whose id stays when rows are moved; any
 * other gives one document with a section a row. Separator and quotes are told from the first rows.
 */
export function readTable(name: string, text: string): SourceDocument[] {
  const rows = parseRows(name, text);
  const [header = [], ...body] = rows;
  const columns = faqColumns(rows);
  if (columns === null) return [rowsDocument(name, header, body)];
  const pairs = (columns.hasHeader ? body : rows).flatMap((row) => pairDocument(name, row, columns));
  if (pairs.length === 0)
    throw new ReadError('no_text', 'No row has both a question and an answer: fill in both columns.');
  return withUniqueIds(pairs);
}

function parseRows(name: string, text: string): string[][] {
  const delimiter = extname(name).toLowerCase() === '.tsv' ? '\t' : '';
  // What Excel writes into the first line to tell the separator.
  const [, said, rest = text] = /^sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? [];
  const { data, errors } = Papa.parse<string[]>(rest, { delimiter: said ?? delimiter, skipEmptyLines: 'greedy' });
  const quotes = errors.find(({ type }) => type === 'Quotes');
  if (quotes) {
    const row = (quotes.row ?? 0) + 1;
    throw new ReadError(
      'unreadable',
      `Row ${row} has a quotation mark too many or too few: close it, or double it ("") within a text.`,
    );
  }
  const widest = data.reduce((most, row) => Math.max(most, row.length), 0);
  if (widest > MOST_COLUMNS) {
    throw new ReadError(
      'too_large',
      `The table has ${widest.toLocaleString('en')} columns, and ${MOST_COLUMNS} are read: split it.`,
    );
  }
  const rows = data.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''));
  if (rows.length === 0) throw new ReadError('no_text', 'The table has no rows: remove the file or fill it.');
  return rows;
}

type Columns = Partial<Record<ColumnName, number>> & { question: number; answer: number; hasHeader: boolean };

/** By the names in the first row; else two columns of which the first nearly always asks. */
function faqColumns(rows: string[][]): Columns | null {
  const header = (rows[0] ?? []).map((cell) => cell.toLowerCase().replace(/[?:*\s]+$/, ''));
  const find = (name: ColumnName) => header.findIndex((cell) => NAMES[name].split('|').includes(cell));
  const question = find('question');
  const answer = find('answer');
  if (question >= 0 && answer >= 0) {
    const others = (['url', 'language', 'product', 'audience'] as const).map((name) => [name, find(name)] as const);
    const found = Object.fromEntries(others.filter(([, at]) => at >= 0));
    return { ...found, question, answer, hasHeader: true };
  }
  const asks = (row: string[] | undefined) => /[?？؟]$/.test(row?.[0] ?? '');
  const pairs = rows.filter(([first, second, ...more]) => first && second && more.every((cell) => cell === ''));
  const asking = pairs.filter(asks).length;
  if (asking === 0 || pairs.length < rows.length * 0.8 || asking < (pairs.length - 1) * 0.6) return null;
  return { question: 0, answer: 1, hasHeader: !asks(rows[0]) && asking === pairs.length - 1 };
}

function pairDocument(name: string, row: string[], columns: Columns): SourceDocument[] {
  const cell = (column: ColumnName) => row[columns[column] ?? -1] ?? '';
  const title = cell('question').replace(/\s+/g, ' ');
  const text = textToMarkdown(cell('answer'));
  if (title === '' || text === '') return [];
  const url = isWebAddress(cell('url')) ? cell('url') : null;
  const language = languageTag(cell('language'));
  const labels: Labels = Object.fromEntries(
    (['product', 'audience'] as const).filter((label) => cell(label) !== '').map((label) => [label, cell(label)]),
  );
  return [
    {
      id: `${name}/${createHash('sha256').update(title.toLowerCase()).digest('hex').slice(0, 8)}`,
      title,
      url,
      text: `# ${escapeText(title)}\n\n${text}`,
      ...(language !== null && { language }),
      ...(Object.keys(labels).length > 0 && { labels }),
    },
  ];
}

/** A question that stands twice gets a number; the same answer again is left out. */
function withUniqueIds(pairs: SourceDocument[]): SourceDocument[] {
  const seen = new Map<string, string[]>();
  return pairs.flatMap((pair) => {
    const texts = seen.get(pair.id) ?? [];
    if (texts.includes(pair.text)) return [];
    seen.set(pair.id, [...texts, pair.text]);
    return [texts.length === 0 ? pair : { ...pair, id: `${pair.id}-${texts.length + 1}` }];
  });
}

function rowsDocument(name: string, header: string[], body: string[][]): SourceDocument {
  const title = titleFromName(name);
  const sections = body.map((row, index) => {
    const [first = ''] = row;
    const heading = first !== '' && first.length <= LONGEST_HEADING ? first : `Row ${index + 1}`;
    const lines = row.flatMap((cell, at) =>
      cell === '' ? [] : [`- ${oneLine(header[at] || `Column ${at + 1}`)}: ${oneLine(cell)}`],
    );
    return `## ${oneLine(heading)}\n\n${lines.join('\n')}`;
  });
  if (sections.length === 0) sections.push(header.map((cell) => `- ${oneLine(cell)}`).join('\n'));
  return { id: name, title, url: null, text: [`# ${escapeText(title)}`, ...sections].join('\n\n') };
}

function oneLine(text: string): string {
  return escapeText(text.replace(/\s+/g, ' ').trim());
}
