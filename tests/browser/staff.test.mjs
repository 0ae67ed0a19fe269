// Every page of each role in each language and width: axe, no overflow, no complaint.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, everyWay, look, named, open, workshops } from './kit.mjs';

const STAFF = {
  organizer: [
    '/programme',
    '/manage/workshops',
    '/manage/workshops/new',
    `/manage/workshops/${workshops.open}`,
    `/manage/workshops/${workshops.draft}`,
    `/manage/workshops/${workshops.held}`,
    `/manage/workshops/${workshops.full}/people`,
    `/manage/workshops/${workshops.held}/people`,
    `/manage/workshops/${workshops.held}/materials`,
    '/mail',
    `/door/${workshops.full}`,
  ],
  door: ['/door'],
  trainer: ['/trainer'],
  director: ['/programme'],
};

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

for (const [as, paths] of Object.entries(STAFF)) {
  for (const path of paths) {
    suite(`${as} ${path}`, () => everyWay((way) => {
      test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, path, way, `${as}-${named(path)}`)));
    }));
  }
}

suite('in the dark', () => {
  for (const path of ['/programme', `/door/${workshops.full}`]) {
    const way = { width: 'phone', dark: true, as: 'organizer' };
    test(path, () => house.visit(way, (page) => look(page, path, way, `organizer-${named(path)}-dark`)));
  }
});

test('a mail takes three lines on a phone', () => house.visit({ width: 'phone', as: 'organizer' }, async (page) => {
  await open(page, '/mail');
  const heights = await page.locator('.table--mails tbody tr').evaluateAll(
    (rows) => rows.map((row) => row.getBoundingClientRect().height),
  );
  assert.ok(heights.length > 5 && Math.max(...heights) < 125, heights.join(', '));
}));
