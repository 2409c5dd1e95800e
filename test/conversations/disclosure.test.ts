import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { newCustomer, openDesk } from './test-desk.ts';

const answering = () => ({ model: scriptedModel(Array.from({ length: 4 }, () => ({ text: ['Gut.'] }))).model });

/** What the agent has said before its first reply, after messages in a conversation of that language. */
async function saidBefore(language: string | null, ...messages: string[]): Promise<string[]> {
  const desk = await openDesk(answering());
  const customer = await newCustomer(desk, language === null ? {} : { language });
  for (const message of messages) await customer.ask(message);
  const events: LoggedEvent[] = await desk.store.log.events(customer.id);
  const first = events.findIndex(({ type }) => type === 'turn.started');
  const later = events.slice(first).filter(({ type }) => type === 'message.sent');
  expect(later).toEqual([]);
  return events.slice(0, first).flatMap((event) => (event.type === 'message.sent' ? [event.text] : []));
}

const HELLO = 'Hello, I am Ada, an AI.';

test.each([
  ['Ich habe eine Frage zu meiner Rechnung, können Sie mir helfen?', 'Ich bin Ada, die KI-Assistenz von Test Company.'],
  ['¿Me puede decir dónde está el pedido que hice la semana pasada?', 'Soy Ada, asistente de IA de Test Company.'],
  [
    'Je voudrais savoir où est ma commande, est-ce que vous pouvez m’aider ?',
    'Je suis Ada, l’assistant IA de Test Company.',
  ],
  ['Onde está a minha encomenda? Eu não sei se ela já foi enviada.', 'Sou Ada, assistente de IA da Test Company.'],
  ['Non so dove sia il mio ordine, mi può dire quando arriva?', 'Sono Ada, l’assistente IA di Test Company.'],
  ['Ik weet niet waar mijn bestelling is, kunt u mij dat zeggen?', 'Ik ben Ada, de AI-assistent van Test Company.'],
  ['Где мой заказ?', 'Я Ada, ИИ-ассистент компании Test Company.'],
  ['注文はどこですか?', '私はAda、Test CompanyのAIアシスタントです。'],
])('who writes "%s" is told before the first reply that an AI speaks, once', async (message, sentence) => {
  expect(await saidBefore(null, message, message)).toEqual([HELLO, sentence]);
  expect(await saidBefore('en-GB', message)).toEqual([HELLO, sentence]);
});

test('not where the greeting was in their language, or nobody can tell which it is', async () => {
  expect(await saidBefore(null, 'Where is my order? I have been waiting for it.')).toEqual([HELLO]);
  expect(await saidBefore('de', 'Ich habe eine Frage zu meiner Rechnung.')).toEqual([HELLO]);
  expect(await saidBefore('de', 'Rechnung 4711')).toEqual([HELLO]);
});
