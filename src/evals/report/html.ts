import { cleanText } from '../../language/invisible.ts';

/** Markup that is safe to put into a page: made by `html` or `trusted` only. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlPart = Html | string | number | null | false | undefined | readonly HtmlPart[];

/** Markup with values in it: whatever is no `Html` is text, in elements and in quoted attributes. Nothing of null, false, undefined. */
export function html(literals: TemplateStringsArray, ...values: HtmlPart[]): Html {
  return new Html(String.raw({ raw: literals }, ...values.map(markupOf)));
}

/** For what this program itself says, such as its style sheet. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

function markupOf(value: HtmlPart): string {
  if (value instanceof Html) return value.markup;
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'object') return value.map(markupOf).join('');
  return typeof value === 'number' ? String(value) : escapeHtml(value);
}

/** Without control and invisible characters: nothing of a text may turn the text around it. */
function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
