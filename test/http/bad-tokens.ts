import { createHmac } from 'node:crypto';
import {
  AUDIENCE,
  byKey,
  byPair,
  bySecret,
  claims,
  curve,
  edwards,
  encode,
  hmac,
  ISSUER,
  join,
  jwkOf,
  rsa,
  SECRET,
  seconds,
} from './tokens.ts';

/* Tokens that show nobody, by the name of what is wrong with them: those for a server with a secret… */

const good = bySecret();
const [header = '', payload = '', signature = ''] = good.split('.');
const unsigned = () => Buffer.alloc(0);
const HS256 = { alg: 'HS256', typ: 'JWT' };
/** Signed with the right secret, whatever stands in it. */
const signed = (first: unknown, second: unknown = claims()) => join(first, second, hmac(SECRET));
const own = rsa('own');
const withPlus = () => {
  for (let n = 0; ; n++) {
    const token = bySecret({ payload: { n } });
    if (/[-_][^.]*$/.test(token))
      return token.replace(/[^.]*$/, (part) => part.replaceAll('-', '+').replaceAll('_', '/'));
  }
};

export const BAD_FOR_SECRET: Record<string, string> = {
  'nothing at all': '',
  'no token': 'customer-42',
  'two parts': `${header}.${payload}`,
  'empty parts': '..',
  'a second signature': `${good}.${signature}`,
  'an encrypted one': `${header}..${payload}.${payload}.${signature}`,
  'JSON in place of the compact form': JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
  'with the scheme before it': `Bearer ${good}`,
  'a space before it': ` ${good}`,
  'a line break behind it': `${good}\n`,
  'alg none, unsigned': join({ alg: 'none' }, claims(), unsigned),
  'alg None': join({ alg: 'None' }, claims(), unsigned),
  'alg NONE': join({ alg: 'NONE' }, claims(), unsigned),
  'alg nOnE with a signature': join({ alg: 'nOnE' }, claims(), hmac(SECRET)),
  'alg none with a signature': join({ alg: 'none' }, claims(), hmac(SECRET)),
  'alg named twice, none last': signed('{"alg":"HS256","alg":"none"}'),
  'no alg': signed({ typ: 'JWT' }),
  'alg empty': signed({ alg: '' }),
  'alg a number': signed({ alg: 256 }),
  'alg a list': signed({ alg: ['HS256'] }),
  'alg in small letters': signed({ alg: 'hs256' }),
  'alg with a space': signed({ alg: 'HS256 ' }),
  'HS384 by the secret': join({ alg: 'HS384' }, claims(), hmac(SECRET, 'sha384')),
  'HS512 by the secret': join({ alg: 'HS512' }, claims(), hmac(SECRET, 'sha512')),
  'RS256 by a key of their own': byPair(own, 'RS256'),
  'RS256 that the secret has signed': signed({ alg: 'RS256' }),
  'another secret': bySecret({ secret: 'another-secret-of-quite-the-same-length-0123' }),
  'an empty secret': bySecret({ secret: '' }),
  'the secret with a line break': bySecret({ secret: `${SECRET}\n` }),
  'the secret but for its last letter': bySecret({ secret: SECRET.slice(0, -1) }),
  'no signature': `${header}.${payload}.`,
  'half a signature': `${header}.${payload}.${signature.slice(0, 20)}`,
  'one letter of the signature changed': `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
  'a signature of zeros': `${header}.${payload}.${encode(Buffer.alloc(32))}`,
  'the payload of another token': `${header}.${encode(claims({ sub: 'customer-1' }))}.${signature}`,
  'the signature padded': `${good}=`,
  'the payload padded': (() => {
    const input = `${header}.${encode('{"sub":"customer-42"} ')}==`;
    return `${input}.${hmac(SECRET)(input).toString('base64url')}`;
  })(),
  'the signature in plain base64': withPlus(),
  'the signature spelt otherwise': `${good.slice(0, -1)}${String.fromCharCode(good.charCodeAt(good.length - 1) + 1)}`,
  'a space in the signature': `${header}.${payload}.${signature.slice(0, 9)} ${signature.slice(9)}`,
  'a header that is no JSON': signed('alg: HS256'),
  'a header that is a list': signed([HS256]),
  'a header that is null': signed('null'),
  'a payload that is no JSON': signed(HS256, 'customer-42'),
  'a payload that is a list': signed(HS256, [claims()]),
  'a payload that is text': signed(HS256, '"customer-42"'),
  'a payload that is null': signed(HS256, 'null'),
  'a payload that is not UTF-8': signed(HS256, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  'a token as the payload': signed({ ...HS256, cty: 'JWT' }, good),
  'expired two minutes ago': bySecret({ payload: { exp: seconds(-120) } }),
  'expired an hour ago': bySecret({ payload: { exp: seconds(-3_600) } }),
  'no exp': bySecret({ payload: { exp: undefined } }),
  'exp a text': bySecret({ payload: { exp: String(seconds(300)) } }),
  'exp null': bySecret({ payload: { exp: null } }),
  'exp without end': signed(HS256, JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e999')),
  'exp in milliseconds': bySecret({ payload: { exp: Date.now() + 300_000 } }),
  'exp below nothing': bySecret({ payload: { exp: -1 } }),
  'not before in an hour': bySecret({ payload: { nbf: seconds(3_600) } }),
  'nbf a text': bySecret({ payload: { nbf: 'now' } }),
  'issued in an hour': bySecret({ payload: { iat: seconds(3_600) } }),
  'iat a text': bySecret({ payload: { iat: 'now' } }),
  'another issuer': bySecret({ payload: { iss: 'https://login.evil.example' } }),
  'no issuer': bySecret({ payload: { iss: undefined } }),
  'a list of issuers': bySecret({ payload: { iss: [ISSUER] } }),
  'the issuer with a slash': bySecret({ payload: { iss: `${ISSUER}/` } }),
  'another audience': bySecret({ payload: { aud: 'billing' } }),
  'no audience': bySecret({ payload: { aud: undefined } }),
  'a list of other audiences': bySecret({ payload: { aud: ['billing', 'shipping'] } }),
  'an empty list of audiences': bySecret({ payload: { aud: [] } }),
  'the audience in a list in a list': bySecret({ payload: { aud: [[AUDIENCE]] } }),
  'the audience as an object': bySecret({ payload: { aud: { [AUDIENCE]: true } } }),
  'an audience that begins alike': bySecret({ payload: { aud: `${AUDIENCE}2` } }),
  'no sub': bySecret({ payload: { sub: undefined } }),
  'sub a number': bySecret({ payload: { sub: 42 } }),
  'sub empty': bySecret({ payload: { sub: '' } }),
  'sub of spaces': bySecret({ payload: { sub: '   ' } }),
  'sub with a space at its end': bySecret({ payload: { sub: 'customer-42 ' } }),
  'sub null': bySecret({ payload: { sub: null } }),
  'sub an object': bySecret({ payload: { sub: { id: 'customer-42' } } }),
  'sub a list': bySecret({ payload: { sub: ['customer-42'] } }),
  'sub too long': bySecret({ payload: { sub: 'x'.repeat(201) } }),
  'sub with a NUL': bySecret({ payload: { sub: 'customer-42\0' } }),
  'sub with a line break': bySecret({ payload: { sub: 'customer\n42' } }),
  'sub with half a character': signed(HS256, JSON.stringify(claims()).replace('customer-42', 'customer-\\ud83d')),
  'sub with something invisible': bySecret({ payload: { sub: 'customer\u200b-42' } }),
  'a claim with a NUL': bySecret({ payload: { plan: { name: 'gold\0' } } }),
  'a claim named by half a character': signed(HS256, JSON.stringify(claims()).replace('{', '{"\\udc00":1,')),
  huge: bySecret({ payload: { note: 'x'.repeat(20_000) } }),
  'nested without end': signed(
    HS256,
    JSON.stringify(claims()).replace('}', `,"deep":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
  ),
  'crit of what nobody knows': bySecret({ header: { crit: ['strict'], strict: true } }),
  'crit of exp': bySecret({ header: { crit: ['exp'], exp: 1 } }),
  'crit empty': bySecret({ header: { crit: [] } }),
  'a payload not encoded': bySecret({ header: { crit: ['b64'], b64: false } }),
  'b64 without crit': bySecret({ header: { b64: false } }),
  compressed: bySecret({ header: { zip: 'DEF' } }),
  'its own key with it': join(
    { ...HS256, jwk: { kty: 'oct', k: encode('their-own-secret') } },
    claims(),
    hmac('their-own-secret'),
  ),
  'its own public key with it': byPair(own, 'RS256', { header: { jwk: jwkOf(own) } }),
  'its own key with it, by the right secret': bySecret({ header: { jwk: { kty: 'oct', k: encode('x') } } }),
  'an address of keys': bySecret({ header: { jku: 'https://evil.example/jwks.json' } }),
  'an address of a certificate': bySecret({ header: { x5u: 'https://evil.example/x.pem' } }),
  'a certificate': bySecret({ header: { x5c: ['MIIB'] } }),
  'kid a path to an empty file': bySecret({ header: { kid: '../../../../../../dev/null' }, secret: '' }),
  'kid a path to a known file': bySecret({ header: { kid: '/proc/sys/kernel/ostype' }, secret: 'Linux\n' }),
  'kid a query': bySecret({ header: { kid: "x' UNION SELECT 'known'--" }, secret: 'known' }),
  'kid an object': bySecret({ header: { kid: { $ne: null } } }),
  'typ of a logout': bySecret({ header: { typ: 'logout+jwt' } }),
  'typ of something else': bySecret({ header: { typ: 'JOSE+JSON' } }),
  'typ a number': bySecret({ header: { typ: 1 } }),
};

