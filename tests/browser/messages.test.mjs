// Messages to a part of a workshop's people: looks in every way, and the whole way once without
// JavaScript – written, looked at, sent, held, let go on, cancelled, and the calls.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  begin, check, counts, everyWay, look, open, shoot, smallTargets, workshops,
} from './kit.mjs';

let house;
const MESSAGES = `/manage/workshops/${workshops.full}/messages`;
const made = {};

/** Fills in both languages. */
async function write(page, subject) {
  await page.fill('[name=subject_vi]', subject);
  await page.fill('[name=body_vi]', 'Xin gửi xe ở cổng sau.\nMang theo thẻ.');
  await page.fill('[name=subject_en]', 'Parking');
  await page.fill('[name=body_en]', 'Please park behind the hall.');
}

const next = (page) => page.click('main form[novalidate] .form-actions button[type=submit]:not([name])');
const confirm = (page) => page.click('main button[name=confirm]');

/** Writes a message that waits for its time, and gives its address. */
async function schedule(page, subject) {
  await open(page, `${MESSAGES}/new`);
  await write(page, subject);
  await page.check('[name=campaign_timing][value=before_start]');
  await page.fill('[name=amount]', '1');
  await page.selectOption('[name=unit]', 'hours');
  await next(page);
  await confirm(page);
  await page.waitForURL(/\/messages\/\d+\?done=made/);
  return new URL(page.url()).pathname;
}

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    // One without an address, who is to be called.
    await open(page, `/manage/workshops/${workshops.full}/people?state=booked`);
    await page.locator('main table th a').first().click();
    await page.fill('[name=phone]', '0950 777 123');
    await page.fill('[name=email]', '');
    await page.click('main form:has([name=email]) button[type=submit]');
    await page.waitForURL(/done=saved/);

    await open(page, MESSAGES);
    await page.locator('.empty').waitFor();
    made.waiting = await schedule(page, 'Nhắc lịch');
    await open(page, `${MESSAGES}/new`);
    await write(page, 'Gửi xe');
    await next(page);
    await confirm(page);
    await page.waitForURL(/\/messages\/\d+\?done=made/);
    made.sent = new URL(page.url()).pathname;
  });
});
after(async () => { await house?.end(); });

const PAGES = {
  list: () => MESSAGES,
  empty: () => `/manage/workshops/${workshops.draft}/messages`,
  new: () => `${MESSAGES}/new`,
  begun: () => `${MESSAGES}/new?from=reminder`,
  sent: () => made.sent,
  waiting: () => made.waiting,
  edit: () => `${made.waiting}/edit`,
  pause: () => `${made.waiting}/pause`,
  cancel: () => `${made.waiting}/cancel`,
};

