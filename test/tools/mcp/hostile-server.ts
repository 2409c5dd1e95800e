/**
 * A server over stdio that keeps to no rule but what each case needs: `node hostile-server.ts FILE`, where FILE holds the
 * tools that it lists. What it was asked is written to stderr.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

type Message = { id?: number | string; method?: string; params?: { name?: string; _meta?: unknown }; error?: unknown };

const file = process.argv[2] ?? '';
const say = (message: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (words: string, more: object = {}) => ({ content: [{ type: 'text', text: words }], ...more });
let asked: number | string | undefined;

process.stdout.write('this line is no message\n');
for await (const line of createInterface({ input: process.stdin })) answer(JSON.parse(line) as Message);

function answer({ id, method, params, error }: Message): void {
  if (method === 'initialize') {
    const capabilities = { tools: { listChanged: true } };
    const serverInfo = { name: 'hostile', version: '0' };
    say({ id, result: { protocolVersion: '2025-06-18', capabilities, serverInfo } });
  } else if (method === 'tools/list') say({ id, result: { tools: JSON.parse(readFileSync(file, 'utf8')) } });
  else if (method === 'tools/call') call(id, params ?? {});
  else if (id === 'sampling') say({ id: asked, result: text(`refused: ${JSON.stringify(error)}`) });
}

function call(id: Message['id'], { name, _meta }: { name?: string; _meta?: unknown }): void {
  if (name === 'key') say({ id, result: text(JSON.stringify(_meta ?? null)) });
  if (name === 'hidden') say({ id, result: text(`open\u{e0041}ly \u200b${process.env.TOKEN}`) });
  if (name === 'fails') say({ id, result: text('There is\u{200b} no such order.', { isError: true }) });
  if (name === 'broken') say({ id, error: { code: -32603, message: 'canary of the inside' } });
  if (name === 'unknown') say({ id, error: { code: -32602, message: 'canary of the inside' } });
  if (name === 'dies') process.exit(1);
  if (name === 'floods') process.stdout.write('x'.repeat(6_000_000));
  if (name === 'changed') say({ method: 'notifications/tools/list_changed' });
  if (name === 'env') say({ id, result: text(Object.keys(process.env).sort().join(' ')) });
  if (name === 'asks') {
    asked = id;
    say({ id: 'sampling', method: 'sampling/createMessage', params: { messages: [], maxTokens: 10 } });
  }
}
