// Materials: several files at once with progress, versions, the library, and the register of what
// was handed out.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, look, named, open, workshops } from './kit.mjs';

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
// Each with something of its own: what is there already is not taken twice.
const pdf = (name) => Buffer.concat([PDF, Buffer.from(`% ${name}\n`)]);
const file = (name, buffer = pdf(name)) => ({ name, mimeType: 'application/pdf', buffer });
const MATERIALS = `/manage/workshops/${workshops.open}/materials`;

test('several files at once, each with its progress; what is refused says why', () =>
  house.visit({ as: 'organizer' }, async (page) => {
    await open(page, MATERIALS);
    const input = page.locator('input[type=file]');
    const send = page.locator('form.upload button[type=submit]');
    await input.setInputFiles([file('một.pdf'), file('hai.pdf', Buffer.from('no PDF')), file('ba.pdf')]);
    await send.click();
    await page.locator('.upload__list .problem').waitFor();
    await page.locator(`a[href="${MATERIALS}"]`, { hasText: /Xem lại/ }).waitFor();
    await page.locator('h3', { hasText: 'Đã nhận 2 / 3 tệp' }).waitFor();
    await counts(page.locator('.upload__list > li'), 3);
    await counts(page.locator('.upload__list progress'), 2, 'what was refused has no bar');
    assert.match(await page.locator('.upload__list > li').nth(1).innerText(), /Không nhận/);
    await check(page, 'after an upload that was refused in part');
    await open(page, MATERIALS);
    assert.match(await page.locator('main').innerText(), /một\.pdf[\s\S]*ba\.pdf/);
    await input.setInputFiles([file('bốn.pdf'), file('năm.pdf')]);
    await page.locator('[name=visibility]').selectOption('public');
    await send.click();
    await page.waitForURL('**/materials?done=uploaded');
    await open(page, '/library?q=nam');
    assert.match(await page.locator('main').innerText(), /năm/);
  }));

test('who presses twice sends once, and is asked before leaving meanwhile', () =>
  house.visit({ as: 'organizer' }, async (page, context) => {
    await open(page, MATERIALS);
    await page.waitForLoadState('networkidle');
    const network = await context.newCDPSession(page);
    await network.send('Network.emulateNetworkConditions',
      { offline: false, latency: 400, downloadThroughput: -1, uploadThroughput: -1 });
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith(MATERIALS)) sent += 1;
    });
    const asks = () => page.evaluate(() =>
      !dispatchEvent(new Event('beforeunload', { cancelable: true })));
    assert.equal(await asks(), false);
    await page.locator('input[type=file]').setInputFiles([file('tám.pdf'), file('chín.pdf')]);
    await page.locator('form.upload button[type=submit]').evaluate((button) => {
      button.click();
      setTimeout(() => button.click(), 150);
    });
    await page.locator('form.upload button[aria-disabled=true]').waitFor();
    assert.equal(await asks(), true);
    await page.waitForURL('**/materials?done=uploaded');
    assert.equal(sent, 2);
    for (const title of ['tám', 'chín']) await counts(page.locator('th a', { hasText: title }), 1);
  }));

test('who was signed out meanwhile is told so, and led back', () =>
  house.visit({ as: 'organizer' }, async (page, context) => {
    await open(page, MATERIALS);
    await page.waitForLoadState('networkidle');
    await context.clearCookies();
    await page.locator('input[type=file]').setInputFiles([file('mười.pdf'), file('mười một.pdf')]);
    await page.locator('form.upload button[type=submit]').click();
    const problem = page.locator('.upload__list .problem');
    await problem.waitFor();
    assert.match(await problem.innerText(), /đăng xuất/);
    await page.locator('h3', { hasText: 'Chưa nhận được tệp nào' }).waitFor();
    await counts(problem, 1, 'the second is not tried');
    await page.locator(`a[href="/sign-in?next=${encodeURIComponent(MATERIALS)}"]`).waitFor();
    await check(page, 'after somebody was signed out');
  }));

