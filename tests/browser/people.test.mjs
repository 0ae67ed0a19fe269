// The organiser's list of people: looks in every way, and what is done with it without JavaScript.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, suite, test } from 'node:test';
import {
  begin, check, counts, everyWay, look, open, shoot, smallTargets, workshops,
} from './kit.mjs';

let house;
let person;
const LIST = `/manage/workshops/${workshops.full}/people`;
const HELD = `/manage/workshops/${workshops.held}/people`;

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, LIST);
    person = await page.locator('main table th a').first().getAttribute('href');
  });
});
after(async () => { await house?.end(); });

const PAGES = {
  list: () => LIST,
  waiting: () => `${LIST}?state=waitlisted&source=online`,
  'to-call': () => `${HELD}?contact=to_call`,
  none: () => `${LIST}?role=official&contact=none`,
  held: () => HELD,
  new: () => `${LIST}/new`,
  person: () => person,
};

for (const [name, path] of Object.entries(PAGES)) {
  suite(`people ${name}`, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) => look(page, path(), way, `people-${name}`)));
  }));
}

/** The cells of a text file, as Python reads them. */
function table(path, separator) {
  const read = 'import csv, json, sys\n'
    + 'with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:\n'
    + '    print(json.dumps(list(csv.reader(file, delimiter=sys.argv[2], strict=True))))';
  const python = process.env.TAPHUAN_PYTHON ?? 'python3';
  return JSON.parse(execFileSync(python, ['-c', read, path, separator], { encoding: 'utf8' }));
}

const tick = (page, count) => page.locator('main input[name=id]').evaluateAll(
  (boxes, number) => boxes.slice(0, number).forEach((box) => { box.checked = true; }), count);
const act = (page, code) => page.click(`main button[name=act][value=${code}]`);

async function checkHere(page, way, name) {
  await shoot(page, `people-${name}-${way.lang}-${way.width}`);
  await check(page, `${name} (${way.lang}, ${way.width})`);
  if (way.width === 'phone') assert.deepEqual(await smallTargets(page), [], `too small to touch in ${name}`);
}

suite('a look before the act', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await open(page, LIST);
    await act(page, 'message');
    await page.locator('.error-summary a[href="#chosen"]').waitFor();
    await checkHere(page, way, 'nobody');
    await open(page, `${LIST}?state=waitlisted`);
    await tick(page, 2);
    await act(page, 'seat');
    await page.locator('main button[name=confirm]').click();
    await page.locator('.error-summary a[href="#over"]').waitFor();
    await checkHere(page, way, 'over');
    await open(page, LIST);
    await tick(page, 3);
    await act(page, 'message');
    await page.locator('main button[name=confirm]').click();
    await page.locator('.error-summary a[href="#subject"]').waitFor();
    await checkHere(page, way, 'message');
    // A search keeps what was typed, in no address.
    await open(page, HELD);
    await page.fill('#q', 'nguyen');
    await page.click('main form[role=search] button[type=submit]');
    await page.locator('main table tbody tr').first().waitFor();
    assert.ok(!page.url().includes('nguyen'), page.url());
    await checkHere(page, way, 'search');
    await page.locator('main nav.pagination button').nth(1).click();
    assert.equal(await page.inputValue('#q'), 'nguyen');
  }));
}));

test('one is added, written to, cancelled and taken away as a file, without JavaScript', () =>
  house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, `${LIST}/new`);
    await page.fill('[name=full_name]', 'Trịnh Thị Thêm Tay');
    await page.check('[name=role][value=owner]');
    await page.fill('[name=establishment]', 'Cơ sở sản xuất Bảy Hạt');
    await page.fill('[name=email]', 'them.tay@example.com');
    await page.click('main form button[type=submit]');
    await page.locator('.error-summary a[href="#when_full"]').waitFor();
    await shoot(page, 'people-when-full');
    assert.equal(await page.inputValue('[name=full_name]'), 'Trịnh Thị Thêm Tay', 'what was typed is kept');
    await page.check('[name=when_full][value=wait]');
    await page.click('main form button[type=submit]');
    await page.waitForURL(/\/people\/\d+\?done=added/);
    const own = new URL(page.url()).pathname;

    await page.fill('[name=phone]', '0950 777 888');
    await page.click('main form:has([name=phone]) button[type=submit]');
    await page.waitForURL(/done=saved/);

    // A misspelt name is put right; a bad one is kept, with its problem.
    await page.click('main summary');
    await page.fill('#full_name', '12');
    await page.click('main form[action$="/name"] button');
    await page.locator('.error-summary a[href="#full_name"]').waitFor();
    assert.equal(await page.inputValue('#full_name'), '12');
    await shoot(page, 'people-name');
    await page.fill('#full_name', 'Trịnh Thị Thêm Tây');
    await page.click('main form[action$="/name"] button');
    await page.waitForURL(/done=name/);
    await page.locator('main h1', { hasText: 'Trịnh Thị Thêm Tây' }).waitFor();

    await act(page, 'message');
    await page.fill('[name=subject]', 'Gửi xe');
    await page.fill('[name=message]', 'Xin gửi xe ở cổng sau.');
    await page.click('main button[name=confirm]');
    await page.waitForURL(/done=message&number=1&calls=0/);
    await shoot(page, 'people-message-done');

    await page.fill('#q', '0950 777');
    await page.click('main form[role=search] button[type=submit]');
    await counts(page.locator('main table tbody tr'), 1);
    const download = page.waitForEvent('download');
    await page.click('main button[name=format][value=csv]');
    assert.equal((await download).suggestedFilename(), `dai-bieu-${workshops.full}.csv`);
    // A reader that knows nothing of the writer: a table of semicolons, phones with their zero.
    const rows = table(await (await download).path(), ';');
    assert.equal(rows.length, 2);
    assert.equal(rows[0].length, rows[1].length);
    assert.ok(rows[0][0].startsWith('Họ và tên'), rows[0][0]);
    assert.ok(rows[1].includes('0950 777 888') && rows[1].includes('them.tay@example.com'), rows[1]);

    await open(page, own);
    await act(page, 'cancel');
    await shoot(page, 'people-cancel-look');
    await page.click('main button[name=confirm]');
    await page.waitForURL(/done=cancel&number=1/);
    await open(page, own);
    await counts(page.locator('main button[name=act][value=cancel]'), 0);
  }));

test('who is offered a seat and gets no mail is called', async () => {
  let name;
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, `${LIST}?state=waitlisted`);
    const first = page.locator('main table th a').first();
    name = await first.textContent();
    await first.click();
    await page.fill('[name=email]', '');
    await page.click('main form:has([name=phone]) button[type=submit]');
    await page.waitForURL(/done=saved/);
    await open(page, `${LIST}?state=booked`);
    await page.locator('main table th a').first().click();
    await act(page, 'cancel');
    await page.click('main button[name=confirm]');
    await page.waitForURL(/done=cancel&number=1/);
  });
  for (const way of [{ lang: 'vi', width: 'phone' }, { lang: 'en', width: 'desktop' }]) {
    await house.visit({ ...way, as: 'organizer' }, (page) => look(page, '/programme', way, 'people-calls'));
  }
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, '/programme');
    const row = page.locator('#calls ~ table tbody tr').filter({ hasText: name });
    await row.locator('button[value=take]').click();
    await page.waitForURL(/\/programme/);
    await counts(page.locator('#calls'), 0, 'nobody is left to be called');
  });
});
