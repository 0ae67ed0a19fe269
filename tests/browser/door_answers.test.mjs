// What those at the door see and hear: an answer to whatever is scanned, in view on a phone, with
// what to do next; figures of now; and nothing to fill in on a device that may not any more.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { CUT, DOOR, SLUG, alone, cut, foot, footSays, openDoor, ready, scan, signed, until } from './door.mjs';
import { check, counts, open, shoot, smallTargets, workshops } from './kit.mjs';

let house;
let rows;
let register;
let one;
let checkins;
let conflicts;
let end;

before(async () => {
  ({ house, rows, register, one, checkins, conflicts, end } = await openDoor());
});
after(() => end?.());

const FOREIGN = ['https://zalo.me/0958123456', 'ZZZZ3333'];
const word = (page) => page.locator('.door__word').innerText();
const setState = (code, state) => rows.prepare('UPDATE registration SET state = ? WHERE code = ?').run(state, code);
const form = (page) => page.locator('form[action$="/walk-in"]');
const sendWalkIn = (page) => form(page).locator('button[type=submit]').click();
const standing = (name) => one(
  'SELECT count(*) AS n FROM checkin c JOIN registration r ON r.id = c.registration_id JOIN person p ON p.id = r.person_id WHERE p.full_name = ? AND c.undone_at IS NULL',
  name,
).n;

async function writeWalkIn(page, name) {
  await form(page).locator('[name=full_name]').fill(name);
  await form(page).locator('[name=establishment]').fill('Công ty Bí Mật');
  await form(page).locator('[name=role][value=technician]').check();
}

/** Types into whatever has the keyboard, as a scanner does that is one. */
async function type(page, text) {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Looked at again after a while in a pocket. */
const lookAgain = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));

/** Whether these are seen: inside of the window, and above the foot. */
async function inView(page, ...locators) {
  const bottom = (await page.locator('.door__foot').boundingBox()).y;
  for (const locator of locators) {
    const box = await locator.boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= bottom, `${await locator.innerText()}: ${JSON.stringify(box)}, the foot at ${bottom}`);
  }
}

suite('whatever is scanned', () => {
  for (const network of [true, false]) {
    test(`what is no ticket is answered and makes room for the next, ${network ? 'with' : 'without'} a network`, () =>
      house.visit(alone, async (page, context) => {
        await ready(page);
        if (!network) await cut(page, context);
        await page.locator('#q').focus();
        for (const text of FOREIGN) {
          const an = await register();
          await type(page, text);
          await page.locator('.door__answer--bad', { hasText: 'Không rõ mã' }).waitFor();
          await type(page, an.code);
          // Registered since the list came: alone, the device notes it.
          await page.locator(network ? '.door__answer--ok' : '.door__answer--wait').waitFor();
          assert.equal(await page.locator('#q').inputValue(), '');
          if (network) assert.equal(checkins(an.code), 1);
        }
        // A name that is sent is looked for, and no accident.
        await type(page, 'huynh ngoc');
        await page.locator('.door__people li').first().waitFor();
        assert.equal(await page.locator('.door__answer').count(), 0);
      }));
  }

  test('so it is without JavaScript', () =>
    house.visit({ as: 'organizer', js: false, expected: [/^csp /] }, async (page) => {
      await open(page, DOOR);
      await page.locator('#q').fill(FOREIGN[0]);
      await page.locator('.door__search button').click();
      assert.equal(await page.locator('.door__answer--bad .door__word').innerText(), 'Không rõ mã');
      assert.equal(await page.locator('#q').inputValue(), '');
    }));

  test('who is refused is told why in one word, and what to do, with a network and without', () =>
    house.visit(alone, async (page, context) => {
      const people = [];
      for (const [state, said, help] of [
        ['cancelled', 'Đã hủy đăng ký', 'Khách ngoài danh sách'],
        ['waitlisted', 'Danh sách chờ', 'Khách ngoài danh sách'],
        ['offered', 'Chưa nhận chỗ', 'Chỗ được giữ đến 02/01/2031 10:30'],
      ]) {
        const { code, full_name: name } = await register();
        setState(code, state);
        people.push({ code, name, said, help });
      }
      rows.prepare("UPDATE registration SET offer_until = '2031-01-02T03:30:00+00:00' WHERE code = ?").run(people[2].code);
      await ready(page);
      const all = async () => {
        for (const { code, name, said, help } of people) {
          const { tone, text } = await scan(page, code);
          assert.equal(tone, 'bad');
          assert.equal(await word(page), said);
          assert.ok(text.includes(name) && text.includes(help), text);
          await inView(page, page.locator('.door__name'), page.locator('.door__answer p').last());
        }
      };
      await all();
      await shoot(page, 'door-offered');
      const other = one('SELECT r.code FROM registration r JOIN workshop w ON w.id = r.workshop_id WHERE w.slug = ? LIMIT 1', workshops.full);
      await scan(page, other.code);
      assert.equal(await word(page), 'Hội thảo khác');
      await cut(page, context);
      await all();
    }));
});