test('without a script the form sends them all', () =>
  house.visit({ as: 'organizer', js: false, expected: [/^csp /] }, async (page) => {
    await open(page, MATERIALS);
    await page.locator('input[type=file]').setInputFiles([file('sáu.pdf'), file('bảy.pdf')]);
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL('**/materials?done=uploaded');
    assert.match(await page.locator('main').innerText(), /sáu\.pdf[\s\S]*bảy\.pdf/);
    await page.locator('input[type=file]').setInputFiles([file('sáu.pdf'), file('bảy.pdf')]);
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL('**/materials?done=known');
    assert.match(await page.locator('.notice--ok').innerText(), /không thêm lần nữa/);
    await counts(page.locator('th a', { hasText: 'sáu' }), 1, 'sent twice, taken once');
    await page.locator('th a', { hasText: 'sáu' }).click();
    await page.locator('input[type=file]').setInputFiles(file('sáu mới.pdf'));
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL('**?done=replaced');
    await counts(page.locator('table tbody tr'), 2, 'the old version is kept');
  }));

const REGISTER = '/programme/distribution';

/** Enters a visit to the first two establishments that are found. */
async function enterTwo(page) {
  await page.locator('[name=material]').selectOption({ index: 1 });
  await page.locator('[name=channel][value=visit]').check();
  await page.locator('#q').fill('con');
  await page.locator('#q').press('Enter');
  await page.locator('[name=found_q][value=con]').waitFor({ state: 'attached' });
  await counts(page.locator('.error-summary'), 0, 'the key searches in the field of the search');
  await page.locator('[name=establishments][type=checkbox]').nth(0).check();
  await page.locator('[name=establishments][type=checkbox]').nth(1).check();
  await page.locator('[name=act][value=enter]').click();
  await page.waitForURL(`**${REGISTER}?done=entered*`);
}

test('what was handed out is entered for several establishments, once, and taken back', () =>
  house.visit({ as: 'organizer' }, async (page) => {
    await open(page, `${REGISTER}/new`);
    await page.locator('[name=distribution_note]').press('Enter');
    const missing = page.locator('.error-summary a[href="#material"]');
    await missing.waitFor();
    assert.match(await missing.innerText(), /Hãy chọn/);
    assert.match(await page.locator('.error-summary a[href="#establishments"]').innerText(), /^Cơ sở/);
    assert.match(await page.locator('[name=material] option').nth(1).innerText(), / – .*\d{2}\/\d{2}\/\d{4}|Tài liệu chung/);
    await enterTwo(page);
    const entered = page.url();
    const notice = page.locator('.notice--ok');
    assert.match(await notice.innerText(), /Đã ghi 2 cơ sở/);
    const rows = page.locator('.handed__list > li');
    await counts(rows, 2);
    await counts(page.locator('.handed h2'), 1, 'one heading for a document and a day');
    await check(page, 'the register with entries');
    await open(page, `${REGISTER}/new`);
    await enterTwo(page);
    assert.match(await notice.innerText(), /Cả 2 cơ sở đã có trong sổ/);
    await counts(rows, 2);
    for (const time of ['once', 'and once more, by the way back']) {
      await open(page, entered);
      await notice.locator('button').click();
      await page.waitForURL(`**${REGISTER}?done=undone`);
      assert.match(await notice.innerText(), /Đã rút lại/, time);
      await counts(rows, 0);
    }
  }));

test('the director reads the register, and enters nothing', () =>
  house.visit({ as: 'director', expected: [/status of 403/] }, async (page) => {
    await open(page, '/programme');
    await page.locator(`main a[href="${REGISTER}"]`).click();
    await page.waitForURL(`**${REGISTER}`);
    await check(page, 'the register of the director');
    await counts(page.locator(`main a[href="${REGISTER}/new"], form[action="${REGISTER}/undo"]`), 0);
    await open(page, `${REGISTER}/new`, 403);
  }));

for (const path of [MATERIALS, '/manage/materials', REGISTER, `${REGISTER}/new`,
  `${MATERIALS}/links`]) {
  suite(path, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) =>
      look(page, path, way, `materials-${named(path)}`)));
  }));
}
