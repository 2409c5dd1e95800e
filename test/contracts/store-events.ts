import type { StepRecord } from '../../src/agent/step.ts';
import type { EventBody } from '../../src/protocol/events.ts';

export const started: EventBody = {
  type: 'conversation.started',
  agent: 'test',
  language: null,
  model: 'none',
  offline: true,
};

export function received(messageId: string, text = `text of ${messageId}`): EventBody {
  return { type: 'message.received', messageId, text };
}

export function turnStarted(turnId: string, answers: string[]): EventBody {
  return { type: 'turn.started', turnId, messageId: `reply-${turnId}`, answers, model: 'none', offline: true };
}

export function turnEnded(turnId: string): EventBody {
  return { type: 'turn.ended', turnId, messageId: `reply-${turnId}`, outcome: 'completed' };
}

export function segment(turnId: string, start = 0): EventBody {
  return { type: 'segment.released', turnId, step: 0, start, text: 'Some text. ' };
}

export function stepOf(turnId: string, step: number): StepRecord {
  return {
    turnId,
    step,
    kind: 'answer',
    model: 'none',
    promptHash: 'p',
    knowledgeVersion: 'k',
    input: [{ type: 'text', text: 'in \u0000 \ud83d\ude00' }],
    output: [{ type: 'text', text: 'out' }],
    toolResults: [],
    stopReason: 'end_turn',
    usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 },
  };
}
