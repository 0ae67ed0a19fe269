// Inviting establishments, and the page where an establishment names who comes: looks in every
// way, and what they do without JavaScript.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, counts, everyWay, look, open, shoot, workshops } from './kit.mjs';

let house;
const at = {};
const MANAGE = `/manage/workshops/${workshops.open}/invitations`;

/** Presses a button of the page by its name and value. */
const press = (page, name, value) => page.locator(`main button[name=${name}][value=${value}]`).click();
const submit = (page) => page.locator('main form .form-actions button[type=submit]').first().click();

/** Chooses establishments by their names and writes their invitations. */
async function invite(page, names) {
  await open(page, `${MANAGE}/new`);
  for (const name of names) {
    await page.fill('[name=q]', name);
    await press(page, 'act', 'find');
    await page.locator('tbody label', { hasText: name }).last().locator('input').check();
  }
  await page.fill('[name=quota_each]', '4');
  await press(page, 'act', 'next');
  await page.locator('[name=quota-0]').waitFor();
}

before(async () => {
  house = await begin();
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    await open(page, MANAGE);
    await shoot(page, 'invitations-empty');
    await invite(page, ['Hai Cồn', 'Lá Biếc']);
    await counts(page.locator('fieldset.rows__row'), 2, 'what was found before is kept');
    await page.fill('[name=contact_email-0]', 'khong phai');
    await page.fill('[name=contact_name-1]', 'Phạm Thị Ngọc Bích, Phòng Tổ chức Hành chính');
    await press(page, 'act', 'make');
    await page.locator('#contact_email-0-problem').waitFor();
    await shoot(page, 'invitations-details-problem');
    assert.equal(await page.inputValue('[name=quota-1]'), '4', 'what was typed is kept');
    await page.fill('[name=contact_email-0]', 'van.thu@example.com');
    await page.fill('[name=contact_phone-0]', '0950 111 222');
    await press(page, 'act', 'make');
    await page.waitForURL(/done=made/);
    await page.locator('main', { hasText: 'Đã lập 2 thư mời' }).waitFor();
    at.rows = await page.locator('tbody th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.equal(at.rows.length, 2);
    at.links = [];
    for (const row of at.rows) {
      await open(page, row);
      const zalo = await page.locator('#zalo').inputValue();
      at.links.push(zalo.match(/\/invitations\/\S+/)[0]);
    }
  });
});
after(async () => { await house?.end(); });

