import { HEADER_NAME } from '../http/outgoing.ts';
import { isRecord } from '../schema-words.ts';
import { dereference, type Json, type OpenApiDocument, type Operation } from './document.ts';

/** What shows the API who is asking; `secrets` are the values that must never be told. */
export type Credentials = {
  headers: Readonly<Record<string, string>>;
  query: readonly (readonly [string, string])[];
  secrets: readonly string[];
};

/**
 * Credentials of an operation: of the first alternative of its `security` that `auth` (values by the name of their
 * scheme) has all of. A sentence where there is none.
 */
export function credentialsOf(
  { root }: OpenApiDocument,
  { raw }: Operation,
  auth: Readonly<Record<string, string>>,
): Credentials | { problem: string } {
  const security = raw.security ?? root.security;
  const alternatives = Array.isArray(security) ? security.filter(isRecord).map((needs) => Object.keys(needs)) : [];
  if (alternatives.length === 0) return NONE;
  const given = alternatives
    .filter((names) => names.length > 0 && names.every((name) => Object.hasOwn(auth, name)))
    .map((names) => all(names.map((name) => credential(root, name, auth[name] ?? ''))));
  const usable = given.find((found): found is Credentials => !('problem' in found));
  if (usable) return usable;
  if (given[0]) return given[0];
  if (alternatives.some((names) => names.length === 0)) return NONE;
  const wanted = alternatives.map((names) => names.join(' with ')).join(' or ');
  return { problem: `needs auth: ${wanted}` };
}

/** Names of what `auth` may give values for. */
export function schemesOf({ root }: OpenApiDocument): string[] {
  const schemes = isRecord(root.components) ? root.components.securitySchemes : undefined;
  return isRecord(schemes) ? Object.keys(schemes) : [];
}

const SENDABLE = /^[\x20-\x7e]+$/;
const NONE: Credentials = { headers: {}, query: [], secrets: [] };

function all(parts: readonly (Credentials | { problem: string })[]): Credentials | { problem: string } {
  let together = NONE;
  for (const part of parts) {
    if ('problem' in part) return part;
    together = {
      headers: { ...together.headers, ...part.headers },
      query: [...together.query, ...part.query],
      secrets: [...together.secrets, ...part.secrets],
    };
  }
  return together;
}

function credential(root: Json, name: string, value: string): Credentials | { problem: string } {
  const schemes = isRecord(root.components) ? root.components.securitySchemes : undefined;
  const scheme = isRecord(schemes) && Object.hasOwn(schemes, name) ? dereference(root, schemes[name]) : null;
  const header = (field: string, content: string): Credentials | { problem: string } =>
    SENDABLE.test(content) && HEADER_NAME.test(field)
      ? { headers: { [field.toLowerCase()]: content }, query: [], secrets: [value, content] }
      : { problem: `auth: the value of ${name} cannot be sent in a header` };
  const bearer = () => header('authorization', `Bearer ${value.replace(/^Bearer\s+/i, '')}`);
  switch (scheme?.type) {
    case 'http': {
      const kind = String(scheme.scheme).toLowerCase();
      if (kind === 'bearer') return bearer();
      if (kind !== 'basic') return { problem: `auth: the scheme "${kind}" of ${name} is not known` };
      const token = Buffer.from(value).toString('base64');
      const [, password = ''] = /^[^:]*:(.*)$/s.exec(value) ?? [];
      const basic = header('authorization', `Basic ${token}`);
      return 'problem' in basic ? basic : { ...basic, secrets: [...basic.secrets, token, password] };
    }
    case 'oauth2':
    case 'openIdConnect':
      return bearer();
    case 'apiKey':
      if (scheme.in === 'header') return header(String(scheme.name), value);
      if (scheme.in === 'query') return { headers: {}, query: [[String(scheme.name), value]], secrets: [value] };
      return { problem: `auth: ${name} is a cookie, which is not sent` };
    default:
      return {
        problem: scheme ? `auth: ${name} is of a kind that is not known` : `auth: the description has no ${name}`,
      };
  }
}
