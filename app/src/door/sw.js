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

/**
 * Files of an older build go, unless a page that is kept loads them: that of another door may be
 * opened next without a network. Fonts and pictures, whose names say their content, are few.
 */
async function tidy() {
  const pages = await caches.open(PAGES);
  const kept = await Promise.all((await pages.keys()).map(async (page) => (await pages.match(page)).text()));
  const files = await caches.open(FILES);
  for (const { url } of await files.keys()) {
    const { pathname } = new URL(url);
    const code = /\.(js|wasm|css)$/.test(pathname) && !pathname.includes('.snippets/');
    const ours = [...SHELL, ...READER].includes(pathname);
    // A program is loaded by its script, and goes by the same name.
    const name = pathname.replace(/^.*\//, '').replace(/(_bg)?\.\w+$/, '');
    if (code && !ours && !kept.some((text) => text.includes(name))) await files.delete(url);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) {
    event.respondWith(file(request));
  } else if (request.mode === 'navigate') {
    const [, door, below] = /^(\/door\/[^/]+)(\/.*)?$/.exec(pathname) ?? [];
    if (door) event.respondWith(below ? beneath(request, door) : page(event, door));
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

/** What an act led to, opened again: without a network it is the door itself. */
async function beneath(request, door) {
  try {
    return await fetch(request);
  } catch (gone) {
    const cache = await caches.open(PAGES);
    const kept = await cache.match(door);
    if (kept) return kept;
    throw gone;
  }
}

/** From the network; when that is slow, gone or answers something else, as it was kept. */
async function page(event, door) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(door);
  const asked = fetch(event.request).then(async (answer) => {
    // Networks that want a sign-in of their own answer in the place of the server.
    if (answer.ok && !answer.redirected && answer.headers.has('x-door')) {
      // With a query it is about a session that was chosen once.
      if (!new URL(event.request.url).search) await cache.put(door, answer.clone());
      return answer;
    }
    // Revoked too: the page hands in what waits on the device, and then goes by itself.
    const strange = answer.status === 403 || answer.status >= 500 || (answer.ok && !answer.headers.has('x-door'));
    return strange && kept ? kept.clone() : answer;
  });
  if (!kept) return asked;
  event.waitUntil(asked.catch(() => {}));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept.clone()); });
  return Promise.race([asked.catch(() => kept.clone()), late]);
}
