import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import Provider from '../../examples/promptfoo/frontdesk.mjs';
import { listen } from '../../src/http/listen.ts';
import { testDesk } from '../http/test-desk.ts';

const CONFIG = new URL('../../examples/promptfoo/promptfooconfig.yaml', import.meta.url);

test('the provider of the example has a conversation, and tells what it cannot have', async () => {
  const { app } = await testDesk();
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close(0));
  const provider = new Provider({ config: { url: `http://127.0.0.1:${server.port}/` } });
  const { output, metadata } = await provider.callApi('Hello');
  expect(output).not.toBe('');
  expect(metadata).toMatchObject({ conversation: expect.stringMatching(/^conv_/), sources: [] });
  await expect(provider.callApi('')).rejects.toThrow('empty_message');
});

test('its configuration names the provider and asks something of each answer', () => {
  const { providers, tests } = parse(readFileSync(CONFIG, 'utf8')) as { providers: string[]; tests: { assert: [] }[] };
  expect(providers).toEqual(['file://frontdesk.mjs']);
  expect(tests.every(({ assert }) => assert.length > 0)).toBe(true);
});
