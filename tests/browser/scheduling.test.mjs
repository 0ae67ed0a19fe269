// Scheduling as an organiser does it: sessions, agendas, clashes, moving with a preview, calling
// off, copying, locking; and what the public and the registrant see of it.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, counts, everyWay, look, open, workshops } from './kit.mjs';

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const organizer = (go, more = {}) => house.visit({ as: 'organizer', js: false, ...more }, go);
const board = (slug, rest = '') => `/manage/workshops/${slug}${rest}`;
const press = (page) => page.locator('main form button[type=submit]').first().click();
const local = (days, hour) => {
  const day = new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${hour}`;
};

suite('the pages', () => {
  const pages = {
    new: '/manage/workshops/new',
    edit: board(workshops.draft, '/edit'),
    'edit-published': board(workshops.open, '/edit'),
    sessions: board(workshops.draft, '/sessions'),
    'sessions-published': board(workshops.relocated, '/sessions'),
    'session-new': board(workshops.draft, '/sessions/new'),
    move: board(workshops.open, '/move'),
    'call-off': board(workshops.open, '/call-off'),
    copy: board(workshops.held, '/copy'),
    close: board(workshops.held, '/close'),
    minimum: board('tiet-kiem-dien-lo-say'),
  };
  for (const [name, path] of Object.entries(pages)) {
    everyWay((way) => test(`${name} ${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) =>
      look(page, path, way, `scheduling-${name}`))));
  }
  for (const slug of [workshops.relocated, workshops.open, 'an-toan-hoa-chat-thuc-pham']) {
    everyWay((way) => test(`public ${slug} ${way.lang} ${way.width}`, () => house.visit(way, (page) =>
      look(page, `/workshops/${slug}`, way, `public-${slug}`))));
  }
});

suite('a draft', () => {
  test('an agenda keeps what was typed and says which row is wrong', () => organizer(async (page) => {
    await open(page, board(workshops.draft, '/sessions'));
    await page.locator('main a[href$="/agenda"]').first().click();
    await page.locator('#item_vi-1').fill('');
    await page.locator('#from-5').fill('06:00');
    await page.locator('#to-5').fill('07:00');
    await page.locator('#item_vi-5').fill('Quá sớm');
    await press(page);
    await page.locator('.error-summary a[href="#from-5"]').waitFor();
    await page.locator('.error-summary a[href="#item_vi-1"]').waitFor();
    await page.locator('.error-summary a', { hasText: 'Mục 6 (Quá sớm): Từ' }).waitFor();
    assert.equal(await page.locator('#item_vi-5').inputValue(), 'Quá sớm');
    await page.locator('button[name=more]').click();
    await page.locator('#item_vi-9').waitFor();
    assert.equal(await page.locator('#item_vi-5').inputValue(), 'Quá sớm', 'more rows lose nothing');
    await press(page);
    await page.locator('#from-5-problem').waitFor();
  }));

  test('a second session is added and taken away', () => organizer(async (page) => {
    await open(page, board(workshops.draft, '/sessions/new'));
    await page.locator('#room').fill('Phòng nhỏ');
    await page.locator('#starts_at').fill(local(60, '13:30'));
    await page.locator('#ends_at').fill(local(60, '13:00'));
    await press(page);
    await page.locator('.error-summary a[href="#ends_at"]').waitFor();
    assert.equal(await page.locator('#room').inputValue(), 'Phòng nhỏ');
    await page.locator('#ends_at').fill(local(60, '16:30'));
    // A room of the register beside a typed place: one of them.
    await page.locator('#room_id').selectOption({ index: 1 });
    await press(page);
    await page.locator('#room-problem').waitFor();
    assert.equal(await page.locator('#room').inputValue(), 'Phòng nhỏ');
    await page.locator('#room_id').selectOption('');
    await press(page);
    await page.locator('h2', { hasText: 'Phiên 2' }).waitFor();
    await page.locator('a[href$="/remove"]').last().click();
    await page.locator('.button--danger').click();
    await page.locator('h2', { hasText: 'Phiên 1' }).waitFor();
    await counts(page.locator('h2', { hasText: 'Phiên 2' }), 0);
  }));

  test('a room that is taken is refused, shown, and kept when that is said', () => organizer(async (page) => {
    await open(page, board(workshops.open, '/move'));
    const [room, starts, ends] = await Promise.all(['#room_id-0', '#starts_at-0', '#ends_at-0'].map((id) => page.locator(id).inputValue()));
    await open(page, '/manage/workshops/new');
    await page.locator('#title_vi').fill('Hội thảo trùng phòng');
    await page.locator('#room_id').selectOption(room);
    await page.locator('#starts_at').fill(starts);
    await page.locator('#ends_at').fill(ends);
    await page.locator('#capacity').fill('30');
    await press(page);
    await page.locator('.error-summary a[href="#room_id"]').waitFor();
    await page.locator('.notice a', { hasText: 'chế biến dừa' }).waitFor();
    await page.locator('[name=allow_clash]').check();
    await press(page);
    await page.waitForURL(/done=scheduled/);
    await page.locator('a[href$="/log"]').first().click();
    await page.locator('main', { hasText: 'Giữ lịch dù bị trùng' }).waitFor();
  }));
});

