// Materials: several files at once with progress, versions, the library, and the register of what
// was handed out.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, look, named, open, workshops } from './kit.mjs';

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const file = (name, buffer = PDF) => ({ name, mimeType: 'application/pdf', buffer });
const MATERIALS = `/manage/workshops/${workshops.open}/materials`;

test('several files at once, each with its progress; what is refused says why', () =>
  house.visit({ as: 'organizer' }, async (page) => {
    await open(page, MATERIALS);
    const input = page.locator('input[type=file]');
    const send = page.locator('form.upload button[type=submit]');
    await input.setInputFiles([file('một.pdf'), file('hai.pdf', Buffer.from('no PDF')), file('ba.pdf')]);
    await send.click();
    await counts(page.locator('.upload__list progress'), 3);
    await page.locator('.upload__list .problem').waitFor();
    await page.locator(`a[href="${MATERIALS}"]`, { hasText: /Xem lại/ }).waitFor();
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

test('without a script the form sends them all', () =>
  house.visit({ as: 'organizer', js: false, expected: [/^csp /] }, async (page) => {
    await open(page, MATERIALS);
    await page.locator('input[type=file]').setInputFiles([file('sáu.pdf'), file('bảy.pdf')]);
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL('**/materials?done=uploaded');
    assert.match(await page.locator('main').innerText(), /sáu\.pdf[\s\S]*bảy\.pdf/);
    await page.locator('th a', { hasText: 'sáu' }).click();
    await page.locator('input[type=file]').setInputFiles(file('sáu mới.pdf'));
    await page.locator('form.upload button[type=submit]').click();
    await page.waitForURL('**?done=replaced');
    await counts(page.locator('table tbody tr'), 2, 'the old version is kept');
  }));

test('what was handed out is entered for several establishments and taken back', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, '/programme/distribution/new');
    await page.locator('[name=act][value=enter]').click();
    await page.locator('.error-summary a[href="#material"]').waitFor();
    await page.locator('[name=material]').selectOption({ index: 1 });
    await page.locator('[name=channel][value=visit]').check();
    await page.locator('#q').fill('con');
    await page.locator('[name=act][value=find]').click();
    await page.locator('[name=establishments][type=checkbox]').nth(0).check();
    await page.locator('[name=establishments][type=checkbox]').nth(1).check();
    await page.locator('[name=act][value=enter]').click();
    await page.waitForURL('**/programme/distribution?done=entered*');
    await counts(page.locator('table tbody tr'), 2);
    await page.locator('form[action="/programme/distribution/undo"] button').first().click();
    await page.waitForURL('**/programme/distribution?done=undone');
    await counts(page.locator('table tbody tr'), 0);
  }));

for (const path of [MATERIALS, '/manage/materials', '/programme/distribution', '/programme/distribution/new',
  `${MATERIALS}/links`]) {
  suite(path, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) =>
      look(page, path, way, `materials-${named(path)}`)));
  }));
}
