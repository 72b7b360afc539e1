// Keeps the pages of passes that were opened, and their styles: the network first, what was kept when there is none.

const KEPT = "expo-passes-1";

async function answer(request) {
  const kept = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await kept.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const found = await kept.match(request);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isOurs = address.origin === self.location.origin && event.request.method === "GET";
  if (isOurs && (address.pathname.endsWith("/pass/") || address.pathname.includes("/static/"))) {
    event.respondWith(answer(event.request));
  }
});
