import { describe, expect, it } from 'vitest';
import { classifierFromBytes } from '../../src/routing/classifier.ts';
import { trainClassifier } from '../../src/routing/train.ts';
import { INSURER } from './sets.ts';

describe('a classifier without the encoder', () => {
  it('says what new messages are about', async () => {
    const classifier = await trainClassifier(INSURER, { embed: null });
    const labels = [
      'another car ran into mine, it was an accident',
      'you charged me twice',
      'a quote for my new van',
    ].map((text) => classifier.classify(text, null).label);
    expect(labels).toEqual(['claims', 'billing', 'quotes']);
  });

  it('gives probabilities that sum to 1', async () => {
    const classifier = await trainClassifier(INSURER, { embed: null });
    const { probabilities, confidence, label } = classifier.classify('payment', null);
    expect(probabilities.reduce((all, one) => all + one, 0)).toBeCloseTo(1, 9);
    expect(probabilities[classifier.labels.indexOf(label)]).toBe(confidence);
  });

  it('is the same from its bytes', async () => {
    const classifier = await trainClassifier(INSURER, { embed: null });
    const again = classifierFromBytes(classifier.toBytes());
    expect(again?.classify('my car was hit', null)).toEqual(classifier.classify('my car was hit', null));
  });
});
