// What the shell adds to a page that already works without it: keys, cards on narrow screens, focus on faults.
"use strict";

(() => {
  const page = document.documentElement;

  // Headings of columns stand before each value when a table becomes cards; roles keep it a table to a reader.
  function prepareTable(table) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    if (!heads.length || table.querySelector("tbody [rowspan], tbody [colspan]")) return;
    table.classList.add("cards-when-narrow");
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of table.querySelectorAll("tr")) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, place) => {
        const head = cell.tagName === "TH";
        const role = cell.closest("thead") ? "columnheader" : head ? "rowheader" : "cell";
        cell.setAttribute("role", role);
        if (role === "cell" && heads[place]) cell.dataset.label = heads[place];
      });
    }
  }

  // A key of one letter does nothing while somebody writes, and can be switched off on the page "Keyboard".
  function listenToKeys() {
    let before = "";
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      const pressed = before + event.key;
      before = event.key === "g" ? "g" : "";
      if (event.key === "/") {
        const field = [...document.querySelectorAll("#q, #find")].find((one) => one.offsetParent !== null);
        event.preventDefault();
        if (field) field.focus();
        else window.location.assign(page.dataset.search);
      } else if (event.key === "?") {
        window.location.assign(page.dataset.keyboard);
      } else if (pressed === "gs") {
        window.location.assign(page.dataset.start);
      }
    });
  }

  document.querySelectorAll("main table").forEach(prepareTable);
  document.addEventListener("medevac:drawn", (event) => event.target.querySelectorAll("table").forEach(prepareTable));
  if ("shortcuts" in page.dataset) listenToKeys();
  const faults = document.querySelector(".ds-error-summary");
  if (faults) faults.focus();
})();