/* …and those for a server with a key set. `KEYS` are in the set, but for `foreign`. */

export const KEYS = {
  rsa: rsa('rsa-1'),
  p256: curve('p256-1', 'P-256'),
  p384: curve('p384-1', 'P-384'),
  p521: curve('p521-1', 'P-521'),
  ed: edwards('ed-1'),
  small: rsa('small', 1024),
  enciphering: rsa('enciphering'),
  k1: curve('k1', 'secp256k1'),
  foreign: rsa('rsa-1'),
};
const { foreign, enciphering, ...sound } = KEYS;

export const KEY_SET = [
  ...Object.values(sound).map((pair) => jwkOf(pair)),
  jwkOf(enciphering, { use: 'enc' }),
  { kty: 'oct', kid: 'secret', k: encode(SECRET) },
];

const pem = KEYS.rsa.publicKey.export({ type: 'spki', format: 'pem' });
const der = KEYS.rsa.publicKey.export({ type: 'spki', format: 'der' });
const pkcs1 = KEYS.rsa.publicKey.export({ type: 'pkcs1', format: 'pem' });
const jwk = jwkOf(KEYS.rsa);
const asHmac = (key: string | Buffer, kid = 'rsa-1') => join({ ...HS256, kid }, claims(), hmac(key));
const fixed = (alg: string, kid: string, bytes: Buffer) => join({ alg, kid }, claims(), () => bytes);
const ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');

