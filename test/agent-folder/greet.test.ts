import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { disclosureIn } from '../../src/agent/disclosure.ts';
import { saysThatItIsAnAi } from '../../src/agent-folder/disclosure.ts';
import { greetingFor } from '../../src/agent-folder/greet.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { LANGUAGES } from '../../src/language/languages.ts';
import { workshopWith } from './folders.ts';

const ENGLISH = 'Hello, I am the AI assistant of the workshop. What can I do for you?';
const GERMAN = 'Hallo, ich bin die KI der Werkstatt. Was kann ich für Sie tun?';
const CHAT = readdirSync('web/widget/locales')
  .filter((file) => !file.startsWith('cards-'))
  .map((file) => file.replace('.ts', ''));

async function greeting(language: string | null, greetings: Record<string, string> = { 'greeting.md': ENGLISH }) {
  const { agent } = await loadAgent(workshopWith({ 'greeting.de.md': null, ...greetings }));
  return { text: greetingFor(agent, language), who: agent.definition };
}

describe('the greeting says that an AI speaks, in the customer’s language', () => {
  const others = ['pl', 'sv', 'da', 'nb', 'fi', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl', 'bg', 'el', 'tr', 'ru', 'uk', 'ar'];
  test.each([...new Set([...CHAT, ...LANGUAGES, ...others, 'he', 'hi', 'vi', 'id', 'ja', 'ko', 'zh'])])(
    '%s',
    async (language) => {
      const { text, who } = await greeting(`${language}-XX`);
      const own = disclosureIn(language, who) ?? '';
      expect(saysThatItIsAnAi(own), own).toBe(true);
      expect(own).toContain(who.company);
      expect(text).toBe(language === 'en' ? ENGLISH : `${own}\n\n${ENGLISH}`);
    },
  );

  test('by the folder’s own words, where it has some', async () => {
    const greetings = { 'greeting.md': ENGLISH, 'greeting.de.md': GERMAN, 'greeting.pt-BR.md': 'Sou uma IA, oi.' };
    expect((await greeting('de', greetings)).text).toBe(GERMAN);
    expect((await greeting('DE-at', greetings)).text).toBe(GERMAN);
    expect((await greeting('pt-br', greetings)).text).toBe('Sou uma IA, oi.');
    expect((await greeting('pt-PT', greetings)).text).toBe('Sou uma IA, oi.');
    expect((await greeting(null, greetings)).text).toBe(ENGLISH);
    expect((await greeting('xx', greetings)).text).toBe(ENGLISH);
  });

  test('once, where greeting.md is in that language', async () => {
    expect((await greeting('de', { 'greeting.md': GERMAN })).text).toBe(GERMAN);
    expect((await greeting('en', { 'greeting.md': GERMAN })).text).toMatch(/^I am .*AI assistant.*\n\nHallo/);
  });
});

test.each([
  'I am not an AI.',
  'Ich bin keine KI.',
  'No soy una IA.',
  'Je ne suis pas une IA.',
  'Hello, how can I help?',
])('a folder that greets with "%s" is not loaded', async (text) => {
  await expect(loadAgent(workshopWith({ 'greeting.md': text }))).rejects.toThrow(
    'must say that the customer is talking to an AI',
  );
  await expect(loadAgent(workshopWith({ 'greeting.fr.md': text }))).rejects.toThrow('greeting.fr.md');
});

test.each(['I am not a person, I am an AI.', 'No human, just an AI assistant.', 'Kein Mensch, sondern eine KI.'])(
  'a folder may greet with "%s"',
  async (text) => expect((await greeting(null, { 'greeting.md': text })).text).toBe(text),
);
