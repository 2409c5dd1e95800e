import type { EventType } from '../protocol/events.ts';

/** A sentence about each event for readers of the API: its own fields, besides `seq`, `at` and `type`. */
export const EVENT_DESCRIPTIONS = {
  'conversation.started': 'The first event: agent, language, model, offline.',
  'message.received': "A customer's message: messageId, text.",
  'message.sent': 'A whole message of the agent (the greeting) or of an operator: messageId, role, text.',
  'turn.started': 'The agent begins a reply: turnId, messageId (of the reply), answers (message ids), model, offline.',
  'route.chosen':
    'Which desk answers: turnId, route (`general` or a route), from, by (router, model), sure, offTopic, confidence, outOfScope (0 to 1, or null), intent, language, scores (route, probability).',
  'turn.cancel_requested': 'The customer asked to stop the reply: turnId.',
  'step.started': 'The model is asked, the time to show that the agent thinks: turnId, step.',
  'tool.started': 'A tool runs: turnId, step, callId, tool.',
  'tool.finished': 'A tool has run: turnId, step, callId, tool, ok.',
  'action.proposed':
    'Something is to be done that needs a yes first: turnId, step, action (id, callId, tool, summary, input, hash, by, expiresAt).',
  'action.decided': 'It was decided: actionId, decision (confirm, decline), by (customer, operator).',
  'action.started': 'It is being done: actionId, attempt.',
  'action.finished': 'It has come to its end: actionId, outcome (done, failed, unknown).',
  'customer.identified': 'The page has shown who the customer is.',
  'sign_in.requested': 'Something was asked for that only a signed-in customer may have: turnId, step.',
  'segment.released': 'The next piece of the reply: turnId, step, start, text.',
  'guard.acted':
    'A guard has not let a piece of the reply pass as it was, remarks upon it, or has refused to propose an action: turnId, step, guard, action (redact, replace, stop, hand_off, withheld, mark, correct, refuse, uphold), reason, with mark start and end.',
  'commitment.made':
    'The text from start to end commits the company, and a source allows it: turnId, step, start, end, commitment (kind, text, evidence).',
  'message.screened':
    "Something was found in the customer's messages: turnId, screen (injection, abuse, self-harm), action (noted, answered).",
  'citation.added':
    'The text from start to end rests on this source: turnId, step, start, end, citation (number and the fields of Citation).',
  'segments.superseded': "The reply's text from start on is withdrawn: turnId, step, start.",
  notice: 'Something to tell while the customer waits, not part of the reply: turnId, code, text.',
  'turn.ended':
    'The reply is over: turnId, messageId, outcome (completed, stopped, failed, handed_off, awaiting_decision), perhaps code, and cached where the reply was made before.',
  'handoff.requested': 'A human was asked for: by (customer, agent), reason.',
  'status.changed': 'The conversation stands elsewhere: status.',
  'rating.given': 'The customer rated: score, comment.',
} as const satisfies Record<EventType, string>;
