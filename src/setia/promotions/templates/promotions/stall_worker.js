// Keeps the stall's page, its files and its facts: opened once with signal, it opens for ever without.
"use strict";
const NAME = "stall-{{ version }}", FILES = {{ files|safe }}, HERE = {{ here|safe }};
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(FILES.map((url) => new Request(url, { cache: "reload" })))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const own = new URL(HERE, location).pathname, names = await caches.keys();
    for (const name of names) {
      if (!name.startsWith("stall-") || name === NAME) continue;
      const old = await caches.open(name);
      if (await old.match(own)) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});
const fresh = async (request, key) => {
  const answer = await fetch(request);
  // A sign-in page or an error is not what we keep.
  if (answer.ok && !answer.redirected) await (await caches.open(NAME)).put(key, answer.clone());
  return answer;
};
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !FILES.includes(url.pathname)) return;
  event.respondWith((async () => {
    const kept = await (await caches.open(NAME)).match(url.pathname);
    if (url.pathname === HERE) {
      // The page as it was kept, and a newer one for next time.
      const newer = fresh(event.request, url.pathname);
      if (!kept) return newer;
      event.waitUntil(newer.catch(() => {}));
      return kept;
    }
    if (url.pathname.startsWith(HERE)) return fresh(event.request, url.pathname).catch(() => kept || Response.error());
    return kept || fresh(event.request, url.pathname);
  })());
});
