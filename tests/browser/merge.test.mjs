// Duplicates: noted where they are made, judged side by side, undone.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  begin, check, counts, everyWay, look, open, shoot, smallTargets, workshops,
} from './kit.mjs';

let house;
const PATH = '/manage/merge';

async function register(page, slug, phone, establishment) {
  await open(page, `/workshops/${slug}/register`);
  await page.fill('[name=full_name]', 'Huỳnh Nguyễn Thị Thanh Trúc');
  await page.fill('[name=phone]', phone);
  await page.locator('[name=role]').first().check();
  await page.fill('[name=establishment]', establishment);
  await page.fill('[name=locality]', 'Ba Tri');
  await page.locator('[name=consent_reporting]').check();
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(/\/my\//);
}

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, PATH);
    await shoot(page, 'merge-empty');
  });
  await house.visit({ js: false }, async (page) => {
    await register(page, workshops.open, '0950 444 001', 'Công ty TNHH Thủy sản Biển Xanh Hàm Luông');
    await register(page, workshops.full, '0950 444 002', 'Công ty TNHH Thủy sản Biển Xanh Hàm Luông');
    await register(page, workshops.relocated, '0950 444 003', 'Thủy sản Biển Xanh Hàm Luôn');
  });
});
after(async () => { await house?.end(); });

suite('queue', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, (page) => look(page, PATH, way, 'merge-open')));
}));

test('people are merged with the data chosen, and parted again', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, PATH);
  const people = page.locator('main form', { hasText: '0950 444 002' });
  await people.locator('[name=keep_phone][value=second]').check();
  await people.locator('button[value=merge]').click();
  await page.waitForURL(/done=merge/);
  await shoot(page, 'merge-done');
  await counts(page.locator('main form', { hasText: '0950 444 001' }), 0);
  await page.locator('[role=status] button').click();
  await page.waitForURL(/done=undone/);
  await counts(page.locator('main form', { hasText: '0950 444 001' }), 1);
}));

test('establishments are kept apart, and looked at again', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, PATH);
  await page.locator('main form', { hasText: 'Biển Xanh Hàm Luôn' }).last().locator('button[value=apart]').click();
  await page.waitForURL(/done=apart/);
  await open(page, `${PATH}?state=apart`);
  await shoot(page, 'merge-apart');
  await page.locator('main form[action$="/undo"] button').click();
  await page.waitForURL(/done=undone/);
}));

suite('after judging', () => everyWay((way) => {
  test(`apart ${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await look(page, `${PATH}?state=merged`, way, 'merge-merged');
  }));
}));

suite('chosen by hand', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await look(page, `${PATH}/by-hand`, way, 'merge-by-hand');
    await page.fill('#q', 'nguyen');
    await page.click('main button[value=find]');
    await page.locator('main input[name=chosen]').first().check();
    await page.click('main button[value=compare]');
    await page.locator('.error-summary a[href="#chosen"]').waitFor();
    await shoot(page, `merge-by-hand-refused-${way.lang}-${way.width}`);
    await check(page, 'one chosen alone');
    if (way.width === 'phone') assert.deepEqual(await smallTargets(page), []);
  }));
}));

test('two are found by their names, one after the other, and compared', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/manage/establishments');
  await page.locator(`main a[href^="${PATH}/by-hand"]`).click();
  for (const name of ['Hai Cồn', 'Lá Biếc']) {
    await page.fill('#q', name);
    await page.click('main button[value=find]');
    await page.locator('main label', { hasText: name }).first().locator('input[name=chosen]').check();
  }
  await page.click('main button[value=compare]');
  await page.waitForURL(/\/manage\/merge\/\d+$/);
  await shoot(page, 'merge-one');
  await page.locator('main button[value=apart]').click();
  await page.waitForURL(/done=apart/);
}));

test('two ticked in a list of people are compared', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, `/manage/workshops/${workshops.full}/people`);
  for (const at of [0, 1]) await page.locator('main input[name=id]').nth(at).check();
  await page.locator('main button[formaction]').click();
  await page.waitForURL(/\/manage\/merge\/\d+$/);
  await page.locator('main button[value=apart]').click();
  await page.waitForURL(/done=apart/);
}));

test('everything is looked through', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, '/programme');
  await page.locator('main li', { hasText: 'cặp có thể trùng' }).locator(`a[href="${PATH}"]`).waitFor();
  await open(page, `/manage/workshops/${workshops.full}/people`);
  await page.locator(`main a[href="${PATH}"]`, { hasText: 'cặp có thể trùng' }).waitFor();
  await open(page, '/manage/workshops');
  await page.locator(`main a[href="${PATH}"]`).click();
  await page.locator(`main form[action="${PATH}"] button`).click();
  await page.waitForURL(/done=found/);
  await shoot(page, 'merge-found');
}));
