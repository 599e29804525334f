// Served by /kiosk/worker.js with VERSION and SHELL before it. Keeps what the kiosk shows without a network:
// its own files, the places, the questions. Nothing anybody said ever passes through here into a cache.

const NAME = `wenfa-kiosk-${VERSION}`;
const PATIENCE = 4_000; // ms before the kept page stands in
const FRESH = ["/kiosk", "/kiosk/offline.json"]; // asked of the server first

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !SHELL.includes(url.pathname)) return;
  event.respondWith(FRESH.includes(url.pathname) ? fresh(event.request, url.pathname) : kept(event.request));
});

async function fresh(request, path) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(request.url, { signal: stop.signal, credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    await (await caches.open(NAME)).put(path, response.clone());
    return response;
  } catch {
    return (await caches.match(path)) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

const kept = async (request) => (await caches.match(request)) ?? fetch(request);
