/** What stands before the ids of documents that were sent, as a folder would. */
export const PUSHED = 'push';

/** What a table of questions adds to its file's name, for the document of one question. */
const QUESTION = /(?<=\.[ct]sv)\/[0-9a-f]{8}(-\d+)?$/i;

/**
 * The folder of `knowledge/` that a document lies in, such as `claims/cars`, from its id. Null where it lies in none: directly
 * in `knowledge/`, sent, or from the web.
 */
export function folderOf(id: string): string | null {
  if (id.startsWith(`${PUSHED}/`) || /^https?:\/\//i.test(id)) return null;
  const end = id.replace(QUESTION, '').lastIndexOf('/');
  return end < 0 ? null : id.slice(0, end);
}

/** Whether a folder is one of `folders` or lies below one. What lies in none belongs everywhere. */
export function liesIn(folders: readonly string[], folder: string | null): boolean {
  return folder === null || folders.some((one) => folder === one || folder.startsWith(`${one}/`));
}
