import type { Contact } from '../agent/sentences.ts';
import { READ_ONLY, type Tool } from '../agent/tool.ts';

/** Characters of a handoff's reason: it stands in the public log. */
const LONGEST_REASON = 200;

/**
 * Asks for a person: the conversation waits for one, and whoever takes over gets the reason and the summary.
 * `staffed` is false where nobody watches. The result tells the model how the company can be reached, so that it tells the customer the truth.
 */
export function handOffTool(contact: Contact, staffed = true): Tool {
  const reach = Object.entries(contact)
    .filter(([, value]) => value)
    .map(([way, value]) => `${way}: ${value}`);
  return {
    name: 'hand_off',
    description:
      'Ask a human colleague to take over this conversation. Use it when the customer asks for a person, when they are upset and you cannot help, or when the matter needs a decision that you may not make.',
    inputSchema: {
      type: 'object',
      properties: {
        reason: { type: 'string', description: 'Why a person is needed, in a few words.' },
        summary: {
          type: 'string',
          description:
            'What the colleague must know: what the customer wants, what they told you, what was done so far.',
        },
      },
      required: ['reason', 'summary'],
      additionalProperties: false,
    },
    ...READ_ONLY,
    isOurs: true,
    timeoutMs: 5_000,
    parse: parseTexts(['reason', 'summary']),
    async run(input, { status }) {
      if (status === 'waiting_for_human')
        return { content: 'A human colleague was asked already; say that they will answer here.' };
      const { reason } = input as { reason: string };
      const reached = reach.length > 0 ? ` The customer can also reach us at: ${reach.join('; ')}.` : '';
      const joins = staffed
        ? 'A human colleague has been asked to join this conversation; when one is free, they answer here.'
        : 'The wish for a person is noted, but nobody can join this chat: the customer has to reach us directly.';
      return {
        content: `${joins}${reached} Tell the customer so, and promise no time.`,
        events: [
          { type: 'handoff.requested', by: 'agent', reason: reason.slice(0, LONGEST_REASON) },
          { type: 'status.changed', status: 'waiting_for_human' },
        ],
      };
    },
  };
}

/** Marks the conversation as resolved. A further message of the customer opens it again. */
export function resolveTool(): Tool {
  return {
    name: 'resolve',
    description:
      'Mark the conversation as resolved, when the customer has said that they have what they need or says good-bye. Say good-bye to the customer as well.',
    inputSchema: {
      type: 'object',
      properties: {
        evidence: { type: 'string', description: "The customer's own words that show that the matter is settled." },
      },
      required: ['evidence'],
      additionalProperties: false,
    },
    ...READ_ONLY,
    isOurs: true,
    timeoutMs: 5_000,
    parse: parseTexts(['evidence']),
    async run(_input, { status }) {
      if (status === 'waiting_for_human') return { content: 'A person was asked for, so it stays open. Say good-bye.' };
      return { content: 'Marked as resolved.', events: [{ type: 'status.changed', status: 'resolved' }] };
    },
  };
}

function parseTexts(fields: string[]): Tool['parse'] {
  return (input) => {
    const values = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
    const problems = fields
      .filter((field) => typeof values[field] !== 'string' || values[field].trim() === '')
      .map((field) => `${field}: expected a text that is not empty`);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: values };
  };
}
