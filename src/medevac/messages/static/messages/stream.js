// Keeps the number of unread messages in the page's head up to date, over the event stream.
"use strict";

(() => {
  const badge = document.querySelector("[data-stream]");
  if (!badge || !("EventSource" in window)) return;
  const number = badge.querySelector("[data-unread]");
  const spoken = badge.querySelector("[data-spoken]");
  const source = new EventSource(badge.dataset.stream);

  source.addEventListener("unread", (event) => {
    const count = JSON.parse(event.data).count;
    if (number.textContent === String(count)) return;
    number.textContent = String(count);
    number.hidden = count === 0;
    spoken.textContent = badge.dataset.sentence.replace("{count}", String(count));
    document.dispatchEvent(new CustomEvent("medevac:unread", { detail: { count } }));
  });
  source.addEventListener("reload", () => window.location.reload());
  source.addEventListener("signed_out", () => {
    source.close();
    window.location.assign(badge.dataset.signIn);
  });
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
