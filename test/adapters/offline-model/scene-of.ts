import { readScene, type Scene } from '../../../src/adapters/offline-model/scene.ts';

/** A scene whose prompt has these blocks of context, and to which a search found these passages. */
export function sceneOf(context: Record<string, string>, found: { title: string; text: string }[] = []): Scene {
  const blocks = Object.entries(context).map(([name, text]) => `<context name="${name}">\n${text}\n</context>`);
  const results = found.map(({ title, text }, at) => ({
    type: 'search_result' as const,
    source: `passage:article-${at}.md#2`,
    title,
    content: [{ type: 'text' as const, text }],
  }));
  return readScene({
    model: 'm',
    max_tokens: 100,
    system: [{ type: 'text', text: 'You are Ada, the assistant of Pine Cabins.' }],
    tools: [],
    messages: [
      { role: 'user', content: blocks.join('\n\n') },
      { role: 'assistant', content: 'Understood.' },
      { role: 'user', content: [...results, { type: 'text', text: 'A question' }] },
    ],
  });
}
