import { toolWords } from './tool-words.ts';
import { visible } from './visible.ts';

export type ActionField = { label: string; value: string };

const DEEPEST = 4;

/** Arguments as labels and values: labels from their names, what lies within one another beside its path. */
export function actionFields(input: Record<string, unknown>, words: { yes: string; no: string }): ActionField[] {
  return fieldsOf(input, [], words);
}

function fieldsOf(value: unknown, path: string[], words: { yes: string; no: string }): ActionField[] {
  if (typeof value === 'object' && value !== null && path.length < DEEPEST && !isPlainList(value)) {
    const isList = Array.isArray(value);
    return Object.entries(value).flatMap(([name, inner]) =>
      fieldsOf(inner, [...path, isList ? String(Number(name) + 1) : name], words),
    );
  }
  const text = textOf(value, words);
  return text === '' ? [] : [{ label: path.map(labelOf).join(' · '), value: text }];
}

function isPlainList(value: object): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null);
}

function textOf(value: unknown, words: { yes: string; no: string }): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && isPlainList(value)) {
    return value
      .map((entry) => textOf(entry, words))
      .filter(Boolean)
      .join(', ');
  }
  return visible(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function labelOf(name: string): string {
  const label = toolWords(visible(name)).join(' ');
  return (label.charAt(0).toUpperCase() + label.slice(1)).slice(0, 60);
}
