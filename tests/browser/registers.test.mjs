// Registers, annual plan, calendar and the public list: looks in every way, and what they do.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, counts, everyWay, look, named, open, shoot, workshops } from './kit.mjs';

let house;
const at = {};

const submit = (page) => page.locator('main form button[type=submit]').last().click();

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, '/manage/venues');
    await shoot(page, 'registers-venues-empty');
    await open(page, '/manage/venues/new');
    await page.fill('[name=venue_name]', 'Trung tâm Hội nghị và Văn hóa Cộng đồng Đồng Khởi');
    await page.fill('[name=address]', '75 đường Ba Mươi Tháng Tư, phường An Hội, tỉnh Vĩnh Long');
    await page.fill('[name=directions]', 'Cạnh công viên bờ hồ.\nGửi xe ở cổng sau.');
    await submit(page);
    await page.waitForURL(/\/manage\/venues\/\d+\?done=saved/);
    at.venue = new URL(page.url()).pathname;
    for (const [name, capacity] of [['Phòng 1', '120'], ['Phòng 2', '40']]) {
      await open(page, `${at.venue}/rooms/new`);
      await page.fill('[name=room_name]', name);
      await page.fill('[name=room_capacity]', capacity);
      await submit(page);
      await page.waitForURL(/done=room-saved/);
    }
    at.room = await page.locator('main table a').first().getAttribute('href');
    for (const name of ['Trần Văn Út', 'Lê Thị Ân']) {
      await open(page, '/manage/trainers/new');
      await page.fill('[name=full_name]', name);
      await page.fill('[name=affiliation]', 'Trung tâm Khuyến công và Tư vấn phát triển công nghiệp');
      await page.fill('[name=trainer_fields]', 'Chế biến dừa, tiết kiệm năng lượng');
      await page.fill('[name=phone]', '0950 123 456');
      await submit(page);
      await page.waitForURL(/done=saved/);
    }
    at.trainer = await page.locator('main table th a').first().getAttribute('href');
    await open(page, '/programme/plan/new');
    await page.fill('[name=plan_year]', '2012');
    await page.fill('[name=plan_workshops]', '3');
    await page.fill('[name=plan_delegates]', '180');
    await page.fill('[name=plan_funding]', 'Ngân sách tỉnh và Hợp phần sản xuất sạch hơn trong công nghiệp');
    await submit(page);
    await page.waitForURL(/done=saved/);
    at.plan = await page.locator('main table a[href^="/programme/plan/"]:not([href*=new])', { hasText: '2012' }).first().getAttribute('href');
  });
});
after(async () => { await house?.end(); });

const STAFF = {
  venues: () => '/manage/venues',
  venue: () => at.venue,
  room: () => at.room,
  'venue-new': () => '/manage/venues/new',
  trainers: () => '/manage/trainers',
  trainer: () => at.trainer,
  plan: () => '/programme/plan',
  'plan-year': () => at.plan,
  calendar: () => '/manage/calendar?month=2010-06',
  'calendar-today': () => '/manage/calendar',
  agenda: () => '/manage/calendar?month=2010-06&view=agenda',
  'calendar-empty': () => '/manage/calendar?month=2031-02',
  filtered: () => '/manage/workshops?q=sxsh&year=2010&kind=sharing',
  'filtered-none': () => '/manage/workshops?q=khong-co',
};

for (const [name, path] of Object.entries(STAFF)) {
  suite(`organizer ${name}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) => look(page, path(), way, `registers-${name}`)));
  }));
}

for (const path of ['/workshops', '/workshops?when=past&q=thuy+san', '/workshops?month=2031-01&sector=coconut&place=x', `/workshops/${workshops.held}`]) {
  suite(`public ${path}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit(way, (page) => look(page, path, way, `registers-public-${named(path.replace(/[?&=+]/g, '_'))}`)));
  }));
}

suite('the director', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'director' }, async (page) => {
    await look(page, '/programme/plan', way, 'registers-plan-director');
    await counts(page.locator('main a[href^="/programme/plan/"]'), 0, 'a director edits nothing');
  }));
}));

for (const js of [true, false]) {
  const way = { as: 'organizer', js };

  test(`a name that is taken is refused beside its field, and nothing typed is lost (js ${js})`, () => house.visit(way, async (page) => {
    await open(page, '/manage/venues/new');
    await page.fill('[name=venue_name]', 'trung tam hoi nghi va van hoa cong dong DONG KHOI');
    await page.fill('[name=address]', 'Chỗ khác');
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await submit(page);
    assert.equal((await answered).status(), 422);
    await page.locator('.error-summary').waitFor();
    await counts(page.locator('#venue_name-problem'), 1);
    assert.equal(await page.inputValue('[name=address]'), 'Chỗ khác');
    await shoot(page, `registers-venue-taken-${js}`);
  }));

  test(`a room retires and comes back (js ${js})`, () => house.visit(way, async (page) => {
    await open(page, at.venue);
    await page.locator(`form[action="${at.room}/retire"] button`).click();
    await page.waitForURL(/done=room-retired/);
    await shoot(page, `registers-room-retired-${js}`);
    await page.locator(`[role=status] form[action="${at.room}/restore"] button`).click();
    await page.waitForURL(/done=room-restored/);
    await counts(page.locator(`form[action="${at.room}/retire"]`), 1);
  }));
}

