import { describe, expect, test } from 'vitest';
import type { Mood } from '../../src/agent/route.ts';
import { moodOf, moodOfMessages } from '../../src/routing/mood.ts';
import { slowdown } from '../language/slowdown.ts';
import { last, second, sentiments, third, urgencies } from './mood-set.ts';

/** The share of the messages of each label that get it. */
function recall(field: keyof Mood, labelled: Record<string, readonly string[]>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(labelled).map(([label, texts]) => [
      label,
      texts.filter((text) => moodOf(text, 'en')[field] === label).length / texts.length,
    ]),
  );
}

const everySecond = (labelled: Record<string, readonly string[]>) =>
  Object.fromEntries(Object.entries(labelled).map(([label, texts]) => [label, texts.filter((_, at) => at % 2 === 1)]));

function expectAtLeast(found: Record<string, number>, floor: Record<string, number>): void {
  for (const [label, share] of Object.entries(floor)) expect(found[label], label).toBeGreaterThanOrEqual(share);
}

describe('the mood of labelled messages', () => {
  test('is found as often as decision 14 says', () => {
    expectAtLeast(recall('sentiment', everySecond(sentiments)), { negative: 0.92, neutral: 0.96, positive: 0.92 });
    expectAtLeast(recall('urgency', everySecond(urgencies)), { high: 0.93, normal: 0.93 });
    expectAtLeast(recall('sentiment', second.sentiments), { negative: 0.93, neutral: 0.93, positive: 0.93 });
    expectAtLeast(recall('urgency', second.urgencies), { high: 0.93, normal: 0.93 });
    expectAtLeast(recall('sentiment', third.sentiments), { negative: 0.64, neutral: 1, positive: 0.92 });
    expectAtLeast(recall('urgency', third.urgencies), { high: 0.85, normal: 0.95 });
    expectAtLeast(recall('sentiment', last.sentiments), { negative: 0.6, neutral: 0.85, positive: 0.65 });
    expectAtLeast(recall('urgency', last.urgencies), { high: 0.53, normal: 1 });
  });

  test('tells a misfortune from a complaint, and manners from gratitude', () => {
    const feels = (text: string) => moodOf(text, 'en').sentiment;
    expect(feels('My car was stolen and the windshield of the other one is broken')).toBe('neutral');
    expect(feels('My car was stolen and you are useless')).toBe('negative');
    expect(feels('When is my bill due? Thanks')).toBe('neutral');
    expect(feels('Thanks, that was great')).toBe('positive');
    expect(feels('I am not happy')).toBe('negative');
    expect(feels('I am very pleased')).toBe('positive');
  });
});

describe('where nothing can tell', () => {
  test('another language is unknown, whatever its words look like', () => {
    for (const [language, text] of [
      ['de', 'Die Karte ist gut, aber ich bin in Not'],
      ['es', 'Es urgente, el coche no puede esperar'],
      ['pt-BR', 'asap help!!'],
    ] as const)
      expect(moodOf(text, language), language).toEqual({ sentiment: 'unknown', urgency: 'unknown' });
    expect(moodOf('asap help!!', 'en-GB').urgency).toBe('high');
  });

  test('a text that nobody can place tells only what is found', () => {
    expect(moodOf('hm', null)).toEqual({ sentiment: 'unknown', urgency: 'unknown' });
    expect(moodOf('asap!', null)).toEqual({ sentiment: 'unknown', urgency: 'high' });
    expect(moodOf('awful', null)).toEqual({ sentiment: 'negative', urgency: 'unknown' });
  });

  test.each([
    ...['?', '!?', 'is ', 'not ', 'need ', '😡', 'a', 'just hit ', 'lock me me me '],
    ...['i am still waiting and nobody has ', "you've have had have had "],
  ])('takes time linear in a text of %j', (piece) => {
    const text = (length: number) => piece.repeat(length / piece.length);
    expect(slowdown((said) => moodOf(said, 'en'), text)).toBeLessThan(20);
  });

  test('odd text is read without a word', () => {
    for (const text of ['', ' ', 'constructor __proto__ toString', '\u0000\ud800']) moodOf(text, 'en');
    expect(moodOf('constructor toString valueOf', 'en')).toEqual({ sentiment: 'neutral', urgency: 'normal' });
  });
});

describe('several messages', () => {
  test('show the newest feeling, and urgency wherever it was', () => {
    expect(moodOfMessages([], 'en')).toEqual({ sentiment: 'unknown', urgency: 'unknown' });
    expect(moodOfMessages(['this is awful', 'my car is on fire', 'number 4711'], 'en')).toEqual({
      sentiment: 'negative',
      urgency: 'high',
    });
    expect(moodOfMessages(['you people are useless', 'ok great, thank you so much'], 'en').sentiment).toBe('positive');
    expect(moodOfMessages(['when do you open?'], 'en')).toEqual({ sentiment: 'neutral', urgency: 'normal' });
  });

  test('are read each in its own language', () => {
    const spanish = 'Estoy esperando la respuesta de ustedes desde hace una semana';
    expect(moodOfMessages([spanish], 'en')).toEqual({ sentiment: 'unknown', urgency: 'unknown' });
    expect(moodOfMessages([spanish, 'This is awful, what are you doing with my claim?'], 'es').sentiment).toBe(
      'negative',
    );
  });
});
