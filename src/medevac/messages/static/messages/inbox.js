// Keys in the list of messages: j and k move between messages; Enter opens, as on every link.
"use strict";

(() => {
  const links = Array.from(document.querySelectorAll("[data-inbox] a"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !links.length) return;
    const here = links.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
    event.preventDefault();
  });
})();