export const BAD_FOR_KEY_SET: Record<string, string> = {
  'HS256 by the public key in PEM': asHmac(pem),
  'HS256 by the public key in PEM, trimmed': asHmac(String(pem).trim()),
  'HS256 by the public key in PKCS #1': asHmac(pkcs1),
  'HS256 by the public key in DER': asHmac(der),
  'HS256 by the public key as JWK': asHmac(JSON.stringify(jwk)),
  'HS256 by the modulus': asHmac(Buffer.from(String(jwk.n), 'base64url')),
  'HS256 by a secret in the set': asHmac(SECRET, 'secret'),
  'HS256 by the public key, called RS256': join({ alg: 'RS256', kid: 'rsa-1' }, claims(), (input) =>
    createHmac('sha256', pem).update(input).digest(),
  ),
  'alg none': join({ alg: 'none', kid: 'rsa-1' }, claims(), unsigned),
  'another key under a known kid': byPair(foreign, 'RS256'),
  'a key that is not in the set': byPair(own, 'RS256'),
  'a key for enciphering': byPair(enciphering, 'RS256'),
  'a key too small': byPair(KEYS.small, 'RS256'),
  'PS256 called RS256': join({ alg: 'RS256', kid: 'rsa-1' }, claims(), byKey('PS256', KEYS.rsa.privateKey)),
  'RS256 called PS256': join({ alg: 'PS256', kid: 'rsa-1' }, claims(), byKey('RS256', KEYS.rsa.privateKey)),
  'RS256 by the key of a curve': join({ alg: 'RS256', kid: 'p256-1' }, claims(), byKey('ES256', KEYS.p256.privateKey)),
  'ES256 of zeros': fixed('ES256', 'p256-1', Buffer.alloc(64)),
  'ES256 of the order of the curve': fixed('ES256', 'p256-1', Buffer.concat([ORDER, ORDER])),
  'ES256 empty': fixed('ES256', 'p256-1', Buffer.alloc(0)),
  'ES256 in DER': join({ alg: 'ES256', kid: 'p256-1' }, claims(), byKey('RS256', KEYS.p256.privateKey)),
  'ES256 by another curve': join({ alg: 'ES256', kid: 'p384-1' }, claims(), byKey('ES256', KEYS.p384.privateKey)),
  'ES384 by another curve': join({ alg: 'ES384', kid: 'p256-1' }, claims(), byKey('ES384', KEYS.p256.privateKey)),
  'ES256 by secp256k1': byPair(KEYS.k1, 'ES256'),
  ES256K: join({ alg: 'ES256K', kid: 'k1' }, claims(), byKey('ES256', KEYS.k1.privateKey)),
  'EdDSA of zeros': fixed('EdDSA', 'ed-1', Buffer.alloc(64)),
  'EdDSA by a key that is not in the set': byPair({ ...edwards('x'), kid: 'ed-1' }, 'EdDSA'),
  'an algorithm of tomorrow': fixed('ML-DSA-44', 'rsa-1', Buffer.alloc(2420)),
  'RS256 without kid, where several fit': byPair(KEYS.rsa, 'RS256', { header: { kid: undefined } }),
  'kid a path': byPair(KEYS.rsa, 'RS256', { header: { kid: '../rsa-1' } }),
  'kid empty': byPair(KEYS.rsa, 'RS256', { header: { kid: '' } }),
  'its own key with it': byPair(own, 'RS256', { header: { jwk: jwkOf(own), kid: undefined } }),
  'its own key under a known kid': byPair(foreign, 'RS256', { header: { jwk: jwkOf(foreign) } }),
  'an address of keys': byPair(own, 'RS256', { header: { jku: 'https://evil.example/jwks.json' } }),
  'expired two minutes ago': byPair(KEYS.rsa, 'RS256', { payload: { exp: seconds(-120) } }),
  'another audience': byPair(KEYS.ed, 'EdDSA', { payload: { aud: ['billing'] } }),
};
