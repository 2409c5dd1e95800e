/** The source of an expression that matches `text` as it stands, wherever it is put, between slashes too. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
