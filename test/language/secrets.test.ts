import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../src/language/secrets.ts';
import { slowdown } from './slowdown.ts';

/** In pieces, so that nobody's scanner takes the made-up ones for real. */
const KEYS = [
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['ghp_', '16C7e42F292c6912E7710c838347Ae178B4a'],
  ['github_pat_', '11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'],
  ['sk_live_', '4eC39HqLyjWDarjtT1zdp7dc'],
  ['sk-ant-', 'api03-abcdefghijklmnop1234567890-AA'],
  ['sk-', 'proj-abcdEFGH1234567890ijklMNOP'],
  ['xoxb-', '123456789012-abcdefghijkl'],
  ['AIza', 'SyA1234567890abcdefghijklmnopqrstuv'],
  ['eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxIn0.abc_def-123'],
  ['-----BEGIN RSA PRIVATE KEY-----', '\nMIIEow\nabc=\n-----END RSA PRIVATE KEY-----'],
].map((parts) => parts.join(''));

const PASSWORDS = [
  ['my password is hunter2', 'my password is [password removed]'],
  ['My password for the shop is S3cret, help', 'My password for the shop is [password removed], help'],
  ['Password: sunshine', 'Password: [password removed]'],
  ['pwd=tiger!', 'pwd=[password removed]'],
  ['mein Passwort lautet Geheim123', 'mein Passwort lautet [password removed]'],
  ['mon mot de passe est "soleil vert"', 'mon mot de passe est "[password removed]"'],
  ['mi contraseña es Sol2024.', 'mi contraseña es [password removed].'],
  ['la mia password è Gatto_9', 'la mia password è [password removed]'],
] as const;

const ORDINARY = [
  'My password is wrong',
  'My password is not accepted',
  'How do I reset my password? It is urgent',
  'password: it does not work',
  'mein Passwort ist abgelaufen',
  'Order 4839201 and policy 0123456789 of 12.05.2026',
  'my e-mail is ann@example.org, my phone +44 20 7946 0958',
  'the sk-8 skateboard and the eyJ thing',
];

describe('secrets that customers paste', () => {
  it.each(KEYS)('a key goes: %s', (key) => expect(maskSecrets(`see ${key} there`)).toBe('see [key removed] there'));

  it('a private key that was cut off goes to the end', () =>
    expect(maskSecrets('key -----BEGIN PRIVATE KEY-----\nMIIE\nabc')).toBe('key [key removed]'));

  it.each(PASSWORDS)('a password goes: %s', (text, masked) => expect(maskSecrets(text)).toBe(masked));

  it('a card goes but for its last four digits', () =>
    expect(maskSecrets('pay 4111-1111 1111 1111, or ５５５５５５５５５５５５４４４４')).toBe(
      'pay [card number ending in 1111 removed], or [card number ending in ４４４４ removed]',
    ));

  it.each(ORDINARY)('ordinary text stays: %s', (text) => expect(maskSecrets(text)).toBe(text));

  it('what was masked stays as it is', () => {
    for (const text of [...KEYS, ...PASSWORDS.map(([text]) => text), 'card 4111111111111111']) {
      expect(maskSecrets(maskSecrets(text))).toBe(maskSecrets(text));
    }
  });

  it.each(['password is ', 'password:"', 'eyJ', 'eyJaaaaaaaa.', 'sk-', 'bearer ', '-----BEGIN PRIVATE KEY-----'])(
    'takes time linear in a text of %s',
    (piece) => {
      expect(slowdown(maskSecrets, (length) => piece.repeat(length / piece.length))).toBeLessThan(20);
    },
    30_000,
  );
});
