import { addresses } from './addresses.ts';
import type { Case } from './case.ts';
import { floods } from './floods.ts';
import { invisible } from './invisible.ts';
import { loading } from './loading.ts';
import { ordinary } from './ordinary.ts';
import { phishing } from './phishing.ts';
import { scripts } from './scripts.ts';
import { structure } from './structure.ts';

export const groups: Record<string, Case[]> = {
  scripts,
  addresses,
  loading,
  structure,
  invisible,
  phishing,
  floods,
  ordinary,
};
