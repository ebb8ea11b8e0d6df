"use strict";
// Sorts tables by a click on a head of their last row; chance stays at the end.
for (const table of document.querySelectorAll("table.sortable")) {
  const row = table.tHead.rows[table.tHead.rows.length - 1];
  const body = table.tBodies[0];
  if (body.rows.length < 2) continue;
  [...row.cells].forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("span");
    button.className = "sorter";
    button.tabIndex = 0;
    button.setAttribute("role", "button");
    button.append(...head.childNodes);
    head.append(button);
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "descending" ? 1 : -1;
      const value = (tr) => {
        const cell = tr.cells[column];
        return "sort" in cell.dataset ? Number(cell.dataset.sort) : cell.textContent.trim();
      };
      const order = (a, b) => {
        const chance = a.classList.contains("chance") - b.classList.contains("chance");
        if (chance) return chance;
        const x = value(a), y = value(b);
        if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
        return typeof x === "number" ? down * (x - y) : -down * x.localeCompare(y);
      };
      for (const cell of body.querySelectorAll(".again")) cell.classList.remove("again");
      body.append(...[...body.rows].sort(order));
      for (const other of row.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down === 1 ? "ascending" : "descending");
    };
    button.addEventListener("click", sort);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort();
    });
  });
}