suite('on a phone', () => {
  test('name, establishment, colleague and consent are in view below the camera', () =>
    house.visit({ as: 'organizer', width: 'phone' }, async (page, context) => {
      await context.addInitScript(() => {
        window.BarcodeDetector = class {
          static getSupportedFormats() { return Promise.resolve(['qr_code']); }
          detect() { return Promise.resolve(window.shown ? [{ rawValue: window.shown }] : []); }
        };
        if (!navigator.mediaDevices) return;
        navigator.mediaDevices.getUserMedia = () => {
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [640, 480];
          canvas.getContext('2d').fillRect(0, 0, 640, 480);
          return Promise.resolve(canvas.captureStream(5));
        };
      });
      const [an, binh] = [await register(), await register()];
      rows.prepare('DELETE FROM consent WHERE registration_id = (SELECT id FROM registration WHERE code = ?)').run(an.code);
      await ready(page);
      await page.getByRole('button', { name: /máy ảnh/ }).click();
      await page.locator('.door__camera video').waitFor();
      await page.evaluate((code) => { window.shown = code; }, an.code);
      const answer = page.locator('.door__answer--ok', { hasText: an.full_name });
      await answer.waitFor();
      await inView(page, answer);
      await shoot(page, 'door-camera-answer');

      await page.getByText('Hỏi ý kiến về dữ liệu cá nhân').click();
      const asked = page.locator('form[action$="/consent"]');
      assert.match(await asked.innerText(), /chịu trách nhiệm về dữ liệu/);
      assert.equal(await asked.getByRole('link').getAttribute('href'), '/privacy');
      await check(page, 'the consent');
      assert.deepEqual(await smallTargets(page), []);
      await asked.locator('[name=consent_reporting]').check();
      await asked.locator('button').click();
      await page.locator('.door__answer--ok', { hasText: 'Đã lưu câu trả lời' }).waitFor();
      assert.ok((await page.locator('.door__answer').innerText()).includes(an.full_name));

      // A colleague comes with a code that was used: two taps, and a name.
      await page.evaluate((code) => { window.shown = code; }, binh.code);
      await page.locator('.door__answer--ok', { hasText: binh.full_name }).waitFor();
      await page.getByRole('button', { name: /Tắt máy ảnh/ }).click();
      assert.equal((await scan(page, binh.code)).tone, 'wait');
      await page.getByText('Là đồng nghiệp đến thay').click();
      await inView(page, page.locator('#colleague'));
      await type(page, 'Hồ Thị Đến Thay');
      await page.locator('.door__answer--ok', { hasText: 'Hồ Thị Đến Thay' }).waitFor();
      assert.deepEqual([standing('Hồ Thị Đến Thay'), standing(binh.full_name)], [1, 0]);
    }));
});

suite('figures of now', () => {
  test('who came elsewhere counts at once when somebody looks, and a fresh page keeps its own figures', () =>
    house.visit({ as: 'organizer', expected: CUT }, async (page, context) => house.visit({ as: 'organizer' }, async (other) => {
      const [an, binh] = [await register(), await register()];
      await ready(page);
      await ready(other);
      const said = async () => Number((await foot(page)).split('/')[0]);
      const before = await said();
      await scan(other, an.code);
      await lookAgain(page);
      await footSays(page, new RegExp(`^${before + 1} / `));
      // Nothing but the page itself tells of the next.
      await context.route(/\/door\/[^/]+\/(list|counts)/, (route) => route.abort());
      await scan(other, binh.code);
      await page.reload();
      await footSays(page, new RegExp(`^${before + 2} / `));
      await page.waitForTimeout(1500);
      assert.equal(await said(), before + 2, 'the stored list has the last word');
    })));

  test('what waits for an organiser is said until it is settled, and counts neither before nor after a reload', () =>
    house.visit(alone, async (page, context) => {
      await ready(page);
      await cut(page, context);
      const before = (await foot(page)).split('/')[0];
      assert.equal((await scan(page, 'YYYY3333')).tone, 'wait');
      assert.equal((await foot(page)).split('/')[0], before);
      await page.reload();
      await footSays(page, /ngoại tuyến, 1 chờ gửi/);
      assert.equal((await foot(page)).split('/')[0], before);
      await page.locator('#q').fill('huynh');
      const nameless = page.locator('.notice', { hasText: 'tìm theo tên' });
      await nameless.waitFor();
      await context.setOffline(false);
      await until(() => conflicts('YYYY3333') === 1, 'not handed in');
      await page.locator('.notice', { hasText: 'xem lại' }).waitFor();
      await counts(nameless, 0, 'names are there again');
      rows.exec("UPDATE door_conflict SET settled_at = recorded_at, settled_by = 'system', settlement = 'dismissed'");
      await lookAgain(page);
      await counts(page.locator('.notice', { hasText: 'xem lại' }), 0, 'settled, and still said');
    }));
});

