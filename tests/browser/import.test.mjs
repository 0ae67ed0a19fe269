// Bringing a file of delegates: looks in every way, and the whole path without JavaScript.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, look, open, shoot, smallTargets, workshops } from './kit.mjs';

let house;
const at = {};
const IMPORT = `/manage/workshops/${workshops.open}/import`;
const FILE = [
  'TRUNG TÂM KHUYẾN CÔNG;;;;;',
  'TT;Họ và tên;Chức vụ;Đơn vị;SĐT;Email;MST',
  '1;Lâm Thị Nhập Tệp;Phó giám đốc kỹ thuật;Công ty TNHH Giọt Nắng;0950 444 001;nhap.tep@example.com;0100047517',
  '2;Lý Văn Nhập Tệp;Tổ trưởng;CSSX Út Mười Hai;0168 123 4567;;',
  '3;12;;Cơ sở sản xuất Năm Lúa;123;không phải thư;',
].join('\n');

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function upload(page, name, text) {
  await open(page, IMPORT);
  await page.setInputFiles('#file', file(name, text));
  await page.click('main form.upload button[type=submit]');
}

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await upload(page, 'danh-sach-dai-bieu-don-vi-gui-dot-1.csv', FILE);
    await page.waitForURL(/\/import\/\d+$/);
    at.look = new URL(page.url()).pathname;
    await upload(page, 'cot-la.csv', 'Người dự,Nơi làm\nLê An,Năm Lúa\n');
    await page.waitForURL(/\/import\/\d+$/);
    at.strange = new URL(page.url()).pathname;
    await upload(page, `${'danh-sach-rat-dai-'.repeat(7)}.csv`, `Họ và tên,Đơn vị,Ghi chú,Năm sinh\nLê An,Năm Lúa${' rất dài'.repeat(20)},${'Một ghi chú rất dài. '.repeat(40)},x\nLê B?nh,Năm Lúa,,\nLê An,Năm Lúa,,\n`);
    await page.waitForURL(/\/import\/\d+$/);
    at.long = new URL(page.url()).pathname;
    await upload(page, 'chi-co-tieu-de.csv', 'Họ và tên,Đơn vị\n');
    await page.waitForURL(/\/import\/\d+$/);
    at.empty = new URL(page.url()).pathname;
  });
});
after(async () => { await house?.end(); });

const PAGES = { list: () => IMPORT, look: () => at.look, strange: () => at.strange, long: () => at.long, empty: () => at.empty };

for (const [name, path] of Object.entries(PAGES)) {
  suite(`import ${name}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) => look(page, path(), way, `import-${name}`)));
  }));
}

test('long names and cells are clipped, and open', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, at.long);
  const heading = page.locator('h1');
  assert.ok((await heading.textContent()).length < 70);
  assert.match(await heading.getAttribute('title'), /\.csv$/);
  await page.locator('details.clipped summary').click();
  assert.equal(await page.locator('main th', { hasText: 'Ghi chú' }).count(), 0, 'what is not read is not shown');
  await page.locator('td .problem', { hasText: 'Tên bị hỏng dấu' }).waitFor();
  await open(page, at.empty);
  await page.locator('main', { hasText: 'không có người nào ở dưới' }).waitFor();
}));

test('a row that is read as something else says so, and who comes twice says where', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await upload(page, 'dong-nen-xem.csv', [
      'Họ và tên,Chức vụ,Đơn vị,SĐT',
      'Lê Xem Lại,Thủ kho,Năm Lúa,0168 123 4999',
      'Trần Lặp,Kỹ thuật,Năm Lúa,',
      'Trần Lặp,Kỹ thuật,Năm Lúa,',
    ].join('\n'));
    await page.waitForURL(/\/import\/\d+$/);
    const noted = page.locator('main table').first();
    await noted.locator('td', { hasText: 'Đổi thành 0381 234 999' }).waitFor();
    await noted.locator('td', { hasText: 'Chức vụ không nhận ra' }).waitFor();
    await noted.locator('.badge', { hasText: 'Trùng dòng 3' }).waitFor();
    await shoot(page, 'import-noted');
  }));

test('a question of the workshop is a column', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  const words = 'Họ và tên,Đơn vị,Cơ sở dùng nước từ đâu là chính?\nLê Cột,Năm Lúa,giếng khoan\nLê Hỏi,Năm Lúa,nước mưa\n';
  await upload(page, 'cau-hoi.csv', words);
  await page.waitForURL(/\/import\/\d+$/);
  assert.match(await page.inputValue('#column-2'), /^answers\.\d+$/);
  await counts(page.locator('td .problem'), 1);
  await shoot(page, 'import-question');
}));

suite('what is wrong stands beside the field', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await upload(page, 'anh.csv', '%PDF-1.7\n\x01\x02');
    await page.locator('#file-problem').waitFor();
    await check(page, `${IMPORT} refused`);
    await upload(page, 'thu.csv', 'Kính gửi Trung tâm\nĐơn vị cử người dự hội thảo\n');
    await page.locator('#file-problem').waitFor();
    await open(page, at.strange);
    await page.locator('main fieldset#columns').scrollIntoViewIfNeeded();
    await page.selectOption('#column-1', 'establishment');
    await page.locator('main details form button[type=submit]').click();
    await page.locator('.error-summary a[href="#columns"]').waitFor();
    await shoot(page, `import-columns-${way.lang}-${way.width}`);
    assert.equal(await page.inputValue('#column-1'), 'establishment', 'what was chosen is kept');
    await check(page, 'columns refused');
    if (way.width === 'phone') assert.deepEqual(await smallTargets(page), []);
  }));
}));

test('a file is registered in the background and taken back, without JavaScript', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await upload(page, 'nhap.csv', FILE.replaceAll('Nhập Tệp', 'Nhập Thật').replace('444 001', '444 777').replace('4567', '4777'));
    await page.waitForURL(/\/import\/\d+$/);
    const own = new URL(page.url()).pathname;
    const download = page.waitForEvent('download');
    await page.click('main form[action$="/rejected"] button');
    assert.match((await download).suggestedFilename(), /^dong-loi-\d+\.xlsx$/);
    // The workbook can be brought again as it is, with the same said of it.
    const leftOut = await readFile(await (await download).path());
    await open(page, IMPORT);
    await page.setInputFiles('#file', { name: 'dong-loi.xlsx', mimeType: 'application/octet-stream', buffer: leftOut });
    await page.click('main form.upload button[type=submit]');
    await page.waitForURL(/\/import\/\d+$/);
    await counts(page.locator('td .problem'), 3);
    await open(page, own);
    await page.locator('main form:not([action]) button[type=submit]').click();
    // The page looks again by itself until it is done.
    await page.locator('main a[href$="/undo"]').waitFor();
    await shoot(page, 'import-done');
    await open(page, `/manage/workshops/${workshops.open}/people?source=import`);
    assert.ok(await page.locator('main table tbody tr').count() >= 2);
    await open(page, `${own}/undo`);
    await shoot(page, 'import-undo');
    await house.visit({ as: 'organizer', width: 'phone' }, async (looked) => {
      for (const path of [own, `${own}/undo`]) {
        await open(looked, path);
        await check(looked, path);
        assert.deepEqual(await smallTargets(looked), []);
      }
    });
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL((url) => url.pathname === own);
    await shoot(page, 'import-undone');
    await house.visit({ as: 'organizer' }, async (looked) => {
      await open(looked, own);
      await check(looked, 'import undone');
    });
  }));
