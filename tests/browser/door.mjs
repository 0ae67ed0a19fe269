// What the tests of the door share: a demo whose workshop begins in an hour, somebody to let in, and
// what a page of the door can be asked.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { begin, open, workshops } from './kit.mjs';

const SECRET = 'a secret key of the tests of the door';
export const SLUG = workshops.open;
export const DOOR = `/door/${SLUG}`;
/** What Chromium says of a network that is not there. */
export const CUT = [/ERR_(INTERNET_DISCONNECTED|FAILED|CONNECTION_\w+|NETWORK_CHANGED|EMPTY_RESPONSE|ABORTED)/, /status of (403|50\d)/];
/** How a device visits that is about to be left alone. */
export const alone = { as: 'organizer', width: 'phone', expected: CUT };

/** A house with room at the door, and the rows behind it; call `end()` in `after`. */
export async function openDoor() {
  const house = await begin({ env: { SECRET_KEY: SECRET } });
  const rows = new DatabaseSync(join(house.server.folder, 'taphuan.db'), { timeout: 10_000 });
  const end = async () => {
    rows.close();
    await house.end();
  };
  rows.exec(`UPDATE workshop SET capacity = 900 WHERE slug = '${SLUG}'`);
  // It begins in an hour: what a device meets alone counts around the session.
  const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+Z/, '+00:00');
  rows.prepare('UPDATE session SET starts_at = ?, ends_at = ? WHERE workshop_id = (SELECT id FROM workshop WHERE slug = ?)')
    .run(inHours(1), inHours(5), SLUG);
  const token = (await house.server.run('token', 'add', '--role', 'organizer', 'door')).split(/\s+/).at(-1);
  const one = (sql, ...values) => rows.prepare(sql).get(...values);
  let made = 0;

  /** Registers somebody new through the JSON door. */
  async function register() {
    made += 1;
    const person = {
      full_name: `Huỳnh Ngọc Ẩn Danh ${'ABCDEGHIKLMNOPQRSTUVXY'[made % 22]}${'abcdeghiklmnopqrstuvxy'[Math.floor(made / 22) % 22]}${'aeiouy'[Math.floor(made / 484)]}`,
      phone: `0958 ${String(100_000 + made).replace(/(...)$/, ' $1')}`,
      role: 'technician',
      establishment: 'Công ty Bí Mật',
      locality: 'Giồng Trôm',
      consents: { reporting: true, materials: false, invitations: false },
    };
    const answer = await fetch(`${house.base}/api/v1/workshops/${SLUG}/registrations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `k${made}` },
      body: JSON.stringify(person),
    });
    const body = await answer.json();
    assert.equal(body.state, 'booked', JSON.stringify(body));
    return { ...person, code: body.code };
  }

  /** How often the holder of a code counts as in. */
  const checkins = (code) => one(
    'SELECT count(*) AS n FROM checkin c JOIN registration r ON r.id = c.registration_id WHERE r.code = ? AND c.undone_at IS NULL',
    code,
  ).n;
  const conflicts = (code) => one('SELECT count(*) AS n FROM door_conflict WHERE code = ?', code).n;
  return { house, rows, one, register, checkins, conflicts, end };
}

/** The part of a personal address that says it is genuine. */
export const signed = (purpose, code) => {
  const mark = createHmac('sha256', SECRET).update(`${purpose}\0${code}`).digest().subarray(0, 16);
  return `${code}-${mark.toString('base64url')}`;
};

/** Waits until this is so. */
export async function until(so, what) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await so()) return;
    await sleep(50);
  }
  assert.fail(what);
}

export const foot = (page) => page.locator('.door__foot').innerText();
export const footSays = (page, pattern) => until(async () => pattern.test(await foot(page)), `the foot does not say ${pattern}`);

/** Opens the door and waits until it can be left alone: the list, and the page with its files. */
export async function ready(page, path = DOOR, base = '') {
  await open(page, `${base}${path}`);
  await footSays(page, /(Sẵn sàng ngoại tuyến|Ready offline)/);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction((door) => caches.match(door).then(Boolean), path);
}

export async function cut(page, context) {
  await context.setOffline(true);
  await footSays(page, /(ngoại tuyến, 0|offline, 0)/);
}

/** Types a code as a scanner does, and gives the answer. */
export async function scan(page, code) {
  const before = await page.locator('[name=nonce]').first().inputValue();
  await page.locator('#q').fill(code);
  await page.locator('#q').press('Enter');
  await page.waitForFunction((old) => document.querySelector('[name=nonce]').value !== old, before);
  const answer = page.locator('.door__answer');
  return { tone: (await answer.getAttribute('class')).split('--')[1], text: await answer.innerText() };
}

/** Everything that this browser keeps, as text. */
export const keptOnDisk = (page) => page.evaluate(async () => {
  const kept = [];
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const part of database.objectStoreNames) {
      const store = database.transaction(part).objectStore(part);
      kept.push(part, await settled(store.getAllKeys()));
      kept.push(await settled(database.transaction(part).objectStore(part).getAll()));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept.push(request.url);
      if (!request.url.endsWith('.wasm')) kept.push(await (await cache.match(request)).text());
    }
  }
  kept.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
  return JSON.stringify(kept);
});
