type Rgb = readonly number[];

const ENOUGH = 4.5;
/** The surfaces of base.css on which a link has the least contrast. */
const LIGHT: Rgb = [0xf4, 0xf6, 0xf9];
const DARK: Rgb = [0x20, 0x26, 0x2e];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** The style of a brand's colour (#rrggbb): what is written on it or with it can be read (WCAG 4.5:1). */
export function brandStyle(color: string): string {
  const brand = parse(color);
  return `.fd-root{--fd-fill:${color};--fd-on-fill:${contrast(brand, WHITE) >= ENOUGH ? '#fff' : '#000'};--fd-accent:light-dark(${readable(brand, LIGHT, BLACK)},${readable(brand, DARK, WHITE)});--fd-accent-soft:color-mix(in srgb,${color} 14%,var(--fd-surface));--fd-on-accent-soft:var(--fd-ink)}`;
}

/** The colour, moved towards `end` as little as is needed on the surface. */
function readable(color: Rgb, surface: Rgb, end: Rgb): string {
  let mixed = color;
  for (let part = 0; part < 1 && contrast(mixed, surface) < ENOUGH; part += 0.05) {
    mixed = color.map((value, index) => Math.round(value + ((end[index] ?? 0) - value) * part));
  }
  return `rgb(${mixed.join(' ')})`;
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
