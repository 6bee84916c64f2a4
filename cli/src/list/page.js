// Sorting and filtering; the table is whole without it.
"use strict";
(() => {
  const body = document.querySelector("#functions tbody");
  const heads = [...document.querySelectorAll("#functions thead th")];
  const rows = [...body.rows];
  const filter = document.getElementById("filter");
  const show = document.getElementById("show");
  const count = document.getElementById("count");

  const key = (row, column, kind) => {
    const cell = row.cells[column];
    const text = cell.dataset.key ?? cell.textContent;
    return kind === "number" ? Number(text) : text;
  };
  const compare = (a, b) => (typeof a === "number" ? (a === b ? 0 : a - b) : a.localeCompare(b));

  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      rows.sort((a, b) => sign * compare(key(a, column, head.dataset.sort), key(b, column, head.dataset.sort)));
      body.append(...rows);
    });
  });

  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = show.value === "all" || row.classList.contains(show.value);
      row.hidden = !(fits && words.every((word) => text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} shown`;
  };
  filter.addEventListener("input", apply);
  show.addEventListener("input", apply);
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
