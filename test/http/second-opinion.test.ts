import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { type MockHandler, startMockClaude } from '../../src/testing/mock-claude.ts';
import { customer, readEvents, startOne } from './requests.ts';

const LIBRARY = fileURLToPath(new URL('../agents/harbor-library', import.meta.url));
const ARTICLE =
  '# The ferry\n\nBefore setting out, each passenger hands over 7 pounds to the skipper of the island ferry.\n';
const QUOTE = 'each passenger hands over 7 pounds to the skipper of the island ferry';
/** True, but no rule knows that a crossing is by ferry. */
const TRUE = 'Your crossing will be £7, and not a penny above that.';
const FALSE = 'Your crossing will be £9, and not a penny above that.';
const QUESTION = 'What does the ferry to the island cost each passenger?';

/** The server with a key, whose fast model takes the article for the proof of whatever it is asked. */
async function start(setting: 'on' | 'off' | 'decides', sentence: string) {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-opinion-'));
  const agent = join(root, 'library');
  cpSync(LIBRARY, agent, { recursive: true });
  writeFileSync(join(agent, 'knowledge', 'ferry.md'), ARTICLE);
  writeFileSync(join(agent, 'guards.yaml'), `commitments: { second-opinion: ${setting} }\n`);
  const asked: string[] = [];
  const script: MockHandler = ({ tool_choice: choice, messages }) => {
    if (!choice) return { text: `Good question. ${sentence} Anything else?` };
    const content = String(messages[0]?.content);
    asked.push(content);
    const source = /<source number="(\d+)">(?:(?!<\/source>)[\s\S])*skipper/.exec(content)?.[1];
    const supported = [{ sentence: 1, quotes: [{ source: Number(source), quote: QUOTE }] }];
    return { tools: [{ name: 'report_supported', input: { supported } }] };
  };
  const claude = await startMockClaude({ script });
  const frontdesk = await compose(
    readConfig({
      ...{ FRONTDESK_AGENT: agent, FRONTDESK_DATA: join(root, 'data'), FRONTDESK_ENCODER: 'off' },
      ...{ FRONTDESK_LOG: 'silent', FRONTDESK_REHEARSAL: 'off' },
      ...{ ANTHROPIC_API_KEY: 'sk-mine-123', ANTHROPIC_BASE_URL: claude.url },
    }),
  );
  onTestFinished(async () => {
    await frontdesk.close();
    await claude.close();
    rmSync(root, { recursive: true });
  });
  frontdesk.begin();
  const started = await startOne(frontdesk);
  const ask = customer(started, { text: QUESTION }, { Accept: 'text/event-stream' });
  const { events } = await readEvents(await frontdesk.app.request(...ask.at('/messages')));
  const text = events.flatMap((event) => (event.type === 'segment.released' ? [event.text] : [])).join('');
  const acted = events.flatMap((event) => (event.type === 'guard.acted' ? [event.action] : []));
  return { text, acted, asked, made: events.filter(({ type }) => type === 'commitment.made') };
}

test('what the fast model finds in a source is released, with its evidence', async () => {
  const { text, acted, asked, made } = await start('on', TRUE);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain(`<sentence number="1">\n${TRUE}\n</sentence>`);
  expect([text, acted]).toEqual([expect.stringContaining(`Good question. ${TRUE} Anything else?`), ['uphold']]);
  expect(made).toMatchObject([{ commitment: { evidence: { from: expect.stringContaining('ferry.md') } } }]);
});

test('a figure that is not in what it quotes stays withheld, whatever it says', async () => {
  const { text, acted, asked } = await start('on', FALSE);
  expect(asked).toHaveLength(1);
  expect(acted).toEqual(['replace']);
  expect(text).not.toContain('9');
});

test('where it decides, what it quotes is released whatever the figure', async () => {
  const { text, acted, made } = await start('decides', FALSE);
  expect([text, acted]).toEqual([expect.stringContaining(FALSE), ['uphold', 'mark']]);
  expect(made).toMatchObject([{ commitment: { evidence: { from: expect.stringContaining('ferry.md') } } }]);
});

test('where it is off, nobody is asked', async () => {
  const { text, acted, asked } = await start('off', TRUE);
  expect([asked, acted]).toEqual([[], ['replace']]);
  expect(text).not.toContain('7');
});
