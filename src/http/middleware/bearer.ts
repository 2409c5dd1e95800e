import { createHash, timingSafeEqual } from 'node:crypto';
import { authorise } from '../../conversations/conversation.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import type { Face, HttpContext } from '../face.ts';

/** Who may call a route: anyone, the holder of the conversation's token, the holder of the operator token. */
export type Access = 'anyone' | 'customer' | 'operator';

/** Lets the request pass or throws what `authorise` throws, `operator_disabled` or `operator_unauthorized`. */
export async function checkAccess(access: Access, { desk, settings }: Face, context: HttpContext): Promise<void> {
  if (access === 'anyone') return;
  if (access === 'customer') return checkCustomer({ desk }, context, context.req.param('id') ?? '');
  checkOperator(settings.operatorToken, bearerToken(context.req.header('Authorization')));
}

/** The same for a conversation that is named in the body. */
export async function checkCustomer({ desk }: Pick<Face, 'desk'>, context: HttpContext, id: string): Promise<void> {
  await authorise(desk, id, bearerToken(context.req.header('Authorization')));
}

/** The token of an `Authorization: Bearer …` header, or null where there is none or it cannot be one. */
function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(header ?? '')?.[1] ?? null;
}

function checkOperator(wanted: string | null, given: string | null): void {
  if (wanted === null) throw new FrontdeskError('operator_disabled');
  // Hashes have one length, so that the comparison takes the same time whatever was sent.
  if (!timingSafeEqual(sha256(given ?? ''), sha256(wanted))) throw new FrontdeskError('operator_unauthorized');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
