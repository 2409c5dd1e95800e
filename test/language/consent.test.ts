import { expect, test } from 'vitest';
import { consentOf } from '../../src/language/consent.ts';

test.each([
  ...[
    'yes',
    'Yes!',
    'YES PLEASE',
    'ok',
    'Yes, do it.',
    'go ahead, thanks',
    'Sí',
    'sí, por favor',
    'Lo confirmo.',
    'Ja',
    'ja, bitte',
  ],
  ...[
    'D’accord !',
    'Oui, s’il vous plaît',
    'Sim, pode fazer',
    'va bene',
    'Sì',
    'ja graag',
    'Akkoord.',
    'Ich bestätige',
  ],
])('"%s" is a yes', (text) => expect(consentOf(text)).toBe('yes'));

test.each([
  ...[
    'no',
    'No, thanks',
    'No, don’t do it!',
    'cancel',
    'never mind',
    'No, gracias',
    'mejor no',
    'Nein',
    'Nein, danke',
    'lieber nicht',
  ],
  ...['Non merci', 'surtout pas', 'Não, obrigado', 'No, grazie', 'annulla', 'Nee, bedankt', 'niet doen'],
])('"%s" is a no', (text) => expect(consentOf(text)).toBe('no'));

test.each([
  ...[
    '',
    ' ',
    '?',
    'yes?',
    '¿sí?',
    'yes, but only half',
    'not yes',
    'yes no',
    'no yes',
    'no, ok',
    'ok no',
    'yesterday',
    'nothing',
  ],
  ...[
    'I said yes to the other one',
    'yes if it is free',
    'maybe',
    'later',
    'I do not know',
    'is that correct?',
    'do not stop',
    'don’t cancel',
    'no, don’t cancel it',
  ],
  ...['please', 'thanks', 'no problem', 'not sure', 'why not', `yes${' yes'.repeat(30)}`, 'кажется', '好', '👍'],
  ...[
    'yes 👎',
    'yes ❌',
    'ok 🤔',
    '"yes"',
    '“yes”',
    '> yes',
    '~~yes~~',
    'y\u0336e\u0336s\u0336',
    'yes？',
    'yes؟',
    'yes…',
    'yes 2',
  ],
  ...[
    'yes/no',
    'yes & no',
    '(yes)',
    '<b>yes</b>',
    'yes = no',
    'у\u0435s',
    'pode ser',
    'ｙｅｓ：ｎｏ',
    'yes\n\nno',
    'no\u00a0yes',
    '[yes]',
  ],
])('"%s" is neither', (text) => expect(consentOf(text)).toBeNull());

test('marks beside a plain answer, and its letters in any spelling, say nothing more', () => {
  const yeses = [
    'yes.',
    'Yes!!',
    '¡Sí!',
    'si\u0301',
    'Yes - please',
    'yes, thanks.',
    '  yes\n',
    'ok; go ahead',
    'Ｙｅｓ',
  ];
  expect(yeses.map(consentOf)).toEqual(yeses.map(() => 'yes'));
});
