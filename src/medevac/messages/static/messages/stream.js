// Hears of new things over the event stream, keeps the number of unread messages in the page's head up to date,
// and tells other scripts: an element with data-listens="board" has "medevac:board" sent to the document.
"use strict";

(() => {
  const badge = document.querySelector("[data-stream]");
  if (!badge || !("EventSource" in window)) return;
  const number = badge.querySelector("[data-unread]");
  const spoken = badge.querySelector("[data-spoken]");
  const names = new Set(["unread"]);
  for (const part of document.querySelectorAll("[data-listens]")) {
    for (const name of part.dataset.listens.split(" ")) names.add(name);
  }
  const PATIENCE_MS = 10000;
  let source = null;
  let last = "";
  let sent = false;

  const show = (count) => {
    if (number.textContent === String(count)) return;
    number.textContent = String(count);
    number.hidden = count === 0;
    spoken.textContent = badge.dataset.sentence.replace("{count}", String(count));
  };
  const hear = (event) => {
    last = event.lastEventId;
    const detail = JSON.parse(event.data);
    if (event.type === "unread") show(detail.count);
    document.dispatchEvent(new CustomEvent(`medevac:${event.type}`, { detail }));
  };
  const close = () => {
    if (source) source.close();
    source = null;
  };
  const leave = () => {
    close();
    window.setTimeout(() => window.location.assign(badge.dataset.signIn), sent ? PATIENCE_MS : 0);
  };
  const open = () => {
    if (source) return;
    source = new EventSource(last ? `${badge.dataset.stream}?after=${last}` : badge.dataset.stream);
    for (const name of names) source.addEventListener(name, hear);
    source.addEventListener("reload", () => window.location.reload());
    source.addEventListener("signed_out", leave);
  };

  // A form of this very page may sign out, or go on as somebody else: what it leads to comes first.
  document.addEventListener("submit", (event) => { sent = !event.defaultPrevented; });

  // A browser keeps six connections to a server: pages that nobody looks at must not hold them all.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", () => document.hidden || open());
  if (!document.hidden) open();
})();
