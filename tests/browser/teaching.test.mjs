// Calendars to subscribe to, and trainers asked to teach: from the question to the answer.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, look, open, shoot, workshops } from './kit.mjs';

// Nothing was brought to it yet.
const ASKED = workshops.relocated;
const BOARD = `/manage/workshops/${ASKED}/trainers`;
const NAME = 'Huỳnh Thị Ngọc Phượng Hoàng Nguyễn';

let house;
let link;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const asOrganizer = (go, more = {}) => house.visit({ as: 'organizer', lang: 'vi', js: false, ...more }, go);

/** Fills in the form that asks, and sends it. */
async function ask(page, expected, by) {
  const option = page.locator('#trainer_id option', { hasText: NAME });
  await page.locator('#trainer_id').selectOption(await option.getAttribute('value'));
  await page.locator('#expected').fill(expected);
  await page.locator('#expected_by').fill(by);
  await page.locator('main form button[type=submit]').click();
}

suite('a calendar to subscribe to', () => {
  test('the home page leads to the public one', () => house.visit({ js: false }, async (page) => {
    await open(page, '/');
    const href = await page.locator('main a[href$=".ics"]').getAttribute('href');
    const answer = await page.request.get(href);
    assert.match(answer.headers()['content-type'], /^text\/calendar/);
    const text = await answer.text();
    assert.match(text, /BEGIN:VCALENDAR\r\n/);
    assert.match(text, /METHOD:PUBLISH\r\n/);
    assert.ok(!text.includes('ATTENDEE'));
  }));

  for (const as of ['organizer', 'trainer']) {
    everyWay((way) => test(`${as} ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, async (page) => {
      await look(page, '/calendar', way, `${as}-calendar`);
      await look(page, '/calendar/renew', way, `${as}-calendar-renew`);
    })));
  }

  test('a new address ends the one before', () => asOrganizer(async (page) => {
    const address = async () => new URL((await page.locator('.copy-box').textContent()).trim()).pathname;
    const status = async (path) => (await page.request.get(path)).status();
    await open(page, '/calendar');
    const first = await address();
    assert.equal(await status(first), 200);
    await page.locator('a[href="/calendar/renew"]').click();
    await page.locator('.button--danger').click();
    await page.locator('.notice--ok').waitFor();
    assert.equal(await status(first), 404);
    assert.equal(await status(await address()), 200);
  }));
});

suite('a trainer is asked and answers', () => {
  test('the organiser asks', () => asOrganizer(async (page) => {
    // The demo's own trainer lends her account.
    await open(page, '/manage/trainers');
    await page.locator('main table a', { hasText: 'Hữu Phước' }).first().click();
    await page.locator('select#account').selectOption('');
    await page.locator('main form button[type=submit]').first().click();
    await open(page, '/manage/trainers/new');
    await page.locator('#full_name').fill(NAME);
    await page.locator('#email').fill('phuong@example.com');
    const account = page.locator('select#account option[value]:not([value=""])').first();
    await page.locator('select#account').selectOption(await account.getAttribute('value'));
    await page.locator('main form button[type=submit]').first().click();
    await open(page, BOARD);

    // Wrong input is kept, with the problem beside its field.
    await page.locator('#expected').fill('Bài giảng');
    await page.locator('main form button[type=submit]').click();
    await page.locator('.error-summary a[href="#trainer_id"]').waitFor();
    assert.equal(await page.locator('#expected').inputValue(), 'Bài giảng');

    await ask(page, 'Bài giảng, phiếu bài tập và danh sách thiết bị cần mượn của trung tâm', '2020-01-02T17:00');
    await page.locator('.notice--ok').waitFor();
    assert.match(await page.locator('main .list').first().textContent(), new RegExp(NAME));

    await open(page, '/mail');
    await page.locator('main a', { hasText: 'Mời giảng dạy' }).first().click();
    link = (await page.locator('main').textContent()).match(/\/teach\/[\w-]+/)[0];
  }));

  everyWay((way) => test(`the pages ${way.lang} ${way.width}`, async () => {
    await house.visit(way, (page) => look(page, link, way, 'teach'));
    await house.visit({ ...way, as: 'organizer' }, async (page) => {
      await look(page, BOARD, way, 'organizer-trainers');
      const withdraw = await page.locator('a[href$="/withdraw"]').first().getAttribute('href');
      await look(page, withdraw, way, 'organizer-trainers-withdraw');
      await look(page, `/manage/workshops/${workshops.held}/trainers`, way, 'organizer-trainers-held');
    });
    await house.visit({ ...way, as: 'trainer' }, (page) => look(page, '/trainer', way, 'trainer-asked'));
  }));

  test('the trainer declines by the link, and accepts after all', () => house.visit({ js: false }, async (page) => {
    await open(page, link);
    await page.locator('button[value=decline]').click();
    // One tap does not give a session away.
    await page.locator('.confirm a', { hasText: 'quay lại' }).click();
    await page.locator('main', { hasText: 'Chưa trả lời' }).waitFor();
    await page.locator('button[value=decline]').click();
    await shoot(page, 'teach-decline');
    await page.locator('button[name=confirm]').click();
    await page.locator('main', { hasText: 'Anh/Chị đã từ chối' }).waitFor();
    await counts(page.locator('button[value=decline]'), 0);
    await page.locator('button[value=accept]').click();
    await page.locator('.notice--ok').waitFor();
    assert.equal((await page.request.post(link, { form: { answer: 'x' } })).status(), 422);
    await open(page, `${link}x`, 404);
  }));

  test('signed in, what is late is marked, and the answer can be changed', () => house.visit({ as: 'trainer' }, async (page) => {
    await open(page, '/trainer');
    await page.locator('.badge--bad', { hasText: 'Quá hạn' }).waitFor();
    await page.locator('button[value=decline]').click();
    await check(page, 'trainer-decline');
    // Another language, chosen there, leads back to the list.
    await page.locator('header a[hreflang]').click();
    await page.waitForURL('**/trainer');
    await page.locator('header a[hreflang]').click();
    await page.locator('button[value=decline]').click();
    await page.locator('button[name=confirm]').click();
    await page.locator('button[value=accept]').waitFor();
  }));

  test('the organiser sees the answer and takes the question back', () => asOrganizer(async (page) => {
    await open(page, BOARD);
    await page.locator('.badge--bad', { hasText: 'Từ chối' }).waitFor();
    await open(page, '/programme');
    await page.locator('main', { hasText: new RegExp(`${NAME}.*đã từ chối giảng dạy`) }).waitFor();
    await open(page, BOARD);
    const mine = page.locator('a[href$="/withdraw"]', { hasText: NAME });
    await mine.click();
    await page.locator('.button--danger').click();
    await page.locator('.notice--ok').waitFor();
    await counts(mine, 0);
    await open(page, link, 404);
    await open(page, `/manage/workshops/${ASKED}/log`);
    await page.locator('main', { hasText: 'Rút lời mời giảng viên' }).waitFor();
  }));
});
