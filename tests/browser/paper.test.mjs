// A hundred rows of a signed sheet in two minutes, with the keyboard alone; and what devices met
// alone, found from the list of what waits, and settled.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { begin, counts, everyWay, look, open, shoot, workshops } from './kit.mjs';

const BOARD = `/manage/workshops/${workshops.held}/attendance`;
const CONFLICTS = `/manage/workshops/${workshops.held}/conflicts`;

let house;
let rows;
const at = {};

before(async () => {
  house = await begin();
  rows = new DatabaseSync(join(house.server.folder, 'taphuan.db'), { timeout: 10_000 });
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, BOARD);
    const reopen = await page.locator('main a[href$="/reopen"]').getAttribute('href');
    at.session = reopen.replace(/\/reopen$/, '');
    await open(page, reopen);
    await page.fill('#reason', 'Nhập phiếu ký');
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL('**?done=reopened');
    await page.locator('main form[action$="/print"] button').click();
    await page.waitForURL(/\/sheets\/[A-Z0-9]{5}$/);
    at.sheet = new URL(page.url()).pathname;
  });
  const session = Number(at.session.split('/').pop());
  const workshop = rows.prepare('SELECT workshop_id AS id FROM session WHERE id = ?').get(session).id;
  const now = '2026-11-20 02:00:00+00:00';
  const device = rows.prepare(
    `INSERT INTO door_device (workshop_id, name, token_hash, waiting, created_at, seen_at)
     VALUES (?, '7', 'nobody has this', 0, ?, ?) RETURNING id`,
  ).get(workshop, now, now).id;
  for (const code of ['AAAA2222', 'BBBB3333', 'CCCC4444']) {
    rows.prepare(
      `INSERT INTO door_conflict (workshop_id, session_id, device_id, nonce, code, kind, actor, at, recorded_at)
       VALUES (?, ?, ?, ?, ?, 'unknown', ?, ?, ?)`,
    ).run(workshop, session, device, code, code, `device:${device}`, now, now);
  }
});
after(async () => {
  rows?.close();
  await house?.end();
});

test('a hundred rows are entered with the keyboard alone in two minutes', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, at.sheet);
    const people = await page.locator('.sign-sheet__qr svg').count();
    await open(page, `${at.sheet}/enter`);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'rows', 'the field has the keyboard');
    const most = Math.min(people, 100);
    const since = Date.now();
    // Every row by its number, as somebody types who reads a sheet from top to bottom.
    for (let row = 1; row <= most; row += 1) await page.keyboard.type(`${row} `, { delay: 15 });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('main button[name=confirm]').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'confirm');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`done=entered&signed=${most}&`));
    const took = Date.now() - since;
    console.log(`# ${most} rows took ${(took / 1000).toFixed(1)} s`);
    assert.ok(most >= 80, `only ${most} people stand on the sheet`);
    assert.ok(took < 120_000, `${most} rows took ${took} ms`);
  }));

test('what devices met alone is found from the home page and settled', async () => {
  for (const way of everyWay((each) => each)) {
    await house.visit({ ...way, as: 'organizer' }, async (page) => {
      await look(page, '/programme', way, 'paper-programme');
      await counts(page.locator(`main a[href="${CONFLICTS}"]`), 1);
      await look(page, CONFLICTS, way, 'paper-conflicts');
    });
  }
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, '/programme');
    await page.locator(`main a[href="${CONFLICTS}"]`).click();
    await page.getByText('Thiết bị 7 đã cho vào').first().waitFor();
    const first = page.locator('main li.list__item').first();
    await first.locator('button[value=dismissed]').click();
    await page.waitForURL('**?done=settled');
    await counts(page.locator('main button[value=dismissed]'), 2);
    await page.locator('main form[action$="/dismiss"] button').click();
    await page.waitForURL('**?done=dismissed');
    await counts(page.locator('main button[value=dismissed]'), 0);
    await shoot(page, 'paper-conflicts-settled');
    await open(page, '/programme');
    await counts(page.locator(`main a[href="${CONFLICTS}"]`), 0);
  });
});
