import type { ComponentChild } from 'preact';

type Node = { type: unknown; props: Record<string, unknown> & { children?: ComponentChild } };

/** Writes a tree of plain elements down, text marked with «», so that text that looks like HTML cannot be taken for it. */
export function written(node: unknown): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node === 'string' || typeof node === 'number') return `«${node}»`;
  if (Array.isArray(node)) return node.map(written).join('').replaceAll('»«', '');
  const { type, props } = node as Node;
  if (typeof type !== 'string') throw new Error('a component: only plain elements are expected');
  const { children, ...attributes } = props;
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `<${type}${list.join('')}>${written(children)}</${type}>`.replaceAll('»«', '');
}

/** Every element of the tree. */
export function elements(node: unknown): { type: string; props: Record<string, unknown> }[] {
  if (Array.isArray(node)) return node.flatMap(elements);
  if (typeof node !== 'object' || node === null) return [];
  const { type, props } = node as Node;
  return [{ type: String(type), props }, ...elements(props.children)];
}

export function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (typeof node !== 'object' || node === null) return '';
  return textOf((node as Node).props.children);
}
