// The main path, each step through its real door, as the five people walk it: an organiser
// schedules and publishes, a delegate registers from a phone without JavaScript, door staff check
// in, a trainer uploads, the organiser sends, and the director reads the figures.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { begin, check, counts, open, shoot } from './kit.mjs';

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const TITLE = 'Tiết kiệm năng lượng trong sấy cơm dừa';
const SLUG = 'tiet-kiem-nang-luong-trong-say-com-dua';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const PEOPLE = [
  { name: 'Nguyễn Thị Đào', phone: '0959 222 001', email: 'dao@example.com' },
  { name: 'Trần Văn Đạo', phone: '0959 222 002', email: 'dao2@example.com' },
];

/** Local time in Viet Nam this many minutes from now, as a datetime-local field wants it. */
const local = (minutes) => new Date(Date.now() + (7 * 60 + minutes) * 60_000).toISOString().slice(0, 16);

const figure = async (page) => (await page.locator('.big-number__value').first().innerText()).trim();

let codes = [];

suite('the main path', () => {
  test('an organiser schedules a workshop, lacks a title, and publishes it', () =>
    house.visit({ as: 'organizer', js: false }, async (page) => {
      await open(page, '/manage/workshops');
      await page.locator('a[href="/manage/workshops/new"]').first().click();
      await page.locator('[name=title_vi]').fill(TITLE);
      await page.locator('[name=room]').fill('Hội trường Sở Công Thương');
      // Under way: the door admits, and registration is open until the last session begins.
      await page.locator('[name=starts_at]').fill(local(-30));
      await page.locator('[name=ends_at]').fill(local(-90));
      await page.locator('[name=opens_at]').fill(local(-600));
      await page.locator('[name=capacity]').fill('1');
      await page.locator('main form button[type=submit]').click();
      assert.match(await page.locator('.error-summary').innerText(), /kết thúc/i);
      assert.equal(await page.locator('[name=title_vi]').inputValue(), TITLE);
      await page.locator('[name=ends_at]').fill(local(120));
      await page.locator('[name=room]').fill('');
      await page.locator('main form button[type=submit]').click();
      // What began already is taken once that is said to be meant.
      await page.locator('.error-summary a[href="#starts_at"]').waitFor();
      await page.locator('.error-summary a[href="#room"]').waitFor();
      await page.locator('[name=room]').fill('Hội trường Sở Công Thương');
      await page.locator('[name=already_held]').check();
      await page.locator('main form button[type=submit]').click();
      await page.waitForURL(`**/manage/workshops/${SLUG}*`);

      // A draft without an English title says what is missing, and is not public.
      assert.equal((await page.request.get(`/workshops/${SLUG}`)).status(), 404);
      await open(page, `/manage/workshops/${SLUG}/sessions/new`);
      await page.locator('[name=room]').fill('Xưởng');
      await page.locator('[name=starts_at]').fill(local(130));
      await page.locator('[name=ends_at]').fill(local(170));
      await page.locator('main form button[type=submit]').click();
      await page.waitForURL(`**/manage/workshops/${SLUG}/sessions*`);
      await open(page, `/manage/workshops/${SLUG}/edit`);
      await page.locator('[name=closes_at]').fill(local(131));
      await page.locator('main form button[type=submit]').click();
      await page.locator('.error-summary a[href="#closes_at"]').waitFor();
      await page.locator('[name=closes_at]').fill(local(100));
      await page.locator('[name=title_en]').fill('Saving energy in drying coconut');
      await page.locator('main form button[type=submit]').click();
      await open(page, `/manage/workshops/${SLUG}`);
      await page.locator(`form[action$="/publish"] button`).click();
      await page.waitForURL(`**/manage/workshops/${SLUG}*`);
      assert.equal((await page.request.get(`/workshops/${SLUG}`)).status(), 200);

      await open(page, `/manage/workshops/${SLUG}/assign`);
      for (const box of await page.locator('[name=accounts]').all()) await box.check();
      await page.locator('main form button[type=submit]').click();
    }));

  test('two delegates register without JavaScript; the second waits', () =>
    house.visit({ width: 'phone', js: false }, async (page) => {
      for (const { name, phone, email } of PEOPLE) {
        await open(page, `/workshops/${SLUG}/register`);
        await page.locator('[name=full_name]').fill(name);
        await page.locator('[name=phone]').fill(phone);
        await page.locator('[name=email]').fill(email);
        await page.locator('[name=role][value=technician]').check();
        await page.locator('[name=establishment]').fill('Cty TNHH Giọt Nắng');
        await page.locator('[name=locality]').fill('Giồng Trôm');
        await page.locator('[name=consent_reporting]').check();
        await page.locator('[name=consent_materials]').check();
        await page.locator('main form[method=post] button[type=submit]').click();
        await page.waitForURL('**/my/*');
        assert.ok(!page.url().includes('0959'), 'a phone number in an address');
        const code = page.locator('.ticket__code .nowrap');
        codes.push((await code.count()) > 0 ? (await code.innerText()).replaceAll(/\s/g, '') : '');
      }
      assert.match(await page.locator('main').innerText(), /danh sách chờ/i);
    }));

  test('door staff find by unaccented name, check in, repeat and undo, as they type', () =>
    house.visit({ as: 'door', width: 'phone' }, async (page) => {
      await open(page, `/door/${SLUG}`);
      await page.locator('#q').pressSequentially('nguyen thi dao', { delay: 20 });
      const person = page.locator('.door__people li').filter({ hasText: PEOPLE[0].name });
      await person.waitFor();
      assert.equal(new URL(page.url()).search, '', 'a name in an address');
      await person.locator('button').first().click();
      await page.locator('.door__answer--ok').waitFor();
      await check(page, 'the door after an admission');
      await shoot(page, 'path-door-admitted');
      assert.match(await page.locator('.door__foot').innerText(), /1/);

      // The code again: harmless, and says since when.
      await page.locator('#q').fill(codes[0]);
      await page.locator('#q').press('Enter');
      await page.locator('.door__answer--wait').waitFor();
      assert.match(await page.locator('.door__answer').innerText(), /\d\d:\d\d/);
      await shoot(page, 'path-door-already');
    }));

  test('the same door without JavaScript: refusals, undo, and a walk-in in three fields', () =>
    // Chromium fetches the script ahead all the same, and says that it may not run.
    house.visit({ as: 'door', js: false, expected: [/^csp /] }, async (page) => {
      await open(page, `/door/${SLUG}`);
      await page.locator('#q').fill('XXXX2222');
      await page.locator('#q').press('Enter');
      await page.locator('.door__people, .door__answer, .empty, .notice').first().waitFor();
      await page.locator('#q').fill(codes[0]);
      await page.locator('#q').press('Enter');
      await page.locator('form[action$="/undo"] button').first().click();
      await page.locator('#q').fill(codes[0].toLowerCase());
      await page.locator('#q').press('Enter');
      await page.locator('.door__answer--ok').waitFor();

      const walkIn = page.locator('form[action$="/walk-in"]');
      await walkIn.locator('button[type=submit]').click();
      await counts(page.locator('.error-summary li'), 3);
      await walkIn.locator('[name=full_name]').fill('Lê Thị Khách');
      await walkIn.locator('[name=establishment]').fill('CSSX Năm Lúa');
      await walkIn.locator('[name=role][value=owner]').check();
      await walkIn.locator('button[type=submit]').click();
      // The one seat is taken: asked once, and nothing typed is lost.
      await walkIn.locator('[name=over]').check();
      assert.equal(await walkIn.locator('[name=full_name]').inputValue(), 'Lê Thị Khách');
      await shoot(page, 'path-door-full');
      await walkIn.locator('button[type=submit]').click();
      await page.locator('.door__answer--ok').waitFor();
      assert.match(await page.locator('.door__foot').innerText(), /2/);
    }));

  test('a trainer uploads; what is no PDF is refused', () =>
    house.visit({ as: 'trainer' }, async (page) => {
      await open(page, '/trainer');
      await page.locator(`a[href="/manage/workshops/${SLUG}/materials"]`).first().click();
      const file = page.locator('input[type=file]');
      await file.setInputFiles({ name: 'bài giảng.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a PDF') });
      await page.locator('form.upload button[type=submit]').click();
      await page.locator('.problem').first().waitFor();
      await file.setInputFiles({ name: 'Bài giảng sấy.pdf', mimeType: 'application/pdf', buffer: PDF });
      await page.locator('form.upload button[type=submit]').click();
      await page.waitForURL('**/materials?done=*');
      await page.getByText('Bài giảng sấy.pdf').first().waitFor();
      await check(page, 'materials after an upload');
      assert.equal((await page.request.get('/programme')).status(), 403);
    }));

  test('the organiser sends to those who came and agreed: once', () =>
    house.visit({ as: 'organizer' }, async (page) => {
      const path = `/manage/workshops/${SLUG}/materials`;
      await open(page, path);
      await page.locator(`a[href="${path}/send"]`).click();
      await check(page, 'before sending');
      await page.locator('main form button[type=submit]').click();
      await page.waitForURL(`**${path}?*`);
      await page.locator('.notice--ok progress').waitFor({ timeout: 20_000 });
      await shoot(page, 'path-sent');
      await open(page, path);
      await counts(page.locator(`a[href="${path}/send"]`), 0, 'nobody is left to send to');
    }));

  test('the mail holds a personal link, and the file behind it', async () => {
    const folder = join(house.server.folder, 'mail');
    let link;
    for (let tries = 0; tries < 50 && !link; tries += 1) {
      for (const name of await readdir(folder)) {
        const text = (await readFile(join(folder, name), 'utf8')).replaceAll('=\r\n', '').replaceAll('=3D', '=');
        link ??= text.match(/(?<!unsubscribe)\/materials\/[\w-]+/)?.[0];
      }
      await sleep(100);
    }
    assert.ok(link, 'no mail with a link');
    await house.visit({ width: 'phone', js: false }, async (page) => {
      await open(page, link);
      const href = await page.locator(`main a[href^="${link}/"]`).getAttribute('href');
      const answer = await page.request.get(href);
      assert.deepEqual(await answer.body(), PDF);
      assert.match(answer.headers()['content-disposition'], /attachment;.*filename\*=UTF-8''B%C3%A0i/);
    });
  });

  test('the director sees two attendances more, and no names', () =>
    house.visit({ as: 'director' }, async (page) => {
      await open(page, '/programme');
      // Verified are those that two persons signed; these two are provisional.
      assert.equal(await figure(page), '600');
      await page.locator('.big-number__provisional', { hasText: '+ 2 tạm tính' }).first().waitFor();
      const text = await page.locator('main').innerText();
      assert.ok(!text.includes(PEOPLE[0].name));
      assert.equal((await page.request.get(`/manage/workshops/${SLUG}/people`)).status(), 403);
    }));
});
