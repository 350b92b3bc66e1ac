'use strict';
// Orders the images of a gallery by name or score, and shows those whose names contain the text of the search field.
// The address may name the order: #order=L1,down
for (const gallery of document.querySelectorAll('.gallery')) {
  const results = gallery.querySelector('.results');
  const buttons = [...gallery.querySelectorAll('button')];
  const search = gallery.querySelector('input');
  const count = gallery.querySelector('.count');
  const entries = [...results.children].map(element => ({
    element,
    name: element.dataset.name,
    scores: element.dataset.scores.split(' ').map(parseFloat),
  }));
  const byName = (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true });

  // A missing score comes last in both directions.
  function byScore(key, sign) {
    return (a, b) => {
      const x = a.scores[key], y = b.scores[key];
      const missing = !(x === x && x !== undefined) - !(y === y && y !== undefined);
      return missing || (x < y ? -sign : x > y ? sign : byName(a, b));
    };
  }

  function order(button, direction) {
    buttons.forEach(other => delete other.dataset.order);
    button.dataset.order = direction;
    const sign = direction === 'down' ? -1 : 1;
    entries.sort(button.dataset.key === 'name' ? (a, b) => sign * byName(a, b) : byScore(+button.dataset.key, sign));
    results.append(...entries.map(entry => entry.element));
  }

  for (const button of buttons) {
    button.onclick = () => order(button, button.dataset.order === 'up' ? 'down' : 'up');
  }
  search.oninput = () => {
    const text = search.value.toLowerCase();
    for (const entry of entries) {
      entry.element.hidden = !entry.name.toLowerCase().includes(text);
    }
    const shown = entries.filter(entry => !entry.element.hidden).length;
    count.textContent = (shown === entries.length ? '' : shown + ' of ') + entries.length + (entries.length === 1 ? ' image' : ' images');
  };
  const [name, direction] = decodeURIComponent(location.hash).replace('#order=', '').split(',');
  const named = buttons.find(button => button.textContent === name);
  if (named) {
    order(named, direction);
  }
}
