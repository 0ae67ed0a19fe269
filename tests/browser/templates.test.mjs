// The words of mails: looks in every way, and what organisers do with them, without JavaScript.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, everyWay, look, open, shoot, smallTargets } from './kit.mjs';

let house;
const PATH = '/mail/templates';
const CONFIRMATION = `${PATH}/confirmation`;
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const field = (page, name) => page.locator(`[name=template_${name}]:not([type=hidden])`);

before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const PAGES = {
  list: PATH,
  confirmation: CONFIRMATION,
  invitation: `${PATH}/invitation`,
};
for (const [name, path] of Object.entries(PAGES)) {
  suite(`organizer ${name}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) => look(page, path, way, `templates-${name}`)));
  }));
}

suite('preview', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await open(page, `${CONFIRMATION}/preview`);
    // The mail itself fits a phone: nothing in its frame is wider than that.
    const frame = page.frames()[1];
    const wide = await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, 'the mail is wider than its frame');
    const shown = await frame.evaluate(() => {
      const link = document.querySelector('a');
      return { text: document.body.innerText, look: getComputedStyle(link).backgroundColor, link: link.pathname };
    });
    assert.match(shown.text, way.lang === 'vi' ? /Kính gửi/ : /Dear/);
    assert.equal(shown.look, 'rgb(30, 91, 58)', 'the looks of the mail are let in');
    assert.match(shown.link, /^\/workshops\//, 'no personal link');
    // Last: axe looks at the page without its frame.
    await look(page, `${CONFIRMATION}/preview`, way, 'templates-preview');
  }));
}));

test('a phone in the dark shows every kind of mail', () => house.visit({ as: 'organizer', width: 'phone', dark: true }, async (page) => {
  for (const occasion of ['waitlisted', 'offered', 'reminder', 'moved', 'cancelled', 'materials', 'evaluation', 'certificate', 'invitation', 'lost_link']) {
    await open(page, `${PATH}/${occasion}/preview`);
    await shoot(page, `templates-preview-${occasion}`);
    const wide = await page.frames()[1].evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, occasion);
    assert.deepEqual(await smallTargets(page), [], occasion);
  }
}));

test('words are refused with a reason, kept, looked at, tried, saved and taken back', async () => {
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, '/mail');
    await page.getByRole('link', { name: 'Mẫu thư' }).click();
    await page.getByRole('link', { name: 'Xác nhận giữ chỗ' }).click();
    const builtIn = await field(page, 'subject_vi').inputValue();
    assert.equal(builtIn, 'Đã giữ chỗ: {hoi_thao}');

    await field(page, 'subject_vi').fill('Hẹn gặp: {Hội thảo}');
    await field(page, 'body_vi').fill('Chào {ten}.\nXin đến {cong_sau}.');
    await press(page, 'Lưu');
    assert.match(await page.locator('.error-summary').innerText(), /Nội dung tiếng Việt: .*\{cong_sau\}.*\{ten\} \{hoi_thao\}/);
    assert.match(await page.locator('#template_body_vi-problem').innerText(), /\{cong_sau\}/);
    assert.equal(await field(page, 'subject_vi').inputValue(), 'Hẹn gặp: {Hội thảo}');
    assert.equal(await field(page, 'body_vi').inputValue(), 'Chào {ten}.\nXin đến {cong_sau}.');
    await press(page, 'Xem trước');
    assert.equal(await page.locator('.error-summary').count(), 1, 'what is wrong is not looked at');

    await field(page, 'body_vi').fill('Chào {ten} & <b>bạn</b>.\nXin đến cổng sau.');
    await press(page, 'Xem trước');
    const person = page.locator('main [name=template_person]');
    const [first, second] = await person.locator('option').allInnerTexts();
    const letter = () => page.locator('pre').innerText();
    assert.match(await letter(), new RegExp(`Chào ${first} & <b>bạn</b>\\.`));
    await person.selectOption({ index: 1 });
    await press(page, 'Xem');
    assert.match(await letter(), new RegExp(`Chào ${second} &`));
    const other = page.locator('main [name=template_workshop]');
    const workshops = await other.locator('option').count();
    await other.selectOption({ index: workshops - 1 });
    await press(page, 'Xem');
    assert.doesNotMatch(await letter(), new RegExp(`Chào ${second} &`));

    await press(page, 'Gửi thử cho tôi');
    assert.match(await page.getByRole('status').innerText(), /organizer@example\.com/);
    assert.match(await letter(), /Xin đến cổng sau\./, 'what was typed is still there');
    assert.doesNotMatch(await page.locator('main').innerText(), /Chưa có gì được lưu hay gửi/);
    // The other language keeps it, and tries nothing again.
    await page.locator('header button[lang=en]').click();
    await page.locator('html[lang=en]').waitFor();
    assert.match(await letter(), /Xin đến cổng sau\./);
    assert.equal(await page.getByRole('status').count(), 0);
    await page.locator('header button[lang=vi]').click();
    await page.locator('html[lang=vi]').waitFor();
    await press(page, 'Sửa tiếp');
    assert.match(await field(page, 'body_vi').inputValue(), /cổng sau/);
    assert.equal(await page.locator('.error-summary').count(), 0);
    await press(page, 'Lưu');
    await page.waitForURL(/done=saved/);
    assert.equal(await field(page, 'subject_vi').inputValue(), 'Hẹn gặp: {hoi_thao}');
    await shoot(page, 'templates-saved');

    await open(page, PATH);
    assert.match(await page.locator('tr', { hasText: 'Xác nhận giữ chỗ' }).innerText(), /Đã sửa: Tiếng Việt/);
    await open(page, '/mail');
    assert.match(await page.locator('main table').innerText(), /\[Gửi thử\] Hẹn gặp: /);

    await open(page, CONFIRMATION);
    await page.getByRole('link', { name: 'Trở về lời có sẵn' }).click();
    assert.match(await page.locator('main').innerText(), /Đã giữ chỗ: \{hoi_thao\}/);
    await shoot(page, 'templates-reset');
    await press(page, 'Trở về lời có sẵn');
    await page.waitForURL(/done=reset/);
    assert.equal(await field(page, 'subject_vi').inputValue(), builtIn);
    assert.equal(await page.getByRole('link', { name: 'Trở về lời có sẵn' }).count(), 0);
  });
});

test('the second of two editors is told and keeps what was typed', () => house.visit({ as: 'organizer' }, async (page, context) => {
  const late = await context.newPage();
  const path = `${PATH}/offered`;
  await open(page, path);
  await open(late, path);
  await field(page, 'subject_en').fill('First: {hoi_thao}');
  await press(page, 'Lưu');
  await page.waitForURL(/done=saved/);
  await field(late, 'subject_en').fill('Second: {hoi_thao}');
  await press(late, 'Lưu');
  assert.match(await late.locator('.notice--wait').innerText(), /vừa sửa/);
  assert.equal(await field(late, 'subject_en').inputValue(), 'Second: {hoi_thao}');
  assert.match(await late.locator('main').innerText(), /First: \{hoi_thao\}/);
  await check(late, 'the page of the second editor');
  await shoot(late, 'templates-outdated');
  await press(late, 'Lưu');
  await late.waitForURL(/done=saved/);
  assert.equal(await field(late, 'subject_en').inputValue(), 'Second: {hoi_thao}');
}));

for (const as of ['trainer', 'door', 'director']) {
  test(`nobody but organisers: ${as}`, () => house.visit({ as, js: false, expected: [/403/] }, async (page) => {
    for (const path of [PATH, CONFIRMATION, `${CONFIRMATION}/preview`, `${CONFIRMATION}/reset`]) await open(page, path, 403);
  }));
}
