import { describe, expect, test } from 'vitest';
import { isForPerson } from '../../../src/adapters/offline-model/matters.ts';
import { asksForPerson } from '../../../src/adapters/offline-model/person.ts';
import { smallTalk } from '../../../src/adapters/offline-model/small-talk.ts';

describe('who wants a person', () => {
  test.each([
    ['de', 'Ich möchte mit einem Menschen sprechen'],
    ['de', 'Kann mich jemand mit einer Kollegin verbinden?'],
    ['de', 'Bitte verbinden Sie mich mit einem Mitarbeiter.'],
    ['de', 'Mensch bitte'],
    ['es', 'Quiero hablar con una persona'],
    ['es', '¿Me puede comunicar con un agente?'],
    ['fr', 'Je voudrais parler à un humain'],
    ['fr', 'Puis-je discuter avec un de vos conseillers ?'],
    ['pt', 'Quero falar com um atendente'],
    ['it', 'Vorrei parlare con un operatore'],
    ['nl', 'Kan ik met een medewerker praten?'],
    ['nl', 'Ik wil met een mens spreken'],
  ])('is understood in their language (%s): %s', (language, message) => {
    expect(asksForPerson(message)).toBe(language);
    expect(smallTalk(message)).toBe('wants_person');
  });

  test.each([
    'Sprechen Ihre Mitarbeiter Englisch?',
    'Ich möchte für vier Personen buchen.',
    '¿Cuánto cuesta para una persona?',
    'Combien coûte une chambre pour une personne ?',
    'Quanto custa por pessoa?',
    'Vorrei una camera per una persona',
    'Hoeveel kost het per persoon?',
    'I passed a person on the way.',
  ])('is not seen in other messages: %s', (message) => {
    expect(asksForPerson(message)).toBeNull();
  });
});

const RULES =
  '- Be kind.\n- Call in a colleague for damaged boilers, complaints about an invoice and accidents with a van.\n- Refer press to the team.';

describe('what the rules call in a person for', () => {
  test.each([
    'The boiler is broken',
    'My invoice is wrong, I will not pay it',
    'Your van hit my fence.',
    'Our boiler smells. What now?',
  ])('is handed over: %s', (message) => {
    expect(isForPerson(RULES, message)).toBe(true);
  });

  test.each([
    'How do I pay an invoice?',
    'Is the boiler broken?',
    'Which vans do you have?',
    'The tap is broken',
    'If the boiler is broken, who pays?',
  ])('is not what is asked, supposed, or about something else: %s', (message) => {
    expect(isForPerson(RULES, message)).toBe(false);
  });

  test('is nothing without such a rule', () => {
    expect(isForPerson('- Never repair a boiler yourself.', 'The boiler is broken')).toBe(false);
  });
});
