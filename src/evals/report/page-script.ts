/** Filters the cases of a page; and unfolds the failing ones before it is printed. Runs in the browser; reads text, writes none but a count. */
export const PAGE_SCRIPT = `'use strict';
(() => {
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const cases = Array.from(document.querySelectorAll('li.case'), (row) => ({
    row,
    failing: row.classList.contains('failing'),
    tags: JSON.parse(row.dataset.tags || '[]'),
    text: Array.from(row.querySelectorAll(':scope > span, summary'), (part) => part.textContent).join(' ').toLowerCase(),
  }));
  function filter() {
    const data = new FormData(form);
    const tag = data.get('tag') || '';
    const words = String(data.get('search') || '').toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const { row, failing, tags, text } of cases) {
      const fits = (data.get('which') !== 'failing' || failing) && (tag === '' || tags.includes(tag)) && words.every((word) => text.includes(word));
      row.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count + ' of ' + cases.length + ' cases shown.';
  }
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    form.elements.search.focus();
  });
  filter();
})();
`;