test('a room that a workshop needs does not retire, and says which', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, `/manage/workshops/${workshops.open}/move`);
  const room = await page.locator('#room_id-0').inputValue();
  await open(page, '/manage/venues');
  const venues = await page.locator('main tbody th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const venue of venues) {
    await open(page, venue);
    const act = page.locator(`form[action$="/rooms/${room}/retire"] button`);
    if (await act.count() === 0) continue;
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await act.click();
    assert.equal((await answered).status(), 409);
    await page.locator(`[role=alert] a[href="/manage/workshops/${workshops.open}"]`).waitFor();
    await shoot(page, 'registers-room-in-use');
    await open(page, venue);
    await page.locator(`form[action="${venue}/retire"] button`).click();
    await page.locator(`[role=alert] a[href="/manage/workshops/${workshops.open}"]`).waitFor();
    return;
  }
  assert.fail('the room is in no venue');
}));

test('the plan of a year is deleted once that is confirmed', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/programme/plan/new');
  await page.fill('[name=plan_year]', '2041');
  await page.fill('[name=plan_workshops]', '1');
  await page.fill('[name=plan_delegates]', '2');
  await submit(page);
  await page.getByRole('link', { name: '2041' }).first().click();
  await page.locator('a[href$="/remove"]').click();
  await page.locator('.button--danger').click();
  await page.waitForURL(/done=removed/);
  await page.locator('.notice--ok').waitFor();
  await counts(page.locator('main table', { hasText: '2041' }), 0);
}));

test('an account belongs to one trainer', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/manage/trainers/new');
  await counts(page.locator('[name=account] option'), 1, 'the only one is taken');
  await page.fill('[name=phone]', '12');
  await submit(page);
  await page.locator('.error-summary').waitFor();
  assert.equal(await page.inputValue('[name=phone]'), '12');
}));

test('a trainer is found without accents and retires with a way back', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/manage/trainers');
  await page.fill('[name=q]', 'ut');
  await page.locator('form[role=search] button').click();
  await counts(page.locator('tbody tr'), 1);
  assert.ok(!page.url().includes('ut='), 'a name stands in the address');
  await page.locator('tbody a').first().click();
  await page.locator('form[action$="/retire"] button').click();
  await page.waitForURL(/done=retired/);
  await page.locator('[role=status] button').click();
  await page.waitForURL(/done=restored/);
}));

test('the calendar goes from month to month and leads to a workshop', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/manage/calendar?month=2010-05');
  await page.locator('nav.pagination a[href*="month=2010-06"]').first().click();
  const link = page.locator('table.month td a').first();
  assert.match(await link.innerText(), /^\d\d:\d\d–\d\d:\d\d /);
  await counts(page.locator('table.month tbody tr'), 5);
  await counts(page.locator('table.month caption'), 1);
  await link.click();
  await page.waitForURL(/\/manage\/workshops\//);
  await open(page, '/manage/calendar?month=nonsense');
}));

test('the calendar prints as a table', () => house.visit({ as: 'organizer' }, async (page) => {
  await open(page, '/manage/calendar?month=2010-06');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 700, height: 900 });
  assert.ok(await page.locator('table.month').isVisible());
  assert.ok(!(await page.locator('.agenda').isVisible()));
  await shoot(page, 'registers-calendar-print');
}));

test('filters of the list are kept, counted and cleared', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/manage/workshops');
  const all = await page.locator('tbody tr').count();
  await page.fill('[name=q]', 'thuy san');
  await page.selectOption('[name=year]', '2009');
  await page.locator('form[role=search] button').click();
  await page.waitForURL(/year=2009/);
  await counts(page.locator('tbody tr'), 1);
  assert.equal(await page.inputValue('[name=q]'), 'thuy san');
  await page.locator('nav.pagination a').last().click();
  assert.match(page.url(), /q=thuy/);
  await page.getByRole('link', { name: 'Bỏ lọc' }).click();
  await open(page, '/manage/workshops');
  await counts(page.locator('tbody tr'), all);
}));

test('the public finds a past workshop without accents and without a script', () => house.visit({ js: false }, async (page) => {
  await open(page, '/');
  await page.locator('main a[href="/workshops"]').click();
  await page.getByRole('link', { name: 'Đã qua' }).click();
  const all = await page.locator('.list__item').count();
  await page.fill('[name=q]', 'thuy san');
  await page.locator('form[role=search] button').click();
  await page.waitForURL(/when=past/);
  const found = await page.locator('.list__item').count();
  assert.ok(found > 0 && found < all, `${found} of ${all}`);
  await counts(page.locator('main').getByText('Nhân rộng'), 0);
  await page.getByRole('link', { name: 'Bỏ lọc' }).click();
  await counts(page.locator('.list__item'), all);
}));

test('a workshop tells search engines what it is, and the browser does not mind', () => house.visit({}, async (page) => {
  const reported = [];
  page.on('console', (message) => reported.push(message.text()));
  await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.log(`refused: ${event.violatedDirective}`)));
  await open(page, `/workshops/${workshops.open}?lang=en`);
  const event = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(event['@type'], 'EducationEvent');
  assert.equal(event.eventStatus, 'https://schema.org/EventScheduled');
  assert.equal(typeof event.remainingAttendeeCapacity, 'number');
  assert.match(event.startDate, /\+07:00$/);
  const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
  assert.ok(canonical.endsWith(`/workshops/${workshops.open}`), canonical);
  assert.equal(await page.locator('meta[property="og:url"]').getAttribute('content'), canonical);
  assert.ok((await page.locator('meta[name=description]').getAttribute('content')).length > 20);
  assert.deepEqual(reported, []);
}));
