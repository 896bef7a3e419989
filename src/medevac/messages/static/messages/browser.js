// Lets a user allow or forbid notifications in this browser. Nothing is asked before the button is pressed.
"use strict";

(() => {
  const part = document.querySelector("[data-push-key]");
  if (!part) return;
  const [allow, forget] = ["allow", "forget"].map((name) => part.querySelector(`[data-push-${name}]`));
  const state = part.querySelector("[data-push-state]");
  const say = (name) => { state.textContent = part.dataset[name]; };
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    say("cannot");
    return;
  }

  const post = async (address, content) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": part.dataset.token },
      body: JSON.stringify(content),
    });
    return (await answer.json()).fault;
  };
  const show = (subscribed) => {
    allow.hidden = subscribed;
    forget.hidden = !subscribed;
    say(subscribed ? "on" : "off");
  };
  const key = () => {
    const text = part.dataset.pushKey.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  };

  (async () => {
    const worker = await navigator.serviceWorker.register(part.dataset.worker);
    show((await worker.pushManager.getSubscription()) !== null);
    allow.addEventListener("click", async () => {
      try {
        const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key() });
        const fault = await post(part.dataset.allow, made.toJSON());
        if (fault) {
          await made.unsubscribe();
          state.textContent = fault;
          return;
        }
        show(true);
      } catch {
        say("refused");
      }
    });
    forget.addEventListener("click", async () => {
      const made = await worker.pushManager.getSubscription();
      if (made) {
        await post(part.dataset.forget, { endpoint: made.endpoint });
        await made.unsubscribe();
      }
      show(false);
    });
  })();
})();