suite('walk-ins without a network', () => {
  test('a namesake and a full room are asked about once', () =>
    house.visit(alone, async (page, context) => {
      const [an, binh] = [await register(), await register()];
      const seats = one('SELECT capacity FROM workshop WHERE slug = ?', SLUG).capacity;
      await ready(page);
      await cut(page, context);
      await writeWalkIn(page, an.full_name);
      await sendWalkIn(page);
      await page.locator('.door__answer--wait', { hasText: 'trùng tên' }).waitFor();
      await page.locator('.door__people li', { hasText: an.full_name }).getByRole('button', { name: 'Điểm danh' }).click();
      await page.locator('.door__answer--ok', { hasText: an.full_name }).waitFor();
      assert.equal(await form(page).locator('[name=full_name]').inputValue(), '');

      await writeWalkIn(page, binh.full_name);
      await sendWalkIn(page);
      await page.locator('.door__answer--wait', { hasText: 'trùng tên' }).waitFor();
      await shoot(page, 'door-offline-likely');
      await sendWalkIn(page);
      await page.locator('.door__answer--ok', { hasText: binh.full_name }).waitFor();
      await context.setOffline(false);
      await until(() => standing(an.full_name) === 1 && standing(binh.full_name) === 1, 'not handed in');
      assert.equal(checkins(binh.code), 0, 'somebody else of this name');
      assert.equal(one('SELECT count(*) AS n FROM person WHERE full_name = ?', binh.full_name).n, 2);

      const held = one("SELECT count(*) AS n FROM registration WHERE state = 'booked' AND workshop_id = (SELECT id FROM workshop WHERE slug = ?)", SLUG).n;
      rows.prepare('UPDATE workshop SET capacity = ? WHERE slug = ?').run(held, SLUG);
      try {
        await ready(page);
        await cut(page, context);
        await writeWalkIn(page, 'Lưu Thị Chật Chỗ');
        await sendWalkIn(page);
        await page.locator('.door__answer--wait', { hasText: `Đã đủ ${held} chỗ` }).waitFor();
        await footSays(page, /ngoại tuyến, 0 chờ gửi/);
        await sendWalkIn(page);
        await page.locator('.door__answer--ok', { hasText: 'Lưu Thị Chật Chỗ' }).waitFor();
        await context.setOffline(false);
        await until(() => standing('Lưu Thị Chật Chỗ') === 1, 'not handed in');
      } finally {
        rows.prepare('UPDATE workshop SET capacity = ? WHERE slug = ?').run(seats, SLUG);
      }
    }));
});

for (const lang of ['vi', 'en']) {
  test(`a device that was revoked loses nothing that was typed, and says what to do, ${lang}`, () =>
    house.visit({ lang, width: 'phone', expected: CUT }, async (page) => {
      const code = lang === 'vi' ? 'ABCDEFGK' : 'ABCDEFGM';
      const workshop = one('SELECT id, created_at FROM workshop WHERE slug = ?', SLUG);
      rows.prepare('INSERT INTO door_link (workshop_id, label, code, created_by, created_at) VALUES (?, ?, ?, ?, ?)')
        .run(workshop.id, 'Cửa chính', code, 'system', workshop.created_at);
      await open(page, `/door/enter/${signed('door', code)}`);
      await page.locator('main form button').click();
      await page.waitForURL(`**${DOOR}`);
      await ready(page);
      rows.exec('UPDATE door_device SET revoked_at = seen_at WHERE link_id IS NOT NULL');
      const name = `Lưu Thị Thu Hồi ${lang}`.replace(/ \w+$/, lang === 'vi' ? ' An' : ' Anh');
      await writeWalkIn(page, name);
      await sendWalkIn(page);
      const dead = lang === 'vi' ? 'Liên kết không còn dùng được' : 'This link does not work any more';
      await page.locator('.door__gone', { hasText: dead }).waitFor();
      for (const gone of ['#q', 'form', '.door__answer']) {
        assert.equal(await page.locator(`main ${gone}`).filter({ visible: true }).count(), 0, gone);
      }
      await until(() => one('SELECT count(*) AS n FROM door_conflict WHERE form LIKE ?', `%${name}%`).n === 1, 'what was typed is lost');
      await check(page, 'a revoked device');
      await shoot(page, `door-revoked-${lang}`);
      await until(async () => (await page.goto(DOOR)).status() === 403, 'the page was kept');
      assert.equal(await page.locator('h1').innerText(), dead);
      assert.equal(await page.locator('main form').count(), 0);
      await check(page, 'a revoked device, opened again');
    }));
}
