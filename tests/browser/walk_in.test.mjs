// Walk-ins at the door: who may be registered is asked about, with JavaScript and without, and
// nobody is taken for somebody else.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, open, shoot, smallTargets, workshops } from './kit.mjs';

const SLUG = workshops.open;
const DOOR = `/door/${SLUG}`;

let house;
let rows;
let made = 0;

before(async () => {
  house = await begin();
  rows = new DatabaseSync(join(house.server.folder, 'taphuan.db'), { timeout: 10_000 });
  rows.exec(`UPDATE workshop SET capacity = 900 WHERE slug = '${SLUG}'`);
});
after(async () => {
  rows?.close();
  await house?.end();
});

const one = (sql, ...values) => rows.prepare(sql).get(...values);
const arrived = (name) => one(
  `SELECT count(*) AS n FROM checkin c JOIN registration r ON r.id = c.registration_id
   JOIN person p ON p.id = r.person_id WHERE p.full_name = ? AND c.undone_at IS NULL`,
  name,
).n;

/** Writes somebody into the form for walk-ins and sends it. */
async function type(page, name) {
  await page.fill('#full_name', name);
  await page.fill('#establishment', 'Công ty Trùng Tên');
  await page.locator('input[name=role][value=technician]').check();
  await send(page);
}
const send = (page) => page.locator('form[action$="/walk-in"] button[type=submit]').click();
const word = (page) => page.locator('.door__word');
const choices = (page) => page.locator('input[name=who]');

for (const js of [true, false]) {
  test(`a namesake is asked about, chosen, and added as another (${js ? 'with' : 'without'} JavaScript)`, () =>
    house.visit({ as: 'organizer', js, expected: js ? [] : [/^csp /] }, async (page) => {
      made += 1;
      const name = `Nguyễn Thị Trùng ${'ABC'[made]}`;
      await open(page, DOOR);
      await type(page, name);
      await page.locator('.door__answer--ok').waitFor();
      assert.equal(arrived(name), 1);
      // Registered by now: whoever has the name next is asked about.
      await type(page, name);
      await counts(choices(page), 2);
      assert.equal(await page.inputValue('#full_name'), name, 'what was typed is kept');
      assert.equal(arrived(name), 1, 'nothing is written before somebody says');
      await choices(page).first().check();
      await send(page);
      await page.locator('.door__answer--wait .door__word', { hasText: 'Đã điểm danh' }).waitFor();
      assert.equal(arrived(name), 1, 'who is in already is not counted twice');
      await type(page, name);
      await counts(choices(page), 2);
      await page.locator('#who-another').check();
      await send(page);
      await page.locator('.door__answer--ok').waitFor();
      assert.equal(arrived(name), 2, 'another person is another attendance');
      await type(page, name);
      await counts(choices(page), 3);
    }));
}

test('a full room is asked about once, and who was chosen stays chosen', () =>
  house.visit({ as: 'organizer', js: false, expected: [/^csp /] }, async (page) => {
    const name = 'Nguyễn Thị Chật Phòng';
    await open(page, DOOR);
    await type(page, name);
    await page.locator('.door__answer--ok').waitFor();
    rows.exec(`UPDATE workshop SET capacity = 1 WHERE slug = '${SLUG}'`);
    try {
      await type(page, name);
      await page.locator('#who-another').check();
      await send(page);
      await page.locator('#over').check();
      assert.ok(await page.locator('#who-another').isChecked());
      await send(page);
      await page.locator('.door__answer--ok').waitFor();
      assert.equal(arrived(name), 2);
    } finally {
      rows.exec(`UPDATE workshop SET capacity = 900 WHERE slug = '${SLUG}'`);
    }
    const over = one("SELECT count(*) AS n FROM audit WHERE deed = 'over_capacity'").n;
    assert.ok(over > 0, 'a room that is overfilled has a line in the log');
  }));

suite('the question can be read and touched', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    const name = `Nguyễn Thị Nhìn ${way.lang} ${way.width}`.replace(/[^\p{L} ]/gu, '');
    await open(page, DOOR);
    await type(page, name);
    await page.locator('.door__answer--ok').waitFor();
    await type(page, name);
    await counts(choices(page), 2);
    assert.ok(await word(page).isVisible());
    await shoot(page, `door-walk-in-likely-${way.lang}-${way.width}`);
    await check(page, `who it may be (${way.lang}, ${way.width})`);
    if (way.width === 'phone') assert.deepEqual(await smallTargets(page), [], 'too small to touch');
  }));
}));
