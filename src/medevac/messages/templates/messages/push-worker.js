// Shows a notification that came by web push, and opens its page when it is chosen. It keeps nothing.
"use strict";

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(told.title || "medevac", {
      body: told.body || "",
      lang: told.lang || "en",
      tag: told.link || "medevac",
      data: { link: told.link || "/messages/" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.link));
});
