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
  ['dop_v1_', '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0'],
].map((parts) => parts.join(''));

/** What it is called by or where it stands, in pieces as well, and what is left. */
const NAMED_KEYS = [
  [['api_key=', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'], 'api_key=[key removed]'],
  [['our API key is ', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'], 'our API key is [key removed]'],
  [['{"clientSecret": "', 'Ab8Q~9f8e7d6c5b4a', '"}'], '{"clientSecret": "[key removed]"}'],
  [['client_secret=', '9f8e7d6c5b4a'], 'client_secret=[key removed]'],
  [['aws_secret_access_key = ', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'], 'aws_secret_access_key = [key removed]'],
  [
    ['AccountName=x;AccountKey=', 'Eby8vdM02xNOcqFlqUwJPLlm/K1SZFPTO==', ';'],
    'AccountName=x;AccountKey=[key removed];',
  ],
  [['https://hooks.slack.com/services/', 'T0/B0/abcdefgh'], 'https://hooks.slack.com/services/[key removed]'],
  [['Authorization: Basic ', 'Ym9iOlNvbW1lcg=='], 'Authorization: Basic [key removed]'],
  [['postgres://app:', 'Sommer2025', '@db:5432/x'], 'postgres://app:[password removed]@db:5432/x'],
  [['https://bob:', 'Sommer2025!', '@api.x.com/'], 'https://bob:[password removed]@api.x.com/'],
].map(([parts, masked]) => [(parts as string[]).join(''), String(masked)] as const);

/** Ways to say that it is one: `@` stands for the password. */
const SAID = [
  '{"password": "@"}',
  "{'password': '@'}",
  String.raw`{\"password\": \"@\"}`,
  '<password>@</password>',
  'password:\n@',
  'password @',
  'pw: @',
  'pass: @',
  'mdp: @',
  'password：@',
  'password - @',
  'mijn wachtwoord is @',
  'hasło: @',
  'lösenord: @',
  'lösenordet är inte rätt, lösenord är @',
  'пароль: @',
  'palavra-passe é @',
  'das Passwort heißt @',
  'mein Passwort ist jetzt: @',
  'la clave de mi cuenta es @',
  'clave de acceso: @',
  '密码是@，请帮我',
  'パスワードは@です',
  'I changed my password to @',
  'Ich habe mein Passwort auf @ geändert',
  'userPassword=@',
  'mysql --password @ -u bob',
  '--password=@',
] as const;

const PASSWORDS = [
  ['my password is hunter2', 'my password is [password removed]'],
  ['My password for the shop is S3cret, help', 'My password for the shop is [password removed], help'],
  ['Password: sunshine', 'Password: [password removed]'],
  ['pwd=tiger!', 'pwd=[password removed]'],
  ['mein Passwort lautet Geheim123', 'mein Passwort lautet [password removed]'],
  ['mon mot de passe est "soleil vert"', 'mon mot de passe est "[password removed]"'],
  ['mi contraseña es Sol2024.', 'mi contraseña es [password removed].'],
  ['la mia password è Gatto_9', 'la mia password è [password removed]'],
  ['Passwort: Mein Hund Rex 2025', 'Passwort: [password removed]'],
  ['Hallo, Passwort: mein Hund Rex 2025, bitte', 'Hallo, Passwort: [password removed], bitte'],
  ['Login: bob, password: sunshine, please', 'Login: bob, password: [password removed], please'],
  ['DB_PASSWORD=sunshine and more', 'DB_PASSWORD=[password removed] and more'],
  ['password is "correct horse battery staple"', 'password is "[password removed]"'],
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
  'Passwort ist falsch!',
  'password is incorrect!!!',
  'It says "password is incorrect"',
  'my password is wrong/expired',
  'Password: forgotten',
  'Passwort: vergessen, bitte helfen',
  'mot de passe : oublié',
  'пароль неверный!',
  'lösenordet är fel!!',
  'my password is "too weak"',
  'password: I tried it 3 times',
  'Password: 8-20 characters',
  'Passwort: seit 2023 nicht geändert',
  'clave de rastreo: MBAN01002511030012',
  'Clave de producto: 43211503',
  'senha de atendimento: A123456',
  'pwd: /var/www/html',
  'password=********',
  'password: <your password>',
  'password: $DB_PASSWORD',
  'reset your password: https://acme.example/reset?x=1',
  'I sent my password to ann2@example.org',
  'I forgot my password for order A-1042',
  'forgot password 4839201 is my order number',
  'Passwort auf iPhone15 speichern',
  'Season pass: 4839201, Delivery Pass (£6.99/month)',
  '{"pass":"10-visit climbing","visits":7}',
  'password:\nOrder 12345',
  'sk-learn-version-1-2-3-is-what-i-use-now',
  'token: A-10428391829, session token expired',
  'basic Comprehensive cover of basic Health2025',
  'pincode: 560001, PIN: 560001, a pin 1234',
  'in 2021,2022,2023,2024',
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

  it.each(['4111\t1111\t1111\t1111', '4111,1111,1111,1111', '3782;822463;10005'])('so does one in cells: %s', (card) =>
    expect(maskSecrets(`x ${card}`)).toBe(`x [card number ending in ${card.slice(-4)} removed]`),
  );

  it('a card after a plus is no phone number', () =>
    expect(maskSecrets('+4111111111111111 or +49 171 98765432')).toBe(
      '+[card number ending in 1111 removed] or +49 171 98765432',
    ));

  it.each(['CVV: 123', 'CVC is 1234', 'my PIN is 4821', 'PIN: 4821', 'meine PIN lautet 482193', '"cvv": "123"'])(
    'a code goes: %s',
    (text) => expect(maskSecrets(text)).toBe(text.replace(/\d+/, '[code removed]')),
  );

  it.each(NAMED_KEYS)('what is called a key or stands in an address goes: %s', (text, masked) =>
    expect(maskSecrets(text)).toBe(masked),
  );

  it.each(SAID)('a password goes however it is said: %s', (said) =>
    expect(maskSecrets(said.replace('@', () => 'Sommer2025!'))).toBe(said.replace('@', '[password removed]')),
  );

  it.each(ORDINARY)('ordinary text stays: %s', (text) => expect(maskSecrets(text)).toBe(text));

  it('what was masked stays as it is', () => {
    for (const text of [
      ...KEYS,
      ...[...PASSWORDS, ...NAMED_KEYS].map(([one]) => one),
      ...SAID,
      'card 4111111111111111',
    ]) {
      expect(maskSecrets(maskSecrets(text))).toBe(maskSecrets(text));
    }
  });

  it.each([
    'password is ',
    'password:"',
    'password: a ',
    'clave de mi ',
    'password to to to ',
    'api_key=a1',
    'a://b:',
    'a.a-',
    'CVV is ',
    '4111,',
    '+4 ',
    'eyJ',
    'eyJaaaaaaaa.',
    'sk-',
    'sk-abcdefghijkl',
    'bearer ',
    '-----BEGIN PRIVATE KEY-----',
  ])('takes time linear in a text of %s', (piece) => {
    expect(slowdown(maskSecrets, (length) => piece.repeat(length / piece.length))).toBeLessThan(20);
  });
});
