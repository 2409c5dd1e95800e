import { findAll, type HtmlElement, textOf } from './html-tree.ts';

type Style = ReadonlyMap<string, string>;
/** Rules of the page's own `<style>` elements, for selectors such as `.x`, `#x`, `p` and `p.x`. */
export type StyleRules = { selector: string; style: Style }[];

const SCREEN_READERS_ONLY = /^(sr-only|visually-?hidden|screen-reader-text|visuallyhidden|a11y-hidden)$/i;

/**
 * Takes out what a visitor cannot see: a place where text for machines hides. What a visitor can open stays: a panel that
 * a control of the page names, and the panels of tabs. Files of style that the page links to are not read.
 */
export function dropHidden(root: HtmlElement): void {
  const rules = styleRules(root);
  const opened = openedByControls(root);
  const visit = (element: HtmlElement, onColour: boolean): void => {
    element.children = element.children.filter((child) => {
      if (typeof child === 'string') return true;
      const style = styleOf(child, rules);
      const canOpen = child.attributes.role === 'tabpanel' || opened.has(child.attributes.id ?? '');
      if ((isSwitchedOff(child, style) && !canOpen) || isUnreadable(style, onColour)) return false;
      visit(child, onColour || hasBackground(child, style));
      return true;
    });
  };
  visit(root, false);
}

function isSwitchedOff({ attributes }: HtmlElement, style: Style): boolean {
  if (attributes.hidden !== undefined && attributes.hidden !== 'until-found') return true;
  if (attributes['aria-hidden'] === 'true') return true;
  if ((attributes.class ?? '').split(/\s+/).some((name) => SCREEN_READERS_ONLY.test(name))) return true;
  if (style.get('display') === 'none' || /^(hidden|collapse)$/.test(style.get('visibility') ?? '')) return true;
  const flat = ['height', 'max-height', 'width', 'max-width'].some((name) => isAtMost(style.get(name), 1));
  return flat && /hidden|clip/.test(style.get('overflow') ?? '');
}

/** Too small, too pale or beside the page. */
function isUnreadable(style: Style, onColour: boolean): boolean {
  const size = style.get('font-size');
  if (isAtMost(size, 3) || Number.parseFloat(style.get('opacity') ?? '1') <= 0.05) return true;
  const colour = colourOf(style.get('color'));
  const background = colourOf(style.get('background-color') ?? style.get('background'));
  if (colour === 'transparent' || (colour !== null && colour === background)) return true;
  if (colour === 'white' && background === null && !onColour) return true;
  const far = ['left', 'top', 'right', 'text-indent', 'margin-left'].some((name) =>
    isAtMost(style.get(name), -500, true),
  );
  const clipped =
    /^rect\((0|1px)/.test(style.get('clip') ?? '') || /inset\((50|100)%/.test(style.get('clip-path') ?? '');
  return far || clipped || /scale\(0(\.0+)?\)/.test(style.get('transform') ?? '');
}

const IN_PIXELS: Record<string, number> = { '': 1, px: 1, pt: 1.3, em: 16, rem: 16, '%': 0.16, vw: 10, vh: 8 };

function isAtMost(length: string | undefined, pixels: number, negative = false): boolean {
  const match = /^(-?[\d.]+)(px|pt|r?em|%|v[wh])?$/.exec(length ?? '');
  if (!match) return false;
  const value = Number.parseFloat(match[1] ?? '') * (IN_PIXELS[match[2] ?? ''] ?? 1);
  return value <= pixels && (negative || value >= 0);
}

/** `white`, `transparent`, the colour as it is written, or null where there is none. */
function colourOf(value: string | undefined): string | null {
  if (value === undefined || value === 'inherit' || value === 'none' || value === 'initial') return null;
  const text = value.replace(/\s+/g, '').toLowerCase();
  if (/^(white|#f{3,4}|#f{6}(f{2})?|rgba?\(25[0-5],25[0-5],25[0-5](,1)?\)|#f[e-f]f[e-f]f[e-f])$/.test(text))
    return 'white';
  if (/^(transparent|rgba\(\d+,\d+,\d+,0(\.0\d*)?\)|#[\da-f]{6}00|#[\da-f]{3}0)$/.test(text)) return 'transparent';
  return text;
}

function hasBackground({ attributes }: HtmlElement, style: Style): boolean {
  if (attributes.bgcolor !== undefined || style.has('background-image')) return true;
  const colour = colourOf(style.get('background-color') ?? style.get('background'));
  return colour !== null && colour !== 'white' && colour !== 'transparent';
}

function styleOf(element: HtmlElement, rules: StyleRules): Style {
  const { id, class: names = '', style } = element.attributes;
  if (rules.length === 0 || (id === undefined && names === ''))
    return style === undefined ? NO_STYLE : declarations(style);
  const classes = names.split(/\s+/).filter((name) => name !== '');
  const own = new Set([...classes.flatMap((name) => [`.${name}`, `${element.tag}.${name}`]), `#${id}`, element.tag]);
  const matching = rules.filter(({ selector }) => own.has(selector)).map((rule) => [...rule.style]);
  return new Map([...matching.flat(), ...(style === undefined ? [] : declarations(style))]);
}

const NO_STYLE: Style = new Map();

function declarations(style: string): Style {
  const pairs = style.split(';').map((declaration) => {
    const colon = declaration.indexOf(':');
    const value = declaration.slice(colon + 1).replace(/!\s*important/i, '');
    return [declaration.slice(0, Math.max(0, colon)).trim().toLowerCase(), value.trim().toLowerCase()] as const;
  });
  return new Map(pairs);
}

/** What stands within `@media` and its like holds only at times, and is left out. */
function styleRules(root: HtmlElement): StyleRules {
  const rules: StyleRules = [];
  for (const sheet of findAll(root, ({ tag }) => tag === 'style')) {
    let depth = 0;
    for (const piece of textOf(sheet).split('}')) {
      const [selectors = '', style, ...deeper] = piece.split('{');
      if (depth === 0 && style !== undefined && deeper.length === 0 && !selectors.includes('@')) {
        const each = selectors.split(',').map((selector) => selector.trim());
        for (const selector of each) {
          if (/^[.#]?[\w-]+(\.[\w-]+)?$/.test(selector)) rules.push({ selector, style: declarations(style) });
        }
      }
      depth = Math.max(0, depth + (style === undefined ? 0 : 1 + deeper.length) - 1);
    }
  }
  return rules;
}

/** The ids that buttons and links of the page open. */
function openedByControls(root: HtmlElement): Set<string> {
  const controls = findAll(root, ({ attributes }) => CONTROLS.some((name) => attributes[name] !== undefined));
  const ids = controls.flatMap(({ attributes }) => CONTROLS.flatMap((name) => (attributes[name] ?? '').split(/\s+/)));
  return new Set(ids.map((id) => id.replace(/^#/, '')).filter((id) => id !== ''));
}

const CONTROLS = ['aria-controls', 'data-target', 'data-bs-target'];
