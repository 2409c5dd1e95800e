import { foldWord } from './fold.ts';
import type { Found } from './names.ts';

/** Ends of hosts; two letters that end the names of files are none: `linear.ts`. */
const ENDS =
  'com|net|org|example|io|app|shop|store|online|chat|insure|insurance|bank|cloud|software|dev|tech|biz|info|travel|hotels?|energy|finance|gmbh|xyz|(?:com?\\.)?(?:ai|at|au|be|br|ca|ch|co|cz|de|dk|es|eu|fi|fr|ie|in|it|jp|me|mx|nl|no|nz|pl|pt|se|so|tv|uk|us|za)';
/** Its owner's part is the last one before the end. */
const HOST = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:[\\p{L}\\p{N}-]{1,63}\\.){0,3}(?!com?\\.)([\\p{L}\\p{N}-]{2,63})\\.(${ENDS})(?![\\p{L}\\p{N}])`,
  'gu',
);
const MAY_BE = /[\p{L}\p{N}]\.\p{Ll}{2}/u;
/** What companies put before or after their name where the name alone is taken. */
const BEFORE = /^(?:get|try|use|go|my|join|buy|shop|hey|hello|the|with|app)(?=..)/;
const AFTER = /(?<=..)(?:apps?|hq|online|shop|store|group|inc|official|usa?|uk|eu|de)$/;

/** Finds names in hosts, with what is added to them there: `trycaviar.com`, `hm.com` of H&M, `plus.net` of Plusnet. */
export function hostFinder(names: Iterable<readonly [name: string, spelling: string]>) {
  const known = new Map([...names].map(([name, written]) => [bareOf(written), name] as const));
  return (text: string): Found[] =>
    (MAY_BE.test(text) ? [...text.matchAll(HOST)] : []).flatMap(
      ({ 0: host, 1: owner = '', 2: end = '', index: start }): Found[] => {
        const bare = bareOf(owner);
        const [later, earlier] = [bare.replace(BEFORE, ''), bare.replace(AFTER, '')];
        const whole = bareOf(owner + end);
        const meant = [bare, later, earlier, later.replace(AFTER, ''), whole].find((one) => known.has(one));
        return meant === undefined ? [] : [{ start, end: start + host.length, name: known.get(meant) ?? '' }];
      },
    );
}

function bareOf(written: string): string {
  return foldWord(written).replace(/[^\p{L}\p{N}]/gu, '');
}
