// Attendance from the sheet to the signature: looks in every way, and the whole path without
// JavaScript: printed, entered, corrected, put forward, signed by another, reopened.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, look, open, shoot, smallTargets, workshops } from './kit.mjs';

let house;
const at = {};
const BOARD = `/manage/workshops/${workshops.held}/attendance`;
const KEYS = `/manage/workshops/${workshops.open}/keys`;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

const path = (page) => new URL(page.url()).pathname;
const submit = (page) => page.locator('main form button[type=submit]').first().click();

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, BOARD);
    const reopen = await page.locator('main a[href$="/reopen"]').getAttribute('href');
    at.session = reopen.replace(/\/reopen$/, '');
    await open(page, `${at.session}/reopen`);
    await submit(page);
    await page.locator('.error-summary a[href="#reason"]').waitFor();
    await page.fill('#reason', 'Bổ sung phiếu ký');
    await submit(page);
    await page.waitForURL(`**${at.session}?done=reopened`);
    await page.locator('main form[action$="/print"] button').click();
    await page.waitForURL(/\/sheets\/[A-Z0-9]{5}$/);
    at.sheet = path(page);
    at.person = await (async () => {
      await open(page, at.session);
      return page.locator('main tbody a[href*="/people/"]').first().getAttribute('href');
    })();
    await open(page, KEYS);
    await page.fill('#label', 'Cửa chính, chị Nguyễn Thị Ngọc Lan và các bạn');
    await submit(page);
    await page.waitForURL('**/keys?done=made');
    at.revoke = await page.locator('main a[href$="/revoke"]').first().getAttribute('href');
  });
});
after(async () => { await house?.end(); });

const PAGES = {
  board: () => at.session,
  flagged: () => `${at.session}?only=flagged`,
  correct: () => at.person,
  propose: () => `${at.session}/propose`,
  sheet: () => at.sheet,
  entry: () => `${at.sheet}/enter`,
  photos: () => `${at.session}/photos`,
  conflicts: () => `/manage/workshops/${workshops.held}/conflicts`,
  keys: () => KEYS,
  revoke: () => at.revoke,
  waiting: () => '/figures',
  programme: () => '/programme',
  settings: () => `/manage/workshops/${workshops.open}/edit`,
};

