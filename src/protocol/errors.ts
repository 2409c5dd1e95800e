/**
 * Every error that the API answers: a stable code, its HTTP status, and the sentence that anyone may see.
 * Internal messages never leave the process; a code is added here or it does not exist.
 */
export const ERRORS = {
  invalid_json: [400, 'The body is not valid JSON.'],
  invalid_request: [400, 'The request has a wrong or missing field.'],
  empty_message: [400, 'The message has no text.'],
  unauthorized: [401, 'Send the token of this conversation as "Authorization: Bearer <token>".'],
  operator_unauthorized: [401, 'Send the operator token as "Authorization: Bearer <token>".'],
  operator_disabled: [403, 'The operator API is off: start the server with FRONTDESK_OPERATOR_TOKEN.'],
  origin_not_allowed: [403, 'This site may not use this server: add it to FRONTDESK_ORIGINS.'],
  not_found: [404, 'There is nothing at this address.'],
  conversation_not_found: [404, 'There is no such conversation.'],
  agent_not_found: [404, 'There is no agent of that name on this server.'],
  method_not_allowed: [405, 'This address does not answer that method.'],
  conversation_closed: [409, 'This conversation is closed. Start a new one.'],
  idempotency_key_reused: [409, 'This idempotencyKey was used before with another text.'],
  message_too_long: [413, 'The message is too long.'],
  body_too_large: [413, 'The body is too large.'],
  unsupported_media_type: [415, 'Send the body as application/json.'],
  internal_error: [500, 'Something went wrong on our side. Nothing that was acknowledged is lost; please try again.'],
  unavailable: [503, 'The server cannot take this now. Please try again in a moment.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

/** A request that cannot be served. `detail` adds what the caller got wrong; it must be safe to show to anyone. */
export class FrontdeskError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  constructor(code: ErrorCode, detail?: string) {
    super(detail ? `${ERRORS[code][1]} ${detail}` : ERRORS[code][1]);
    this.name = 'FrontdeskError';
    this.code = code;
    this.status = ERRORS[code][0];
  }
}
