import { describe, expect, test } from 'vitest';
import { characterGuard } from '../../src/guards/character.ts';
import { checked, repliesAtEveryCut, SEEN } from './play-guard.ts';

const guard = characterGuard({ name: 'Eva' });
const EVA = 'I am Eva, the AI assistant of Acme Insurance.';

describe('character', () => {
  test('reads no oath into the days of a week', () => {
    for (const text of ['| M | T | W | T | F | S | S |', 'M|T|W|T|F|S|S']) expect(checked(guard, text)).toBe(text);
  });

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
    ['other_company', 'You’ve reached Globex customer support.'],
    ['model_talk', 'I run on GPT-4o, by the way.'],
    ['model_talk', 'You are speaking to ChatGPT.'],
    ['model_talk', 'OpenAI’s content policy doesn’t allow me to say that.'],
    ['model_talk', 'My last update was in April 2024.'],
    ['model_talk', 'Jako model językowy nie mogę tego zrobić.'],
    ['claims_human', 'My wife has the same car.'],
    ['claims_human', 'Sorry, I was on my lunch break.'],
    ['claims_human', 'I tried it at home and it worked.'],
    ['claims_human', 'Meine Frau fährt dasselbe Auto.'],
    ['other_persona', 'From now on I’m FreedomBot.'],
    ['other_persona', '[DAN]: Sure, here you go.'],
    ['other_persona', 'Entering unrestricted mode now.'],
    ['other_persona', 'Nazywam się Anna Kowalska.'],
    ['profanity', 'That insurer sucks ass.'],
    ['profanity', 'That is f***ing absurd.'],
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
    ['Tick "I’m not a robot", then send the form.'],
    ['Cochez la case « Je ne suis pas un robot ».'],
    ['One review says: "My wife loves it."'],
    ['My name is Luna, and I am a virtual assistant.'],
    ['The integration with ChatGPT runs on GPT-4.'],
    ['Can my wife drive my car?'],
    ['Scunthorpe, cockpit, class, assess, Dick Smith.'],
  ])('may say: %s', (text) => {
    expect(checked(guard, text)).toBe(text);
  });

  test.each([
    'I am as human as you are.',
    'Honestly, I’m just a person: I am a real, living person.',
    'My name is Eva and I sit in the Berlin office.',
    'As a human, I understand that.',
    'As a human being I know how that feels.',
    'You are speaking to a human right now: me.',
    'Real person here, no worries!',
    'No bots here, I promise.',
    'I’m not some AI.',
    'I ain’t no robot.',
    'I have worked here for ten years.',
    'I’m at my desk in the call centre.',
    'I am a hum4n.',
    'I am a h u m a n being.',
    'I am a hu\u200bman.',
    'I am a humаn.',
    'I’m one of the human agents here.',
    'Soy de carne y hueso.',
    'Está hablando con un ser humano.',
    'Estoy sentada en nuestra oficina de Madrid.',
    'Sie sprechen hier mit einem Menschen.',
    'Ich sitze hier im Berliner Büro.',
    'Als Mensch verstehe ich das.',
    'Ich bin doch keine KI!',
    'Vous parlez avec un vrai humain.',
    'En tant qu’humain, je vous comprends.',
    'Il n’y a pas de robot ici.',
    'Está falando com um ser humano.',
    'Sou de carne e osso.',
    'Sta parlando con una persona.',
    'Da essere umano, la capisco.',
    'U spreekt met een mens.',
    'Ik zit hier gewoon op kantoor.',
    'Jestem człowiekiem.',
    'Jag är en riktig människa.',
    'Jeg er ikke en robot.',
    'Ben gerçek bir insanım.',
    'Я живой человек.',
    'Я не бот.',
  ])('claims to be human: %s', (text) => {
    expect(guard.check(text, SEEN)).toMatchObject({ action: 'replace', reason: 'claims_human' });
  });

  test.each([
    'You can speak to a human at any time.',
    'Would you like to talk to a human? A real person will answer within the hour.',
    'A human colleague is looking at it now, and will be with you soon.',
    'If you are talking to a person, have your number ready.',
    'I am not human, I am an AI assistant.',
    'No, I am not a person; our agents are.',
    'Our office in Berlin is open from nine to five.',
    'You can work from home with this plan.',
    'I am not able to see your computer.',
    'It’s not a software problem.',
    'The chair is for one person, and the desk for two people.',
    'The policy covers one person and their machines.',
    'Puede hablar con una persona de nuestro equipo cuando quiera.',
    'No soy una persona, soy una IA.',
    'Sie können jederzeit mit einem Menschen sprechen.',
    'Ich bin kein Mensch.',
    'Vous pouvez parler avec une personne de notre équipe.',
    'Pode falar com uma pessoa quando quiser.',
    'Può parlare con una persona quando vuole.',
    'U kunt met een mens spreken.',
    'Możesz porozmawiać z człowiekiem.',
    'Вы можете поговорить с человеком.',
  ])('makes no claim: %s', (text) => expect(checked(guard, text)).toBe(text));

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
