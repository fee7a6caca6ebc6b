// Finds among many tiles: the field with data-filters="id" filters everything in #id that has data-words.
export function offerFilters() {
  for (const field of document.querySelectorAll("[data-filters]")) {
    const shelf = document.getElementById(field.dataset.filters);
    field.hidden = false;
    field.addEventListener("input", (event) => filter(shelf, event.target.value.trim().toLowerCase()));
  }
}

function filter(shelf, wanted) {
  let any = false;
  for (const group of shelf.querySelectorAll("details")) {
    let found = false;
    for (const item of group.querySelectorAll("[data-words]")) {
      item.hidden = Boolean(wanted) && !item.dataset.words.toLowerCase().includes(wanted);
      found = found || !item.hidden;
    }
    group.hidden = !found;
    if (wanted) group.open = true;
    any = any || found;
  }
  document.getElementById(`${shelf.id}-none`).hidden = any;
}
