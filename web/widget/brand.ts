type Rgb = readonly [number, number, number];

const ENOUGH = 4.5;
/** The surfaces of base.css on which a link has the least contrast. */
const LIGHT: Rgb = [0xf4, 0xf6, 0xf9];
const DARK: Rgb = [0x20, 0x26, 0x2e];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** The custom properties of a brand's colour (#rrggbb): what is written on it or with it can be read (WCAG 4.5:1). */
export function brandColors(color: string): Record<string, string> {
  const brand = parse(color);
  const accent = `light-dark(${written(readable(brand, LIGHT))}, ${written(readable(brand, DARK))})`;
  return {
    '--fd-fill': color,
    '--fd-on-fill': contrast(brand, WHITE) >= ENOUGH ? '#ffffff' : '#000000',
    '--fd-accent': accent,
    '--fd-accent-soft': `color-mix(in srgb, ${color} 14%, var(--fd-surface))`,
    '--fd-on-accent-soft': 'var(--fd-ink)',
  };
}

/** The colour, moved as little as needed away from the surface. */
function readable(color: Rgb, surface: Rgb): Rgb {
  const end = contrast(surface, WHITE) > contrast(surface, BLACK) ? WHITE : BLACK;
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = color.map((value, index) => Math.round(value + ((end[index] ?? 0) - value) * part));
    if (contrast(mixed as unknown as Rgb, surface) >= ENOUGH) return mixed as unknown as Rgb;
  }
  return end;
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

function written(color: Rgb): string {
  return `rgb(${color.join(' ')})`;
}
