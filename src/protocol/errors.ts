/**
 * Every error that the API answers: a stable code, its HTTP status, and the sentence that anyone may see.
 * Internal messages never leave the process; a code is added here or it does not exist.
 */
export const ERRORS = {
  invalid_json: [400, 'The body is not valid JSON.'],
  invalid_request: [400, 'The request has a wrong or missing field.'],
  empty_message: [400, 'The message has no text.'],
  unauthorized: [401, 'Send the token of this conversation as "Authorization: Bearer <token>".'],
  invalid_customer_token: [401, 'The token does not show who the customer is.'],
  operator_unauthorized: [401, 'Send the operator token as "Authorization: Bearer <token>".'],
  operator_disabled: [403, 'The operator API is off: start the server with FRONTDESK_OPERATOR_TOKEN.'],
  origin_not_allowed: [403, 'This site may not use this server: add it to FRONTDESK_ORIGINS.'],
  not_found: [404, 'There is nothing at this address.'],
  conversation_not_found: [404, 'There is no such conversation.'],
  document_not_found: [404, 'Nobody has sent a document of this id.'],
  action_not_found: [404, 'There is no such action in this conversation.'],
  citation_not_found: [404, 'There is no such citation in this conversation, or its passage is gone.'],
  agent_not_found: [404, 'There is no agent of that name on this server.'],
  method_not_allowed: [405, 'This address does not answer that method.'],
  action_changed: [409, 'This is not what was proposed: the hash is another.'],
  action_decided: [409, 'This action was decided before.'],
  action_not_yours: [409, 'This action waits for somebody else to decide.'],
  other_customer: [409, 'This conversation belongs to another customer. Start a new one.'],
  identity_disabled: [409, 'This server cannot verify customers: set FRONTDESK_JWT_SECRET or FRONTDESK_JWKS_URL.'],
  sign_in_required: [403, 'Only the signed-in customer may do this.'],
  conversation_closed: [409, 'This conversation is closed. Start a new one.'],
  idempotency_key_reused: [409, 'This idempotencyKey was used before with another text.'],
  action_expired: [410, 'This waited too long for a yes and was not done. Ask for it again.'],
  message_too_long: [413, 'The message is too long.'],
  body_too_large: [413, 'The body is too large.'],
  unsupported_media_type: [415, 'Send the body in a type that this address takes, such as application/json.'],
  unreadable_document: [422, 'The document cannot be read.'],
  too_many_messages: [429, 'That was many messages in a short time. Please wait a little, then send this one again.'],
  too_many_conversations: [429, 'Many conversations were started from here in a short time. Please wait a little.'],
  too_many_requests: [429, 'Many requests are coming from here at once. Please try again shortly.'],
  too_many_streams: [429, 'Too many open connections from here. Close other tabs of this chat, or try again shortly.'],
  budget_spent: [429, 'The assistant has answered as much as it may for now. You can ask for a person meanwhile.'],
  internal_error: [500, 'Something went wrong on our side. Nothing that was acknowledged is lost; please try again.'],
  paused: [503, 'The assistant is switched off at the moment. You can ask for a person meanwhile.'],
  reply_interrupted: [503, 'The reply was interrupted. Nothing is lost: ask for it again.'],
  unavailable: [503, 'The server cannot take this now. Please try again in a moment.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

/**
 * A request that cannot be served. `detail` adds what the caller got wrong; it must be safe to show to anyone.
 * `retryAfter`: seconds after which the same request may succeed, where that is known.
 */
export class FrontdeskError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryAfter: number | null;
  constructor(code: ErrorCode, detail?: string, { retryAfter = null }: { retryAfter?: number | null } = {}) {
    super(detail ? `${ERRORS[code][1]} ${detail}` : ERRORS[code][1]);
    this.name = 'FrontdeskError';
    this.code = code;
    this.status = ERRORS[code][0];
    this.retryAfter = retryAfter;
  }
}
