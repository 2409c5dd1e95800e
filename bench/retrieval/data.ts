import { readFileSync } from 'node:fs';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { DataError } from '../command.ts';

/** A question and the ids of the documents that answer it. */
export type Question = { question: string; relevant: string[] };

type Row = Record<string, unknown>;

/**
 * Reads documents: `{ id, title, text }`, or the cookbook's `{ chunk_link, chunk_heading, text }`, where a chunk is a
 * document. Throws `DataError` with the file and the row where something is missing.
 */
export function readDocuments(file: string): SourceDocument[] {
  const documents = readRows(file).map((row, at) => {
    const id = row.chunk_link ?? row.id ?? row.doc_id ?? row._id;
    const text = row.text ?? row.content;
    if (!isId(id) || typeof text !== 'string') {
      throw new DataError(`${file}, row ${at + 1}: a document needs "id" (or "chunk_link") and "text".`);
    }
    const title = row.chunk_heading ?? row.title ?? row.heading;
    return { id: String(id), title: typeof title === 'string' ? title : '', url: null, text };
  });
  const twice = documents.find(({ id }, at) => documents.findIndex((other) => other.id === id) < at);
  if (twice) throw new DataError(`${file}: two documents have the id "${twice.id}".`);
  return documents;
}

/** Reads questions: `{ question, relevant: [ids] }`, or the cookbook's `{ id, question, correct_chunks }`. */
export function readQuestions(file: string): Question[] {
  return readRows(file).map((row, at) => {
    const question = row.question ?? row.query;
    const relevant = row.correct_chunks ?? row.relevant;
    if (typeof question !== 'string' || !Array.isArray(relevant) || !relevant.every(isId)) {
      throw new DataError(`${file}, row ${at + 1}: a question needs "question" and "relevant" (or "correct_chunks").`);
    }
    return { question, relevant: [...new Set(relevant.map(String))] };
  });
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** A JSON array, or one JSON value a line. */
function readRows(file: string): Row[] {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const rows = parseAll(file, text);
  if (rows.length === 0) throw new DataError(`${file}: there is nothing in it.`);
  return rows;
}

function parseAll(file: string, text: string): Row[] {
  try {
    if (text.trimStart().startsWith('[')) return JSON.parse(text) as Row[];
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => JSON.parse(line) as Row);
  } catch (error) {
    throw new DataError(`${file}: neither a JSON array nor one JSON object a line (${String(error)}).`);
  }
}