/** Schedules a workshop; what is given is filled in beside the rest. */
async function schedule(page, title, given) {
  await open(page, '/manage/workshops/new');
  await page.locator('#title_vi').fill(title);
  await page.locator('#title_en').fill(`${title} (EN)`);
  await page.locator('#capacity').fill('30');
  for (const [name, value] of Object.entries(given)) await page.locator(`#${name}`).fill(value);
}
async function saved(page) {
  await press(page);
  await page.waitForURL(/done=scheduled/);
  return new URL(page.url()).pathname.split('/').pop();
}
/** The public page as somebody sees it who is nobody here. */
const seen = (slug, name) => house.visit({ width: 'phone' }, (page) =>
  look(page, `/workshops/${slug}`, { width: 'phone' }, name));
const publish = (page) => page.locator('form[action$="/publish"] button').click();

suite('where it is', () => {
  test('an online workshop says so and leads to no map', () => organizer(async (page) => {
    await schedule(page, 'Hỏi đáp trực tuyến', {
      online_link: 'https://meet.example.com/abc', starts_at: local(70, '08:00'), ends_at: local(70, '10:00'),
    });
    await page.locator('[name=format][value=online]').check();
    const slug = await saved(page);
    await publish(page);
    await page.waitForURL(/done=published/);
    await seen(slug, 'public-online');
    await open(page, `/workshops/${slug}`);
    const where = page.locator('.facts div', { has: page.locator('dt', { hasText: 'Địa điểm' }) });
    assert.match(await where.innerText(), /Trực tuyến/);
    await counts(page.locator('a[href*="openstreetmap"]'), 0);
    // People know of it: how they take part is changed by a move.
    await open(page, board(slug, '/edit'));
    await counts(page.locator('[name=format][type=radio]'), 0);
    await page.locator('main a[href$="/move"]').first().click();
    await page.locator('[name=format][value=hybrid]').check();
    await page.locator('#room-0').fill('Hội trường Sở Công Thương');
    await press(page);
    await page.locator('main', { hasText: 'Hội trường Sở Công Thương' }).waitFor();
    await page.locator('button[name=confirm]').click();
    await page.waitForURL(/\/changes\/\d+/);
    await open(page, `/workshops/${slug}`);
    await page.locator('a[href*="openstreetmap"]').first().waitFor();
    await page.locator('.notice del', { hasText: 'Trực tuyến' }).waitFor();
  }));

  test('each of two rooms stands with its session, and what lacks one leads to its field', () => organizer(async (page) => {
    await schedule(page, 'Hai phòng', { starts_at: local(71, '08:00'), ends_at: local(71, '10:00') });
    await page.locator('[name=format][value=online]').check();
    const slug = await saved(page);
    await open(page, board(slug, '/sessions/new'));
    await page.locator('#session_title_vi').fill('Thực hành');
    await page.locator('#starts_at').fill(local(71, '13:00'));
    await page.locator('#ends_at').fill(local(71, '15:00'));
    await press(page);
    await open(page, board(slug, '/edit'));
    await page.locator('[name=format][value=in_person]').check();
    await press(page);
    await page.waitForURL(/done=revised/);
    for (const room of ['Hội trường lớn', 'Xưởng thực hành']) {
      await open(page, board(slug));
      await page.locator('main a[href$="#room"]').click();
      await page.locator('#room').fill(room);
      await press(page);
      await page.waitForURL(/\/sessions[?#]/);
    }
    await open(page, board(slug));
    await publish(page);
    await page.waitForURL(/done=published/);
    await seen(slug, 'public-two-rooms');
    await open(page, `/workshops/${slug}`);
    const entry = (name) => page.locator('.facts div', { has: page.locator('dt', { hasText: name }) }).first();
    assert.match(await entry('Phiên 1').innerText(), /Hội trường lớn/);
    assert.match(await entry('Phiên 2: Thực hành').innerText(), /13:00[^]*Xưởng thực hành/);
  }));
});

suite('a trainer who is needed twice', () => {
  test('is refused with what and when, kept when that is said, and stands on the home', () => organizer(async (page) => {
    await open(page, board(workshops.open, '/move'));
    const [starts, ends] = await Promise.all(['#starts_at-0', '#ends_at-0'].map((id) => page.locator(id).inputValue()));
    await open(page, board(workshops.open, '/trainers'));
    const name = (await page.locator('main .list h3').first().innerText()).trim();
    await schedule(page, 'Trùng giảng viên', { room: 'Xưởng', starts_at: starts, ends_at: ends });
    const slug = await saved(page);

    await open(page, board(slug, '/trainers'));
    const option = page.locator('#trainer_id option', { hasText: name }).first();
    await page.locator('#trainer_id').selectOption(await option.getAttribute('value'));
    await press(page);
    await page.locator('.error-summary a[href="#trainer_id"]').waitFor();
    await page.locator('.notice a', { hasText: 'chế biến dừa' }).waitFor();
    await page.locator('[name=allow_clash]').check();
    await press(page);
    await page.waitForURL(/done=asked/);

    await open(page, '/programme');
    await page.locator('main', { hasText: 'Trùng lịch với hội thảo khác' }).waitFor();
  }));
});

suite('a published workshop', () => {
  test('is moved after a look at who is told what', () => organizer(async (page) => {
    await open(page, board(workshops.full, '/move'));
    // Sent as it is, the form stays, and says so.
    await press(page);
    await page.locator('.notice', { hasText: 'Chưa có gì thay đổi' }).waitFor();
    await page.locator('#starts_at-0').fill(local(25, '08:00'));
    await page.locator('#ends_at-0').fill(local(25, '16:00'));
    await page.locator('#note_vi').fill('Giảng viên bận.');
    await press(page);
    await page.locator('main', { hasText: 'Giảng viên bận.' }).waitFor();
    await page.locator('main', { hasText: 'Các mốc dời theo' }).waitFor();
    const act = await page.locator('button[name=confirm]').textContent();
    assert.match(act, /báo cho \d+ người/);
    await page.locator('button[name=back]').click();
    assert.equal(await page.locator('#note_vi').inputValue(), 'Giảng viên bận.');
    await press(page);
    await page.locator('button[name=confirm]').click();
    await page.waitForURL(/\/changes\/\d+/);
    assert.match(await page.locator('#zalo-vi').inputValue(), /Đổi lịch: .*\n/);
    const left = await page.locator('main table').first().locator('tbody tr').count();
    if (left > 0) {
      await page.locator('main tbody button').first().click();
      await page.locator('main', { hasText: `Còn ${left - 1} trong ${left}` }).waitFor();
    }
    await open(page, `/workshops/${workshops.full}`);
    await page.locator('.notice', { hasText: 'Giảng viên bận.' }).waitFor();
  }));

  test('is not called off without a reason, and then tells why', () => organizer(async (page) => {
    await open(page, board(workshops.full, '/call-off'));
    await press(page);
    await page.locator('.error-summary a[href="#note_vi"]').waitFor();
    await page.locator('#note_vi').fill('Hội trường ngập nước.');
    await press(page);
    await page.locator('button[name=confirm]').click();
    await page.waitForURL(/\/changes\/\d+/);
    await open(page, `/workshops/${workshops.full}`);
    await page.locator('.notice--bad', { hasText: 'ngập nước' }).waitFor();
    // What is called off is not edited: why, and the way back.
    await open(page, board(workshops.full, '/edit'), 409);
    await page.locator('main', { hasText: 'đã hủy hoặc đã khóa' }).waitFor();
    await page.locator(`main a[href="${board(workshops.full)}"]`).click();
    await page.waitForURL(`**${board(workshops.full)}`);
  }));

  test('goes ahead below its minimum when somebody decides so', () => organizer(async (page) => {
    await open(page, board('tiet-kiem-dien-lo-say'));
    await page.locator('main a[href$="/move?why=minimum"]').click();
    assert.match(await page.locator('#note_vi').inputValue(), /chưa đủ/);
    await page.goBack();
    await page.locator('button', { hasText: 'Vẫn tổ chức' }).click();
    await page.waitForURL(/done=go-ahead/);
    await counts(page.locator('button', { hasText: 'Vẫn tổ chức' }), 0);
  }));
});

test('a held workshop is copied, locked and unlocked', () => organizer(async (page) => {
  await open(page, board(workshops.held, '/copy'));
  await page.locator('#starts_at').fill(local(-90, '08:00'));
  await press(page);
  await page.locator('#starts_at-problem').waitFor();
  assert.equal(await page.locator('#starts_at').inputValue(), local(-90, '08:00'));
  assert.equal(await page.locator('[name=already_held]').isChecked(), false);
  await page.locator('#starts_at').fill(local(90, '08:00'));
  await press(page);
  await page.waitForURL(/done=scheduled/);
  await open(page, board(workshops.held, '/close'));
  await press(page);
  await page.waitForURL(/done=closed/);
  await page.locator('a[href$="/reopen"]').click();
  await press(page);
  await page.waitForURL(/done=reopened/);
}));
