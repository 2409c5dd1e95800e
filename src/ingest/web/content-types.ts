/** What readers can read, by content type, and the extension that tells them. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'text/html': ['html', 'htm'],
  'application/xhtml+xml': ['xhtml'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'text/markdown': ['md', 'markdown'],
  'text/plain': ['txt', 'md', 'markdown', 'csv', 'tsv'],
  'text/csv': ['csv'],
  'text/tab-separated-values': ['tsv'],
};

/** Sent by servers that do not know: the extension of the address decides. */
const UNKNOWN = ['', 'application/octet-stream', 'binary/octet-stream', 'application/force-download'];

/** Never worth a request. */
const OTHER_FILES =
  /\.(jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|webm|mov|avi|mkv|wav|og[gv]|flac|woff2?|ttf|otf|eot|css|m?js|map|json|xml|rss|atom|zip|t?gz|bz2|xz|7z|rar|tar|dmg|exe|msi|apk|iso|pkg|deb|rpm|ics|vcf|xlsx?|pptx?|doc|odt|ods|epub|psd|ai|eps)$/i;

export function mayBePage(address: string): boolean {
  return !OTHER_FILES.test(new URL(address).pathname);
}

/** The type without its parameters, in lower case; by the extension where the server does not know. Null: not readable. */
export function readableType(contentType: string, address: string): string | null {
  const type = mediaType(contentType);
  if (type in EXTENSIONS) return type;
  if (!UNKNOWN.includes(type)) return null;
  const extension = extensionOf(address);
  return Object.keys(EXTENSIONS).find((known) => EXTENSIONS[known]?.includes(extension)) ?? null;
}

export function isHtml(type: string): boolean {
  return type === 'text/html' || type === 'application/xhtml+xml';
}

/** The last part of the address, with an extension that says what the answer is: "index.html", "manual.pdf". */
export function fileName(address: string, type: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  const extensions = EXTENSIONS[type] ?? [];
  if (extensions.includes(extensionOf(address))) return decoded(last);
  return `${decoded(last) || 'index'}.${extensions[0] ?? 'txt'}`;
}

export function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

export function charsetOf(contentType: string): string | null {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? null;
}

function extensionOf(address: string): string {
  return /\.([a-z]+)$/i.exec(new URL(address).pathname)?.[1]?.toLowerCase() ?? '';
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replace(/[/\\\0]/g, '_');
  } catch {
    return segment;
  }
}
