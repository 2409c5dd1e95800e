import type { NamedText } from './compile-prompt.ts';
import { saysThatItIsAnAi } from './disclosure.ts';
import { type FolderFiles, languageOfGreeting, readText } from './folder-files.ts';
import type { DeskFiles } from './list-files.ts';
import type { Report } from './problems.ts';

const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** `greeting.md` and its translations, by language. */
export async function readGreetings(root: string, files: FolderFiles, report: Report): Promise<Record<string, string>> {
  const greetings: Record<string, string> = {};
  for (const file of files.greetings) {
    const language = languageOfGreeting(file);
    if (language !== null && !LANGUAGE.test(language)) {
      const message = `"${language}" is not a language code such as "de" or "pt-BR"`;
      report.problems.push({ file, line: 1, message });
    }
    const text = await readText(root, file, report);
    if (text === null) continue;
    greetings[language ?? 'default'] = text.trim();
    if (!saysThatItIsAnAi(text)) {
      const message = 'must say that the customer is talking to an AI, for example "I am an AI assistant"';
      report.problems.push({ file, line: 1, message });
    }
  }
  return greetings;
}

/** `context/*.md`, in name order. */
export async function readContext(root: string, files: DeskFiles, report: Report): Promise<NamedText[]> {
  return readBlocks(root, files.context, report);
}

/** The agent's `examples/*.md`, as `readConversations`. Few are a warning. */
export async function readExamples(root: string, files: FolderFiles, report: Report): Promise<NamedText[]> {
  const count = files.examples.length;
  if (count > 0 && count < 4) {
    const message = `${count === 1 ? '1 example' : `${count} examples`}: Anthropic's customer support guide advises 4 or 5`;
    report.warnings.push({ file: 'examples/', line: 1, message });
  }
  return readConversations(root, files, report);
}

/** `examples/*.md`, in name order, each a conversation of "Customer:" and "Agent:" paragraphs. */
export async function readConversations(root: string, files: DeskFiles, report: Report): Promise<NamedText[]> {
  const examples = await readBlocks(root, files.examples, report);
  for (const example of examples) checkExample(example, report);
  return examples;
}

/** `guardrails.md`; empty where there is none. `folder`: a route's, or the agent's where it is missing. */
export async function readGuardrails(
  root: string,
  { hasGuardrails, folder }: DeskFiles & { folder?: string },
  report: Report,
): Promise<string> {
  const file = folder ? `${folder}/guardrails.md` : 'guardrails.md';
  return hasGuardrails ? ((await readText(root, file, report)) ?? '') : '';
}

async function readBlocks(root: string, files: string[], report: Report): Promise<(NamedText & { file: string })[]> {
  const blocks: (NamedText & { file: string })[] = [];
  for (const file of files) {
    const text = await readText(root, file, report);
    if (text === null) continue;
    const name = blockName(file);
    const twin = blocks.find((block) => block.name === name);
    if (twin) {
      report.warnings.push({ file, line: 1, message: `has the same name in the prompt as ${twin.file}: "${name}"` });
    }
    blocks.push({ file, name, text });
  }
  return blocks;
}

/** `context/10-car-insurance.md` is called `car-insurance`: the number only sets the order. */
function blockName(file: string): string {
  const stem = file.slice(file.lastIndexOf('/') + 1, -'.md'.length);
  return stem.replace(/^\d+[-_. ]+(?=.)/, '');
}

function checkExample(example: NamedText & { file: string }, report: Report): void {
  const lines = example.text.split('\n').map((text, index) => ({ text, line: index + 1 }));
  const problem = (line: number, message: string) => report.problems.push({ file: example.file, line, message });
  const first = lines.find(({ text }) => text.trim() !== '' && !text.startsWith('#'));
  if (first && !/^(Customer|Agent):/.test(first.text)) {
    problem(first.line, 'must begin with "Customer:" or "Agent:"');
    return;
  }
  for (const speaker of ['Customer', 'Agent']) {
    if (!lines.some(({ text }) => text.startsWith(`${speaker}:`))) problem(1, `has no "${speaker}:" paragraph`);
  }
  for (const { text, line } of lines) {
    const next = lines[line]?.text ?? '';
    if (/^(Customer|Agent):\s*$/.test(text) && next.trim() === '') problem(line, `nothing follows "${text.trim()}"`);
  }
}
