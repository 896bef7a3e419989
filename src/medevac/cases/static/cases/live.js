// Shows what others have changed without loading the page again: parts marked data-live are fetched anew when the
// event stream tells of a case that stands there. A part in which somebody is writing is left as it is.
"use strict";

(() => {
  const said = document.querySelector("[data-live-of]");
  const warning = document.querySelector("[data-live-warns]");
  const CALM_MS = 500;
  const AT_MOST_EVERY_MS = 3000;
  let waiting = 0;
  let last = 0;

  const concerns = (wanted, changed) => wanted === "all" || changed === "many" || wanted === changed;

  function written(part) {
    if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
    return [...part.querySelectorAll("input, textarea, select")].some((field) => {
      if (field.type === "hidden") return false;
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected) && [...field.options].some((one) => one.defaultSelected);
      return field.value !== field.defaultValue;
    });
  }

  const where = (element) => {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const address = element.getAttribute("href");
    return address ? `a[href="${CSS.escape(address)}"]` : element.tagName;
  };

  function exchange(part, fresh) {
    const focused = part.contains(document.activeElement) ? where(document.activeElement) : "";
    const opened = [...part.querySelectorAll("details[open]")].map((one, place) => one.id || place);
    const scrolled = [...part.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
    const put = document.importNode(fresh, true);
    part.replaceWith(put);
    [...put.querySelectorAll("details")].forEach((one, place) => {
      if (opened.includes(one.id || place)) one.open = true;
    });
    [...put.querySelectorAll(".scroll")].forEach((one, place) => { one.scrollLeft = scrolled[place] || 0; });
    put.dispatchEvent(new CustomEvent("medevac:drawn", { bubbles: true }));
    if (focused) put.querySelector(focused)?.focus({ preventScroll: true });
  }

  // A form in a part carries a token that differs each time: that alone is no change.
  const bare = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((one) => one.remove());
    return copy.textContent.replace(/\s+/g, " ") + [...copy.querySelectorAll("a, form")].map((one) => one.getAttribute("href") || one.getAttribute("action")).join(" ");
  };

  async function refresh() {
    waiting = 0;
    last = Date.now();
    let answer;
    try {
      answer = await fetch(window.location.href, { headers: { "X-Medevac-Refresh": "live" }, redirect: "error" });
    } catch {
      return;
    }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    let changed = false;
    let held = false;
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = fresh.getElementById(part.id);
      if (!other || bare(other) === bare(part)) continue;
      if (written(part)) {
        held = true;
      } else {
        exchange(part, other);
        changed = true;
      }
    }
    if (held) said.textContent = said.dataset.liveWaits;
    else if (changed) said.textContent = said.dataset.liveDone;
  }

  document.addEventListener("medevac:case", (event) => {
    const changed = event.detail.case;
    if (warning && concerns(warning.dataset.liveWarns, changed)) warning.hidden = false;
    if (!said || waiting || !concerns(said.dataset.liveOf, changed)) return;
    waiting = window.setTimeout(refresh, Math.max(CALM_MS, last + AT_MOST_EVERY_MS - Date.now()));
  });
})();
