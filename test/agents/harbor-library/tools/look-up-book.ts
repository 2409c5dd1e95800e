import { defineTool, ToolProblem } from 'frontdesk';
import { z } from 'zod';

const CATALOGUE = [
  { title: 'Moby-Dick', author: 'Herman Melville', branches: ['Central', 'Pier'], onShelf: 2 },
  { title: 'Pride and Prejudice', author: 'Jane Austen', branches: ['Central', 'Hillside'], onShelf: 1 },
  { title: 'The Odyssey', author: 'Homer', branches: ['Central'], onShelf: 1 },
  { title: 'Frankenstein', author: 'Mary Shelley', branches: ['Pier'], onShelf: 0 },
  { title: 'Middlemarch', author: 'George Eliot', branches: ['Hillside'], onShelf: 1 },
  { title: 'Treasure Island', author: 'Robert Louis Stevenson', branches: ['Pier', 'Hillside'], onShelf: 3 },
  { title: 'The Time Machine', author: 'H. G. Wells', branches: ['Central'], onShelf: 0 },
  { title: 'Walden', author: 'Henry David Thoreau', branches: ['Hillside'], onShelf: 1 },
];

const TITLE_PROBLEM = 'Please give the title of the book, up to 120 characters.';

export default defineTool({
  name: 'look_up_book',
  description:
    'Looks up a book in the catalogue by its title. Use it when a patron asks whether the library has a book. Gives back the author, the branches that own it, and how many copies are on the shelf.',
  input: z.object({
    title: z
      .string(TITLE_PROBLEM)
      .trim()
      .min(1, TITLE_PROBLEM)
      .max(120, TITLE_PROBLEM)
      .describe('The title of the book')
      .meta({ examples: ['Moby-Dick', 'The Odyssey'] }),
  }),
  effect: 'read',
  run({ title }) {
    const book = CATALOGUE.find((entry) => key(entry.title) === key(title));
    if (!book) throw new ToolProblem('The catalogue has no book of that title.');
    const where = book.branches.join(' and ');
    const shelf =
      book.onShelf === 0
        ? 'all copies are out at present'
        : `${book.onShelf} ${book.onShelf === 1 ? 'copy is' : 'copies are'} on the shelf`;
    return { ...book, summary: `${book.title} by ${book.author} is held at ${where}; ${shelf}.` };
  },
});

function key(title: string): string {
  return title
    .toLowerCase()
    .replace(/^(the|a|an) /, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