for (const [name, page] of Object.entries(PAGES)) {
  suite(`attendance ${name}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (tab) => look(tab, page(), way, `attendance-${name}`)));
  }));
}

async function checkHere(page, way, name) {
  await shoot(page, `attendance-${name}-${way.lang}-${way.width}`);
  await check(page, `${name} (${way.lang}, ${way.width})`);
  if (way.width === 'phone') assert.deepEqual(await smallTargets(page), [], `too small to touch in ${name}`);
}

suite('what is wrong stands beside the field', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await open(page, `${at.sheet}/enter`);
    await page.fill('#rows', '1 x 9999');
    await submit(page);
    await page.locator('#rows-problem').waitFor();
    assert.equal(await page.inputValue('#rows'), '1 x 9999', 'what was typed is kept');
    await counts(page.locator('.error-summary li'), 2);
    await checkHere(page, way, 'entry-refused');
    await page.fill('#rows', '1-3');
    await submit(page);
    await page.locator('main button[name=confirm]').waitFor();
    await checkHere(page, way, 'entry-look');
    await open(page, `${at.sheet}/enter`);
    await page.locator('main details summary').click();
    await page.fill('#row', '1');
    await page.locator('main details form button[type=submit]').click();
    await page.locator('#row-problem').waitFor();
    await checkHere(page, way, 'guest-refused');
    await open(page, at.person);
    await submit(page);
    await page.locator('.error-summary a').first().waitFor();
    await checkHere(page, way, 'correct-refused');
  }));
}));

test('a sheet is printed with its rows, codes and blank rows', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, at.sheet);
    const rows = await page.locator('.sign-sheet tbody tr').count();
    const codes = await page.locator('.sign-sheet__qr svg').count();
    assert.equal(rows, codes + 20);
    await page.emulateMedia({ media: 'print' });
    const low = await page.locator('.sign-sheet tbody tr').evaluateAll(
      (all) => all.filter((row) => row.getBoundingClientRect().height < 37.7).length);
    assert.equal(low, 0, 'a row is lower than 10 mm');
    await shoot(page, 'attendance-sheet-printed');
  }));

test('rows are entered, corrected, put forward, signed by another and reopened, without JavaScript', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, `${at.sheet}/enter`);
    await page.fill('#rows', '1-3 5');
    await submit(page);
    await page.locator('main button[name=confirm]').click();
    await page.waitForURL(/done=entered&signed=4/);
    await open(page, at.session);
    const number = at.sheet.split('/').pop();
    await counts(page.locator('main tbody td', { hasText: number }), 4, 'four have signed');
    await shoot(page, 'attendance-signed');

    await open(page, at.person);
    await page.locator('input[name=state][value=excused]').check();
    await page.fill('#reason', 'Nghỉ ốm, có giấy');
    await submit(page);
    await page.waitForURL('**?done=corrected');
    await counts(page.locator('main tbody', { hasText: 'Nghỉ ốm, có giấy' }), 1);

    await open(page, `${at.session}/photos`);
    await page.setInputFiles('#file', { name: 'phieu.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') });
    await page.locator('main form.upload button').click();
    await page.locator('#file-problem').waitFor();
    await page.setInputFiles('#file', { name: 'phieu ký.png', mimeType: 'image/png', buffer: PNG });
    await page.locator('main form.upload button').click();
    await page.waitForURL('**?done=uploaded');
    const download = page.waitForEvent('download');
    await page.locator('main tbody th a').first().click();
    assert.equal((await download).suggestedFilename(), 'phieu ký.png');

    await open(page, `${at.session}/propose`);
    await submit(page);
    await page.waitForURL('**?done=proposed');
    await counts(page.locator('main a[href$="/sign"]'), 0, 'nobody signs the own figures');
    const own = await page.request.get(`${at.session}/sign`);
    assert.equal(own.status(), 409);
    await counts(page.locator('main tbody a[href*="/people/"]'), 0, 'nothing can be corrected');

    for (const way of everyWay((each) => each)) {
      await house.visit({ ...way, as: 'director' }, async (other) => {
        await look(other, '/programme', way, 'attendance-director-programme');
        await look(other, '/figures', way, 'attendance-director-waiting');
        await look(other, at.session, way, 'attendance-director-board');
        await counts(other.locator('main table'), 0, 'no names for the director');
        await look(other, `${at.session}/sign`, way, 'attendance-director-sign');
      });
    }
    await house.visit({ as: 'director', js: false }, async (other) => {
      await open(other, '/programme');
      await other.locator('main a[href="/figures"]').click();
      await other.locator('main ul.list a').first().click();
      await other.locator('main a[href$="/sign"]').click();
      await submit(other);
      await other.waitForURL('**?done=signed');
      await shoot(other, 'attendance-director-signed');
    });

    await open(page, `${at.sheet}/enter`);
    await counts(page.locator('#rows'), 0, 'signed figures take no rows');
    await open(page, `${at.session}/reopen`);
    await submit(page);
    await page.locator('.error-summary a[href="#reason"]').waitFor();
    await page.fill('#reason', 'Sót một phiếu');
    await submit(page);
    await page.waitForURL('**?done=reopened');

    await open(page, `${at.sheet}/enter`);
    await page.locator('main form[action$="/undo"] button').first().click();
    await page.waitForURL('**?done=undone');
    await open(page, at.revoke);
    await submit(page);
    await page.waitForURL('**/keys?done=revoked');
    await counts(page.locator('main .ticket__qr'), 0);
  }));
