import { expect } from 'vitest';
import { type ClaudeOptions, claudeModel } from '../../src/adapters/claude.ts';
import type { ModelEvent, ModelRequest } from '../../src/agent/model.ts';
import { foldMessage } from '../../src/testing/message-stream.ts';
import { type MockClaude, type MockTurn, startMockClaude } from '../../src/testing/mock-claude.ts';
import { serveWire, type Wire } from '../fixtures/wire/serve.ts';

export const KEY = 'sk-ant-test-0123456789abcdef';
export const closers: Array<() => Promise<void>> = [];

/** Stops every server that a test has started. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

export async function mock(turns: MockTurn[]): Promise<MockClaude> {
  const started = await startMockClaude({ script: { turns } });
  closers.push(started.close);
  return started;
}

export async function wire(...wires: Wire[]) {
  const started = await serveWire(wires);
  closers.push(started.close);
  return started;
}

export function ask(text = 'Do you cover home chargers?'): ModelRequest {
  return {
    model: 'claude-opus-4-6',
    max_tokens: 1024,
    system: [{ type: 'text', text: 'You are Eva.' }],
    messages: [{ role: 'user', content: text }],
    tools: [],
  };
}

type Run = { url: string; options?: ClaudeOptions; request?: ModelRequest; signal?: AbortSignal };

export function call({
  url,
  options,
  request = ask(),
  signal = new AbortController().signal,
}: Run): AsyncIterable<ModelEvent> {
  return claudeModel({ apiKey: KEY, baseUrl: url, backoffMs: 5, ...options })(request, signal);
}

export async function collect(run: Run): Promise<ModelEvent[]> {
  const events = await Array.fromAsync(call(run));
  expect(JSON.stringify(events)).not.toContain(KEY);
  return events;
}

export const typesOf = (events: ModelEvent[]) => events.map((event) => event.type);

/** The text after the newest `message_start`: what came before a retry is void. */
export function textOf(events: ModelEvent[]): string {
  const kept = events.slice(events.findLastIndex((event) => event.type === 'message_start'));
  return kept
    .map((event) => {
      if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') return '';
      return event.delta.text;
    })
    .join('');
}

export function messageOf(events: ModelEvent[]) {
  const wired = events.filter(
    (event) => event.type !== 'retrying' && event.type !== 'waiting' && event.type !== 'failed',
  );
  return foldMessage(wired);
}

export const COMPLETE = 'Yes, we cover home chargers – up to €1,500.';
