// The service worker of the door: opens its page without a network. It keeps the page as it is
// before anybody was looked for, and the files it loads; never a list, a name or an answer. Those
// come as JSON or answer a form, and neither is kept here.

const PAGES = 'door-pages';
const FILES = 'door-files';
/** After so long the page that was kept is shown. */
const PATIENCE = 3000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

/** Files of an older build go; fonts and pictures, whose names say their content, are few. */
async function tidy() {
  const cache = await caches.open(FILES);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    const code = /\.(js|wasm|css)$/.test(pathname) && !pathname.includes('.snippets/');
    if (code && !SHELL.includes(pathname)) await cache.delete(url);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) {
    event.respondWith(file(request));
  } else if (request.mode === 'navigate' && /^\/door\/[^/]+$/.test(pathname)) {
    event.respondWith(page(event, pathname));
  }
});

/** Names carry the hash of the content: what is kept is right for good. */
async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

/** From the network; when that is slow or gone, as it was kept. */
async function page(event, pathname) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(pathname);
  const asked = fetch(event.request).then(async (answer) => {
    if (answer.ok && !answer.redirected) {
      await cache.put(pathname, answer.clone());
    } else if ([401, 403, 404].includes(answer.status) || answer.type === 'opaqueredirect') {
      // Revoked, over, or led to the sign-in: nothing is left to be opened offline.
      await cache.delete(pathname);
    }
    return answer;
  });
  if (!kept) return asked;
  event.waitUntil(asked.catch(() => {}));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept.clone()); });
  return Promise.race([asked.catch(() => kept.clone()), late]);
}
