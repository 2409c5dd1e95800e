import { identifyCustomer } from '../../conversations/identify.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { IdentifyAnswer, IdentifyBody } from '../identity-schemas.ts';
import { type App, addRoute, asJson } from '../route.ts';

/** The page of the site shows who its customer is. */
export function identifyRoutes(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      method: 'post',
      tag: 'Conversations',
      access: 'customer',
      path: '/v1/conversations/{id}/identify',
      summary: 'Say who the customer is',
      description:
        'Binds the conversation to the customer for good. The same customer may come again, with a newer token; another is refused.',
      body: IdentifyBody,
      answers: { 200: { description: 'Until when it is good.', content: asJson(IdentifyAnswer) } },
      errors: [
        ...(['invalid_customer_token', 'other_customer', 'identity_disabled', 'conversation_closed'] as const),
        ...(['too_many_messages', 'unavailable'] as const),
      ],
    },
    async ({ id, body }) => json({ verifiedUntil: await identifyCustomer(face.desk, id, body.customerToken) }),
  );
}
