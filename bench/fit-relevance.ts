/**
 * Fits how probable it is that a search found an answer (src/knowledge/relevance.ts), and prints how true that is on data
 * that it was not fitted on: each company in turn is left out.
 *
 *   node bench/fit-relevance.ts --docs FILE --questions FILE --clinc FILE [--fit words]
 *
 * Answerable: questions to Acme, the tests' library and the documents given, where an article that answers is among the
 * first eight passages. Not answerable: the same questions where those articles are taken away, questions to another of
 * the three, and what people ask assistants of all kinds (CLINC150's data.json). The answerable weigh as much as all others.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SourceDocument } from '../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../src/knowledge/lexical-index.ts';
import type { Signals } from '../src/knowledge/relevance.ts';
import { withEncoder } from '../src/knowledge/second-opinion.ts';
import { folderDocuments } from '../test/knowledge/folder-index.ts';
import { keptEncoder } from '../test/knowledge/kept-encoder.ts';
import { readConversationQuestions } from './retrieval/agents.ts';
import { type Question, readDocuments, readQuestions } from './retrieval/data.ts';
import { type Example, reliabilityOf, weightsOf } from './retrieval/logistic.ts';

const { values } = parseArgs({
  options: {
    docs: { type: 'string' },
    questions: { type: 'string' },
    clinc: { type: 'string' },
    fit: { type: 'string', default: 'meaning' },
  },
});
const { docs, questions, clinc } = values;
if (!docs || !questions || !clinc) throw new Error('--docs, --questions and --clinc are needed.');

/** What an answer must be among, as the server shows it. */
const SHOWN = 8;
const FOLDS = 5;
const STRANGERS = 300;

type Company = { name: string; documents: SourceDocument[]; questions: Question[] };
const companies: Company[] = [
  { name: 'documentation', documents: readDocuments(docs), questions: readQuestions(questions) },
  await company('acme', 'examples/acme-insurance', ['acme-insurance', 'acme-insurance-other-words']),
  await company('library', 'test/agents/harbor-library', ['harbor-library']),
];
const embedder = values.fit === 'words' ? null : keptEncoder();
const strangers = readStrangers(clinc);

const sets: { name: string; examples: Example[] }[] = [];
for (const one of companies) sets.push({ name: one.name, examples: await examplesOf(one) });
await embedder?.close();
for (const { name, examples } of sets) {
  const others = sets.filter((set) => set.name !== name).flatMap((set) => weighed(set.examples));
  console.log(`without ${name}:`, reliabilityOf(weightsOf(others), weighed(examples)));
}
const all = sets.flatMap(({ examples }) => weighed(examples));
console.log('all:', reliabilityOf(weightsOf(all), all));
console.log(weightsOf(all));

async function company(name: string, folder: string, files: string[]): Promise<Company> {
  const documents = await folderDocuments(resolve(folder));
  return { name, documents, questions: files.flatMap((file) => readConversationQuestions(file)) };
}

function readStrangers(file: string): string[] {
  const { oos_val, oos_train, val } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, string][]>;
  const said = [...(oos_val ?? []), ...(oos_train ?? []), ...(val ?? []).filter((_, at) => at % 10 === 0)];
  // Cars and their insurance are Acme's business.
  return said
    .filter(([text]) => !/insur|car\b|tire|gas|oil|vehicle/i.test(text))
    .map(([text]) => text)
    .slice(0, STRANGERS);
}

async function examplesOf({ name, documents, questions: own }: Company): Promise<Example[]> {
  const examples: Example[] = [];
  const whole = searcher(documents);
  for (const { question, relevant } of own) {
    const { signals, found } = await whole(question);
    // Not found although it is there: nothing that was shown answers.
    examples.push({ signals, isAnswered: found.some((id) => relevant.includes(id)) });
  }
  for (let fold = 0; fold < FOLDS; fold++) {
    const asked = own.filter((_, at) => at % FOLDS === fold);
    const gone = new Set(asked.flatMap(({ relevant }) => relevant));
    const rest = searcher(documents.filter(({ id }) => !gone.has(id)));
    for (const { question } of asked) examples.push({ signals: (await rest(question)).signals, isAnswered: false });
  }
  const foreign = companies.filter((other) => other.name !== name).flatMap((other) => other.questions);
  for (const question of [...foreign.map(({ question }) => question), ...strangers]) {
    examples.push({ signals: (await whole(question)).signals, isAnswered: false });
  }
  return examples;
}

function searcher(documents: readonly SourceDocument[]) {
  let signals: Signals = { likeness: embedder ? 0 : null, words: 0, coverage: 0, unknown: 1, lead: 0 };
  const onSignals = (heard: Signals) => {
    signals = heard;
  };
  const index = withEncoder(buildKnowledgeIndex(documents), embedder, { patienceMs: 600_000, onSignals });
  return async (query: string) => {
    const { passages } = await index.search({ query, limit: SHOWN });
    return { signals, found: passages.map(({ passage }) => passage.documentId) };
  };
}

/** The answered weigh half of all. */
function weighed(examples: readonly Example[]): (Example & { weight: number })[] {
  const answered = examples.filter(({ isAnswered }) => isAnswered).length;
  return examples.map((one) => ({
    ...one,
    weight: 0.5 / (one.isAnswered ? answered : examples.length - answered),
  }));
}
