import { disclosureIn } from '../agent/disclosure.ts';
import { detectLanguage } from '../language/detect.ts';
import { primaryOf } from '../language/languages.ts';
import { languageOfScript } from '../language/script.ts';
import type { EventBody } from '../protocol/events.ts';
import type { Desk, DeskAgent } from './desk.ts';
import type { History } from './history.ts';
import type { Conversation } from './log.ts';

/** The language that the customer writes in (BCP 47), else the one that the conversation was begun with. */
export function languageOf(conversation: Conversation, { customerMessages }: History): string | null {
  return conversation.language ?? languageWritten(customerMessages);
}

/**
 * What is said before the first reply where the greeting was in another language than the customer writes: that an AI speaks,
 * in theirs.
 */
export function disclosure(
  { desk, agent, conversation }: { desk: Desk; agent: DeskAgent; conversation: Conversation },
  { messages, customerMessages }: History,
): EventBody[] {
  if (!messages.every(({ role }) => role === 'assistant')) return [];
  const written = languageWritten(customerMessages);
  if (written === null || written === languageGreeted(agent, conversation.language)) return [];
  const text = disclosureIn(written, agent);
  return text === null ? [] : [{ type: 'message.sent', messageId: desk.newId('msg'), role: 'agent', text }];
}

function languageWritten(messages: readonly string[]): string | null {
  const text = messages.join('\n');
  return detectLanguage(text) ?? languageOfScript(text);
}

function languageGreeted(agent: DeskAgent, language: string | null): string {
  // English, where its words do not tell.
  return language === null ? (detectLanguage(agent.greeting(null)) ?? 'en') : primaryOf(language);
}
