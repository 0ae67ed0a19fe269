// A device at the door when something dies: the server in the middle of a batch, the battery of the
// phone. What was scanned counts, and once.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PASSWORD, accounts, openProfile, signIn } from './kit.mjs';
import { DOOR, alone, cut, foot, footSays, openDoor, ready, scan, until } from './door.mjs';

let house;
let rows;
let register;
let checkins;
let conflicts;
let end;

before(async () => {
  ({ house, rows, register, checkins, conflicts, end } = await openDoor());
});
after(() => end?.());

suite('the server is killed in the middle of a batch', () => {
  const [before_, within, after_] = ['before it is written', 'at some point', 'after it is written'];
  for (const [when, kills] of [
    // Somebody else writes, so that this one waits in the middle.
    [before_, async (arrives) => {
      rows.exec('BEGIN IMMEDIATE');
      arrives();
      await sleep(500);
      await house.server.pause();
      rows.exec('ROLLBACK');
    }],
    [within, async (arrives) => {
      arrives();
      await sleep(4);
      await house.server.pause();
    }],
    // All but the answer.
    [after_, async (arrives) => {
      await arrives();
      await house.server.pause();
    }],
  ]) {
    test(when, () => house.visit(alone, async (page, context) => {
      const people = [await register(), await register(), await register()];
      const counted = () => people.map(({ code }) => [checkins(code), conflicts(code)]);
      await ready(page);
      await cut(page, context);
      for (const { code } of people) assert.equal((await scan(page, code)).tone, 'ok');
      const sent = [];
      let dead = false;
      await context.route('**/sync', async (route) => {
        sent.push(route.request().postData());
        if (sent.length === 1) {
          await kills(() => route.fetch().catch(() => null));
          dead = true;
        }
        await route.abort();
      });
      await context.setOffline(false);
      await until(() => dead, 'no batch');
      await footSays(page, /ngoại tuyến, 3 chờ gửi/);
      const written = counted();
      console.log(`killed ${when}: ${written.filter(([came]) => came > 0).length} of 3 were written`);
      if (when === before_) assert.deepEqual(written, [[0, 0], [0, 0], [0, 0]]);
      if (when === after_) assert.deepEqual(written, [[1, 0], [1, 0], [1, 0]]);
      assert.equal(new Set(written.map(String)).size, 1, 'half a batch was written');
      await context.unrouteAll({ behavior: 'wait' });
      await house.server.resume();
      const again = await page.waitForRequest('**/sync');
      assert.deepEqual(JSON.parse(again.postData()).scans, JSON.parse(sent[0]).scans, 'not the same scans again');
      await until(async () => !/chờ gửi/.test(await foot(page)), 'still waiting');
      assert.deepEqual(counted(), [[1, 0], [1, 0], [1, 0]]);
    }));
  }
});

test('the battery goes flat, alone and in the middle of a batch', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'taphuan-profile-'));
  let phone;
  const start = async () => {
    phone = await openProfile(folder);
    return phone;
  };
  try {
    const people = [await register(), await register()];
    const counted = () => people.map(({ code }) => [checkins(code), conflicts(code)]);
    const door = `${house.base}${DOOR}`;
    // Signed in the day before: it takes Chromium half a minute to write down who is.
    let { context, page } = await start();
    await context.addCookies([{ name: 'lang', value: 'vi', url: house.base, expires: Date.now() / 1000 + 3600 }]);
    await signIn(page, accounts.organizer, PASSWORD, house.base);
    await phone.quit();

    ({ context, page } = await start());
    await context.addInitScript(tellWrites);
    await ready(page, DOOR, house.base);
    await cut(page, context);
    for (const { code } of people) assert.equal((await scan(page, code)).tone, 'ok');
    const writes = await page.evaluate(() => window.writes);
    await phone.kill();
    // A process that is killed loses nothing that it gave away; a battery takes what is not on the disk.
    assert.ok(writes.length >= people.length && writes.every((how) => how === 'strict'), String(writes));
    assert.deepEqual(counted(), [[0, 0], [0, 0]]);

    // Charged, and still without a network: everybody is in who was let in.
    ({ context, page } = await start());
    await context.setOffline(true);
    await page.goto(door);
    await footSays(page, /ngoại tuyến, 2 chờ gửi/);
    for (const { code } of people) assert.match((await scan(page, code)).text, /Từ \d\d:\d\d, ở máy này/);

    // All arrives but the answer.
    let arrived = false;
    await context.route('**/sync', async (route) => {
      await route.fetch();
      arrived = true;
    });
    await context.setOffline(false);
    await until(() => arrived, 'no batch');
    await phone.kill();
    assert.deepEqual(counted(), [[1, 0], [1, 0]]);

    ({ page } = await start());
    const again = page.waitForRequest('**/sync');
    await page.goto(door);
    const { scans } = JSON.parse((await again).postData());
    const let_in = scans.filter((it) => it.let_in).map(({ what }) => what.code);
    assert.deepEqual(let_in, people.map(({ code }) => code), 'what was not answered is gone');
    await footSays(page, /^(?!.*chờ gửi).*Sẵn sàng ngoại tuyến/s);
    await phone.kill();
    assert.deepEqual(counted(), [[1, 0], [1, 0]]);
  } finally {
    await phone?.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Runs in the page, and notes how durable each write to the queue is. */
function tellWrites() {
  window.writes = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function begin(names, mode, options) {
    const begun = transaction.call(this, names, mode, options);
    if (mode === 'readwrite' && begun.objectStoreNames.contains('queue')) window.writes.push(begun.durability);
    return begun;
  };
}

test('a phone that is full says that it keeps nothing, and hands in what it met', () =>
  house.visit(alone, async (page, context) => {
    const an = await register();
    await ready(page);
    await cut(page, context);
    // What a browser does that finds no room: all is asked, and nothing is written.
    await page.evaluate(() => {
      IDBTransaction.prototype.commit = function full() { this.abort(); };
    });
    assert.equal((await scan(page, an.code)).tone, 'ok');
    await page.locator('.notice', { hasText: 'không lưu được' }).waitFor();
    await context.setOffline(false);
    await until(() => checkins(an.code) === 1, 'not handed in');
  }));

test('a code shown twice at once lets one in', () =>
  house.visit(alone, async (page, context) => {
    const an = await register();
    await ready(page);
    await cut(page, context);
    await page.evaluate((code) => {
      const field = document.querySelector('#q');
      for (let times = 0; times < 2; times += 1) {
        field.value = code;
        field.form.requestSubmit();
      }
    }, an.code);
    await footSays(page, /ngoại tuyến, 2 chờ gửi/);
    await context.setOffline(false);
    await until(async () => !/chờ gửi/.test(await foot(page)), 'still waiting');
    assert.deepEqual([checkins(an.code), conflicts(an.code)], [1, 0]);
  }));

test('what is too much for a network goes in parts', () =>
  house.visit(alone, async (page, context) => {
    const people = await Promise.all(Array.from({ length: 24 }, register));
    await ready(page);
    await cut(page, context);
    for (const { code } of people) assert.equal((await scan(page, code)).tone, 'ok');
    const sent = [];
    await context.route('**/sync', async (route) => {
      const { scans } = JSON.parse(route.request().postData());
      sent.push(scans.length);
      // So many take longer than a device waits.
      if (scans.length <= 20) await route.continue();
    });
    await context.setOffline(false);
    await until(() => sent.length > 0, 'no batch');
    await sleep(20_000);
    await until(() => people.every(({ code }) => checkins(code) === 1), 'not handed in');
    assert.deepEqual(sent, [24, 20, 4]);
  }));