for (const [name, path] of Object.entries(PAGES)) {
  suite(`messages ${name}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) => look(page, path(), way, `messages-${name}`)));
  }));
}

suite('a look before it leaves', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await open(page, `${MESSAGES}/new`);
    await page.check('[name=campaign_timing][value=at]');
    await next(page);
    await page.locator('.error-summary a[href="#send_at"]').waitFor();
    await shoot(page, `messages-problems-${way.lang}-${way.width}`);
    await check(page, `problems (${way.lang}, ${way.width})`);
    await write(page, 'Gửi xe');
    await page.check('[name=campaign_timing][value=now]');
    await page.check('[name=shared][value=one]');
    await next(page);
    await page.locator('main button[name=confirm]').waitFor();
    await shoot(page, `messages-look-${way.lang}-${way.width}`);
    await check(page, `look (${way.lang}, ${way.width})`);
    if (way.width === 'phone') assert.deepEqual(await smallTargets(page), [], 'too small to touch');
    // Back to the form, with all that was typed.
    await page.click('main button[name=back]');
    assert.equal(await page.inputValue('[name=subject_vi]'), 'Gửi xe');
    assert.match(await page.inputValue('[name=body_vi]'), /cổng sau\.\r?\nMang/);
    assert.ok(await page.isChecked('[name=shared][value=one]'));
  }));
}));

test('how many are told is said before and after, and the calls are worked through', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, `/manage/workshops/${workshops.full}`);
    await page.click(`main a[href="${MESSAGES}"]`);
    await page.click(`main a[href="${MESSAGES}/new"]`);
    await write(page, 'Đổi cổng');
    await next(page);
    const button = await page.textContent('main button[name=confirm]');
    const told = Number(button.match(/\d+/)[0]);
    assert.match(await page.textContent('main pre'), /Xin gửi xe ở cổng sau[\s\S]*\/my\//);
    await confirm(page);
    await page.waitForURL(/\/messages\/\d+\?done=made/);
    const own = new URL(page.url()).pathname;
    for (let tries = 0; tries < 100; tries += 1) {
      await open(page, own);
      if ((await page.textContent('main')).includes(`${told} / ${told + 1} người đã gửi`)) break;
      await page.waitForTimeout(100);
    }
    assert.match(await page.textContent('main'), new RegExp(`${told} / ${told + 1} người đã gửi`));

    const rows = page.locator('#calls ~ table').first().locator('tbody tr');
    await counts(rows, 1);
    await rows.first().locator('summary').click();
    assert.match(await rows.first().locator('pre').textContent(), /Kính gửi Anh\/Chị[\s\S]*\/my\//);
    await rows.first().locator('button[value=wrong_number]').click();
    await page.locator('#calls ~ table caption', { hasText: 'Không có liên hệ' }).waitFor();
    await open(page, `/manage/workshops/${workshops.full}/people?contact=none`);
    assert.match(await page.textContent('main table'), /số sai/);
    await open(page, own);
    await page.locator('#calls ~ table button[name=outcome][value=""]').click();
    await page.locator('#calls ~ table button[value=called]').click();
    await page.locator('#calls ~ table caption', { hasText: 'Đã báo' }).waitFor();
  }));

test('a template fills in the words, the recipients and the time', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, `${MESSAGES}/new`);
    await page.click(`main a[href="${MESSAGES}/new?from=evaluation"]`);
    assert.match(await page.inputValue('[name=subject_vi]'), /\{hoi_thao\}/);
    assert.equal(await page.inputValue('[name=came]'), 'some');
    assert.ok(await page.isChecked('[name=campaign_timing][value=after_end]'));
    await page.fill('[name=body_vi]', 'Chào {ten}, mã {han}.');
    await next(page);
    await page.locator('.error-summary a[href="#body_vi"]').waitFor();
    // What was typed is not thrown away by another beginning.
    await counts(page.locator(`main a[href*="?from="]`), 0);
    await page.fill('[name=body_vi]', 'Chào {ten}.');
    await page.selectOption('[name=came]', '');
    await next(page);
    assert.match(await page.textContent('main pre'), /Chào (?!\{)/);
    assert.doesNotMatch(await page.textContent('main'), /[{}]/);
    await confirm(page);
    await page.waitForURL(/done=made/);
    assert.doesNotMatch(await page.textContent('h1'), /[{}]/);
  }));

test('one that waits is held, goes on, is changed and cancelled', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    const own = await schedule(page, 'Nhắc trước một giờ');
    const step = async (name) => {
      await open(page, own);
      await page.click(`main a[href="${own}/${name}"]`);
      await page.click('main .confirm button[type=submit]');
      await page.waitForURL(`**${own}`);
    };
    await step('pause');
    assert.match(await page.textContent('main .badge'), /Tạm dừng/);
    await counts(page.locator(`main a[href="${own}/edit"]`), 0);
    await step('resume');
    await page.click(`main a[href="${own}/edit"]`);
    assert.equal(await page.inputValue('[name=amount]'), '1');
    await page.fill('[name=amount]', '2');
    await next(page);
    await confirm(page);
    await page.waitForURL(/done=made/);
    assert.match(await page.textContent('main dl'), /2 giờ/);
    await step('cancel');
    assert.match(await page.textContent('main .badge'), /Đã hủy/);
    await open(page, `${own}/cancel`, 409);
  }));
