/** What a reference of HTML by name stands for, of the spaces, dashes and signs that values, names and addresses are written with; empty where it shows nothing. */
export const REFERENCES: ReadonlyMap<string, string> = new Map([
  ...all(
    ' ',
    'nbsp ensp emsp emsp13 emsp14 thinsp hairsp numsp puncsp nonbreakingspace thinspace verythinspace mediumspace',
  ),
  ...all('-', 'ndash mdash hyphen dash minus horbar'),
  ...all('', 'shy zwj zwnj lrm rlm zerowidthspace nobreak ic it af'),
  ...all('|', 'vert verbar'),
  ...all('*', 'ast midast'),
  ...Object.entries({ commat: '@', period: '.', comma: ',', colon: ':', semi: ';', lowbar: '_', sol: '/', bsol: '\\' }),
  ...Object.entries({ lpar: '(', rpar: ')', plus: '+', num: '#', amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' }),
  ...Object.entries({ percnt: '%', excl: '!', dollar: '$', tab: '\t', newline: '\n' }),
]);

function all(sign: string, names: string): [string, string][] {
  return names.split(' ').map((name) => [name, sign]);
}
