import { basename, extname } from 'node:path';

/** `returns-and-refunds.html` is called "returns and refunds". */
export function titleFromName(name: string): string {
  const base = basename(name, extname(name)).replace(/[-_]+/g, ' ').trim();
  return base === '' ? name : base;
}