suite('organiser', () => everyWay((way) => {
  const as = 'organizer';
  test(`list ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, MANAGE, way, 'invitations-list')));
  test(`one ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, at.rows[0], way, 'invitations-one')));
  test(`new ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, `${MANAGE}/new`, way, 'invitations-new')));
  test(`print ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, `${MANAGE}/print`, way, 'invitations-print')));
  test(`calls ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, `/manage/workshops/${workshops.relocated}/changes/1`, way, 'change-contacts')));
  test(`withdraw ${way.lang} ${way.width}`, () => house.visit({ ...way, as }, (page) => look(page, `${at.rows[0]}/withdraw`, way, 'invitations-withdraw')));
}));

suite('establishment', () => everyWay((way) => {
  const plain = { ...way, js: way.width === 'desktop' ? false : undefined };
  test(`page ${way.lang} ${way.width}`, () => house.visit(way, (page) => look(page, at.links[0], way, 'nominate-new')));
  test(`decline ${way.lang} ${way.width}`, () => house.visit(way, (page) => look(page, `${at.links[0]}/decline`, way, 'nominate-decline')));
  test(`no JavaScript ${way.lang} ${way.width}`, () => house.visit({ ...plain, js: false }, async (page) => {
    await open(page, at.links[0]);
    await counts(page.locator('script'), 0);
  }));
}));

test('what is not there is not found, and nobody chosen is said beside the list', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, `${MANAGE}/-5/print`, 404);
  await open(page, `${MANAGE}/new`);
  await page.fill('[name=quota_each]', '3');
  await press(page, 'act', 'next');
  await page.locator('.error-summary a[href="#establishments"]').waitFor();
  await page.locator('#establishments + .problem').waitFor();
  await shoot(page, 'invitations-none-chosen');
}));

test('names without JavaScript: rows grow, problems stand beside their field, nothing is lost', () => house.visit({ js: false, width: 'phone' }, async (page) => {
  await open(page, at.links[1]);
  await counts(page.locator('fieldset.delegate'), 3);
  await page.locator('main', { hasText: 'Đã cử 0 trên 4 người, còn cử được 4 người' }).waitFor();
  // A colleague has the same page open.
  const colleague = await page.context().newPage();
  await open(colleague, at.links[1]);
  await page.fill('[name=contact_name]', 'Phạm Thị Ngọc Bích');
  await page.fill('[name=contact_phone]', '0950 333 444');
  await page.fill('[name="delegates.1.full_name"]', 'Huỳnh Nguyễn Thị Thanh Trúc');
  await page.selectOption('[name="delegates.1.role"]', 'technician');
  await press(page, 'more', 'on');
  await page.locator('[name="delegates.4.full_name"]').waitFor();
  assert.equal(await page.inputValue('[name="delegates.1.full_name"]'), 'Huỳnh Nguyễn Thị Thanh Trúc');
  await counts(page.locator('button[name=more]'), 0, 'no more rows than the quota');
  await page.locator('main .hint', { hasText: 'còn cử được 4 người nên không thêm dòng' }).waitFor();
  await page.fill('[name="delegates.3.full_name"]', 'Võ Văn Bé Tư');
  await page.fill('[name="delegates.3.phone"]', '12');
  const refused = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await submit(page);
  assert.equal((await refused).status(), 422);
  await page.locator('[id="delegates.3.phone-problem"]').waitFor();
  await counts(page.locator('[id="delegates.3.role-problem"]'), 1);
  await counts(page.locator('[id="delegates.2.full_name-problem"]'), 0, 'a blank row is skipped');
  await shoot(page, 'nominate-problem');
  await page.locator('.error-summary a').first().click();
  assert.match(page.url(), /#/);
  await page.fill('[name="delegates.3.phone"]', '');
  await page.selectOption('[name="delegates.3.role"]', 'owner');
  await submit(page);
  await page.waitForURL(/done=named/);
  await counts(page.locator('ul.list > li'), 2);
  await page.locator('main', { hasText: 'Đã cử 2 trên 4 người' }).waitFor();
  // Who is too many is told with everything else, not once that is mended.
  for (const number of [1, 2, 3]) {
    await colleague.fill(`[name="delegates.${number}.full_name"]`, `Lê Văn Người ${'ABC'[number - 1]}`);
    await colleague.selectOption(`[name="delegates.${number}.role"]`, 'owner');
  }
  await submit(colleague);
  await colleague.locator('[id="contact_phone-problem"]').waitFor();
  await colleague.locator('[id="delegates.3.full_name-problem"]', { hasText: 'chỉ còn cử được 2 người' }).waitFor();
  await counts(colleague.locator('[id="delegates.2.full_name-problem"]'), 0);
  assert.equal(await colleague.inputValue('[name="delegates.3.full_name"]'), 'Lê Văn Người C');
  await shoot(colleague, 'nominate-too-many');
  await colleague.close();
}));

suite('named', () => everyWay((way) => {
  test(`page ${way.lang} ${way.width}`, () => house.visit({ ...way, js: false }, async (page) => {
    await open(page, at.links[1]);
    await shoot(page, `nominate-named-${way.lang}-${way.width}`);
  }));
  test(`checked ${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
    await look(page, at.links[1], way, 'nominate-named');
    const change = await page.locator('ul.list a.button').first().getAttribute('href');
    await look(page, change, way, 'nominate-change');
    await look(page, `${change}/remove`, way, 'nominate-remove');
  }));
}));

test('a delegate passes the seat on, and one is removed', () => house.visit({ js: false }, async (page) => {
  await open(page, at.links[1]);
  const first = page.locator('ul.list > li').first();
  const code = await first.locator('p.nowrap').textContent();
  await first.locator('a.button').first().click();
  assert.equal(await page.inputValue('[name=full_name]'), 'Huỳnh Nguyễn Thị Thanh Trúc');
  await page.fill('[name=full_name]', 'Lê Thị Mười Hai');
  await submit(page);
  await page.waitForURL(/done=changed/);
  const listed = await page.locator('ul.list > li').allTextContents();
  assert.ok(listed.some((text) => text.includes('Lê Thị Mười Hai') && !text.includes(code)), 'a code of her own');
  await page.locator('ul.list > li', { hasText: 'Lê Thị Mười Hai' }).locator('a.button--quiet').click();
  await page.locator('button.button--danger').click();
  await page.waitForURL(/done=removed/);
  await shoot(page, 'nominate-removed');
}));

test('an organiser sends, sees the answer, and takes an invitation back', () => house.visit({ as: 'organizer', js: false }, async (page) => {
  await open(page, MANAGE);
  await page.locator(`form[action="${MANAGE}/send"] button`).click();
  await page.waitForURL(/done=mailed/);
  await open(page, `${MANAGE}?state=answered`);
  assert.match(await page.locator('tbody tr').first().textContent(), /1 \/ 4/);
  await open(page, `${at.rows[0]}/withdraw`);
  await page.locator('button.button--danger').click();
  await page.waitForURL(/done=withdrawn/);
  await shoot(page, 'invitations-withdrawn');
  await open(page, `/manage/workshops/${workshops.open}`);
  await counts(page.locator(`main a[href="${MANAGE}"]`), 2, 'a tab and a count');
}));

suite('second step with a problem', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit({ ...way, as: 'organizer' }, async (page) => {
    await invite(page, ['Rạng Đông Xanh']);
    await page.fill('[name=quota-0]', 'hai');
    await press(page, 'act', 'make');
    await page.locator('#quota-0-problem').waitFor();
    await shoot(page, `invitations-details-${way.lang}-${way.width}`);
    await check(page, 'details with a problem');
  }));
}));

test('a wrong link leads nowhere', () => house.visit({}, async (page) => {
  await open(page, `${at.links[0]}x`, 404);
}));
