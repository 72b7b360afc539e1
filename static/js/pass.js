// Lets the phone keep this pass: registers the worker that keeps it, and reads the page once more through it.

const place = document.querySelector("[data-pass-worker]");

async function keep() {
  const { passWorker: address, passScope: scope } = place.dataset;
  await navigator.serviceWorker.register(address, { scope });
  await navigator.serviceWorker.ready;
  const kept = await caches.open("expo-passes-1");
  const parts = [location.href, ...[...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href)];
  await kept.addAll(parts);
  place.hidden = false;
}

if (place && "serviceWorker" in navigator) {
  keep().catch(() => {
    // Kept by no worker (a private window, say): the page is still a page, and the PDF can be printed.
  });
}
