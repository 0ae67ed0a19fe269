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
  await page.fill('main [name=subject_vi]', subject);
  await page.fill('main [name=body_vi]', 'Xin gửi xe ở cổng sau.\nMang theo thẻ.');
  await page.fill('main [name=subject_en]', 'Parking');
  await page.fill('main [name=body_en]', 'Please park behind the hall.');
}

const next = (page) => page.click('main form[novalidate] .form-actions button[type=submit]:not([name])');
const confirm = (page) => page.click('main button[name=confirm]');

/** Writes a message that waits for its time, and gives its address. */
async function schedule(page, subject) {
  await open(page, `${MESSAGES}/new`);
  await write(page, subject);
  await page.check('main [name=campaign_timing][value=before_start]');
  await page.fill('main [name=amount]', '1');
  await page.selectOption('main [name=unit]', 'hours');
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
    await page.fill('main [name=phone]', '0950 777 123');
    await page.fill('main [name=email]', '');
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
    await page.check('main [name=campaign_timing][value=at]');
    await next(page);
    await page.locator('.error-summary a[href="#send_at"]').waitFor();
    await shoot(page, `messages-problems-${way.lang}-${way.width}`);
    await check(page, `problems (${way.lang}, ${way.width})`);
    await write(page, 'Gửi xe');
    await page.check('main [name=campaign_timing][value=now]');
    await page.check('main [name=shared][value=one]');
    await next(page);
    await page.locator('main button[name=confirm]').waitFor();
    await shoot(page, `messages-look-${way.lang}-${way.width}`);
    await check(page, `look (${way.lang}, ${way.width})`);
    if (way.width === 'phone') assert.deepEqual(await smallTargets(page), [], 'too small to touch');
    // What it is for is said again, and each mail has its language.
    await page.locator('main dl', { hasText: way.lang === 'vi' ? 'Về hội thảo này' : 'About this workshop' }).waitFor();
    // Back to the form, with all that was typed.
    await page.click('main button[name=back]');
    assert.equal(await page.inputValue('main [name=subject_vi]'), 'Gửi xe');
    assert.match(await page.inputValue('main [name=body_vi]'), /cổng sau\.\r?\nMang/);
    assert.ok(await page.isChecked('main [name=shared][value=one]'));
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
    // What the own page has nothing for is no beginning.
    await counts(page.locator('main a[href*="from=evaluation"], main a[href*="from=certificate"]'), 0);
    await page.click(`main a[href="${MESSAGES}/new?from=reminder"]`);
    assert.match(await page.inputValue('main [name=subject_vi]'), /\{hoi_thao\}/);
    assert.match(await page.inputValue('main [name=body_vi]'), /\{cach_du\}/);
    assert.ok(await page.isChecked('main [name=states][value=booked]'));
    assert.ok(await page.isChecked('main [name=campaign_timing][value=before_start]'));
    await page.fill('main [name=body_vi]', 'Chào {ten}, mã {han}.');
    await next(page);
    await page.locator('.error-summary a[href="#body_vi"]').waitFor();
    // What was typed is not thrown away by another beginning.
    await counts(page.locator(`main a[href*="?from="]`), 0);
    await page.fill('main [name=body_vi]', 'Chào {ten}. {cach_du}');
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
    await page.click(`main a[href="${own}/edit"]`);
    await page.fill('main [name=amount]', '3');
    await next(page);
    assert.match(await page.textContent('main button[name=confirm]'), /vẫn tạm dừng/);
    await confirm(page);
    await page.waitForURL(/done=made/);
    assert.match(await page.textContent('main .badge'), /Tạm dừng/, 'changed, it is held still');
    await step('resume');
    await page.click(`main a[href="${own}/edit"]`);
    assert.equal(await page.inputValue('main [name=amount]'), '3');
    await page.fill('main [name=amount]', '2');
    await next(page);
    await confirm(page);
    await page.waitForURL(/done=made/);
    assert.match(await page.textContent('main dl'), /2 giờ/);
    await step('cancel');
    assert.match(await page.textContent('main .badge'), /Đã hủy/);
    assert.match(await page.textContent('main'), /đã hủy trước khi gửi/);
    await open(page, `${own}/cancel`, 409);
  }));

test('only what the chosen time asks for is seen', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, `${MESSAGES}/new`);
  const seen = async () => [
    await page.isVisible('main [name=send_at]'), await page.isVisible('main [name=amount]'), await page.isVisible('main [name=unit]'),
  ];
  for (const [timing, fields] of [
    ['now', [false, false, false]], ['at', [true, false, false]],
    ['before_start', [false, true, true]], ['after_end', [false, true, true]],
  ]) {
    await page.check(`main [name=campaign_timing][value=${timing}]`);
    assert.deepEqual(await seen(), fields, timing);
  }
}));

test('another language keeps what was typed, and sends nothing', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  const speak = async (lang) => {
    await page.click(`header button[lang=${lang}]`);
    await page.locator(`html[lang=${lang}]`).waitFor();
  };
  await open(page, `${MESSAGES}/new`);
  await write(page, 'Gửi xe lần hai');
  await page.uncheck('main [name=states][value=booked]');
  await next(page);
  await page.locator('.error-summary', { hasText: 'ít nhất một' }).waitFor();
  await speak('en');
  await page.locator('.error-summary', { hasText: 'at least one' }).waitFor();
  assert.equal(await page.inputValue('main [name=subject_vi]'), 'Gửi xe lần hai');
  await page.check('main [name=states][value=booked]');
  await next(page);
  assert.match(await page.textContent('h1'), /A look before/);
  await speak('vi');
  assert.match(await page.textContent('h1'), /Xem lại/);
  assert.match(await page.textContent('main pre'), /Xin gửi xe ở cổng sau/);
  await page.click('main button[name=trial]');
  assert.match(await page.getByRole('status').innerText(), /organizer@example\.com/);
  await speak('en');
  await counts(page.locator('[role=status]'), 0, 'a trial is sent once');
  await page.click('main button[name=back]');
  await speak('vi');
  await counts(page.locator('.error-summary'), 0);
  assert.match(await page.inputValue('main [name=body_vi]'), /cổng sau\.\r?\nMang/);
  await open(page, MESSAGES);
  assert.doesNotMatch(await page.textContent('main'), /Gửi xe lần hai/);
}));

test('the second of two who change a message is told and keeps what was typed', () => house.visit({ as: 'organizer' }, async (page, context) => {
  const own = await schedule(page, 'Hai người sửa');
  const late = await context.newPage();
  await open(page, `${own}/edit`);
  await open(late, `${own}/edit`);
  await page.fill('main [name=subject_vi]', 'Của người đầu');
  await next(page);
  await confirm(page);
  await page.waitForURL(/done=made/);
  await late.fill('main [name=subject_vi]', 'Của người sau');
  await next(late);
  assert.match(await late.locator('.notice--wait').innerText(), /vừa sửa/);
  assert.equal(await late.inputValue('main [name=subject_vi]'), 'Của người sau');
  assert.match(await late.textContent('main'), /Của người đầu/);
  await check(late, 'the form of the second');
  await shoot(late, 'messages-outdated');
  await next(late);
  await confirm(late);
  await late.waitForURL(/done=made/);
  assert.match(await late.textContent('h1'), /Của người sau/);
}));
