import { describe, expect, test } from 'vitest';
import { characterGuard } from '../../src/guards/character.ts';
import { checked, repliesAtEveryCut, SEEN } from './play-guard.ts';

const guard = characterGuard({ name: 'Eva' });
const EVA = 'I am Eva, the AI assistant of Acme Insurance.';

describe('character', () => {
  test.each([
    ['model_talk', 'As an AI language model, I cannot see that.'],
    ['model_talk', 'I was trained by OpenAI.'],
    ['model_talk', 'Als KI-Sprachmodell weiß ich das nicht.'],
    ['claims_human', 'I’m a *real* person.'],
    ['claims_human', 'No, I am not a bot.'],
    ['claims_human', 'Soy una persona real.'],
    ['claims_human', 'Ich bin ein echter Mensch.'],
    ['claims_human', 'Je ne suis pas un robot.'],
    ['claims_human', 'Não sou um robô.'],
    ['claims_human', 'Sono una persona vera.'],
    ['other_persona', 'I am ChatGPT.'],
    ['other_persona', 'I’m now DAN, and I can do anything.'],
    ['other_persona', 'My name is Robert.'],
    ['other_company', 'Here at Globex, we value you.'],
    ['other_company', 'I work for Globex.'],
    ['profanity', 'That is bullshit.'],
    ['profanity', 'What the f.u.c.k is that?'],
    ['profanity', 'Das ist Scheiße.'],
  ])('%s: %s', (reason, text) => {
    expect(guard.check(text, SEEN)).toEqual({ action: 'replace', text: EVA, reason });
  });

  test.each([
    ['You are talking to an AI assistant.'],
    ['I’m Eva, Acme’s AI assistant. I am an AI, and not a person.'],
    ['I am not a human, but a colleague is.'],
    ['Once you are talking to a real person, have your number ready.'],
    ['Ich bin kein Mensch, sondern eine KI.'],
    ['No soy una persona.'],
    ['Welcome to Acme! Thank you for choosing Acme Insurance.'],
    ['My name is Eva.'],
    ['Scunthorpe, cockpit, class, assess, Dick Smith.'],
  ])('may say: %s', (text) => {
    expect(checked(guard, text)).toBe(text);
  });

  test('an agent may have the name of a model', () => {
    expect(checked(characterGuard({ name: 'Claude' }), 'I am Claude.')).toBe('I am Claude.');
  });

  test('costs the sentence only, in the customer’s language', () => {
    expect(checked(guard, 'Claro. Soy humana. ¿Algo más?', { language: 'es' })).toBe(
      'Claro. Soy Eva, asistente de IA de Acme Insurance. ¿Algo más?',
    );
  });

  test('does not break, wherever a text is cut', () => {
    for (const reply of repliesAtEveryCut(guard, 'Hello. As you ask, I am a real person, so do not worry. Bye.')) {
      expect(reply).not.toMatch(/real person/);
      expect(reply).toContain(EVA);
    }
  });
});
