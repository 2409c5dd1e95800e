/**
 * How well passages are found. Prints precision, recall, F1 and MRR for the first 3 documents, recall for 5, 10 and 20,
 * the time of a query and of building, for words alone and for what a server does by default, with the published rows of
 * the guide beside them.
 *
 *   npm run bench:retrieval -- [--docs FILE --questions FILE] [--json]
 *
 * A file is a JSON array or one JSON object a line. Documents are `{ id, title, text }` or the cookbook's
 * `{ chunk_link, chunk_heading, text }`, questions `{ question, relevant: [ids] }` or `{ id, question, correct_chunks }`.
 * Without files: Acme's articles and the questions of its tests.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { SourceDocument } from '../src/knowledge/documents.ts';
import { questions as acmeQuestions } from '../test/examples/acme-questions.ts';
import { folderDocuments } from '../test/knowledge/folder-index.ts';
import { command, DataError } from './command.ts';
import { type Question, readDocuments, readQuestions } from './retrieval/data.ts';
import { type Engine, lexicalEngine, localEngine } from './retrieval/engines.ts';
import { measure } from './retrieval/measure.ts';
import { progressBar } from './retrieval/progress.ts';
import { type Measured, toJson, toTable } from './retrieval/report.ts';

const MEGABYTE = 1_048_576;

const { values } = parseArgs({
  options: { docs: { type: 'string' }, questions: { type: 'string' }, json: { type: 'boolean', default: false } },
});

await command(run, 1);

async function run(): Promise<void> {
  const { documents, questions } = await readData();
  const known = new Set(documents.map(({ id }) => id));
  const unknown = questions.filter(({ relevant }) => !relevant.every((id) => known.has(id))).length;
  if (unknown > 0) console.error(`${unknown} questions name a document that is not there: it counts as not found.`);
  const rows: Measured[] = [];
  for (const engine of [lexicalEngine(), localEngine()]) rows.push(await runEngine(engine, documents, questions));
  const rss_mb = Math.round(process.memoryUsage().rss / MEGABYTE);
  const sizes = { documents: documents.length, questions: questions.length, rss_mb };
  if (values.json) return void console.log(toJson(rows, sizes));
  console.log(`${documents.length} documents, ${questions.length} questions, ${rss_mb} MB\n`);
  console.log(
    toTable(
      rows,
      documents.some(({ id }) => id.startsWith('https://docs.claude.com/')),
    ),
  );
}

async function readData(): Promise<{ documents: SourceDocument[]; questions: Question[] }> {
  const { docs, questions } = values;
  if (docs && questions) return { documents: readDocuments(docs), questions: readQuestions(questions) };
  if (docs || questions) throw new DataError('--docs and --questions belong together: give both or none.');
  const asked = acmeQuestions.map(({ question, expected }) => ({ question, relevant: [expected] }));
  return { documents: await folderDocuments(resolve('examples/acme-insurance')), questions: asked };
}

async function runEngine(
  engine: Engine,
  documents: readonly SourceDocument[],
  questions: readonly Question[],
): Promise<Measured> {
  const reading = progressBar(`${engine.name}: read`);
  const start = performance.now();
  const index = await engine.build(documents, reading.show);
  const buildMs = performance.now() - start;
  reading.end();
  const asking = progressBar(`${engine.name}: ask`);
  let asked = 0;
  const { figures } = await measure(index, questions, () => asking.show(++asked, questions.length));
  asking.end();
  await engine.close();
  return { name: engine.name, figures, buildMs };
}
