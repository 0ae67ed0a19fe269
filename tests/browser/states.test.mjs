// The pages of a registrant, a group and an invited establishment in every state that a
// registration can be in, in each language and width; taking an offer; old and late letters; and
// the door of a workshop for the invited alone.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { begin, check, counts, everyWay, look, open, shoot, workshops } from './kit.mjs';

/** The demo's workshop where organisers decide. */
const APPROVAL = 'tiet-kiem-dien-lo-say';
const STATES = ['requested', 'waitlisted', 'offered', 'lapsed', 'declined', 'cancelled'];

let house;
let rows;
const at = {};

const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+Z/, '+00:00');

/** Puts the group and those named in answer to the invitation into a state. */
function become(state) {
  const until = state === 'lapsed' ? inHours(-1) : inHours(20);
  rows.prepare(`UPDATE registration SET state = ?, offer_until = ?
    WHERE party_id = ? OR invitation_id = ?`).run(state, until, at.party, at.invitation);
}

/** The last part of the address of a page, as the organiser hands it out. */
async function invitationLink(page, id) {
  await open(page, `/manage/workshops/${workshops.relocated}/invitations/${id}`);
  return (await page.locator('#zalo').inputValue()).match(/\/invitations\/\S+/)[0];
}

before(async () => {
  house = await begin();
  rows = new DatabaseSync(join(house.server.folder, 'taphuan.db'), { timeout: 10_000 });
  await house.visit({ js: false }, async (page) => {
    await open(page, `/workshops/${workshops.open}/register/group`);
    await page.locator('[name=contact_name]').fill('Trần Thị Liên Hệ');
    await page.locator('[name=contact_phone]').fill('0959 222 333');
    await page.locator('[name=establishment]').fill('HTX Lá Biếc');
    await page.locator('[name=locality]').fill('Ba Tri');
    for (const [row, name] of ['Đoàn Thị Giáp Tý', 'Đoàn Văn Ất Sửu'].entries()) {
      await page.locator(`[name="delegates.${row + 1}.full_name"]`).fill(name);
      await page.locator(`[name="delegates.${row + 1}.role"]`).selectOption('foreman');
    }
    await page.locator('[name=told]').check();
    await page.locator('main .form-actions button').click();
    await page.waitForURL('**/groups/*');
    at.group = new URL(page.url()).pathname;
    at.mine = await page.locator('.members a[href^="/my/"]').first().getAttribute('href');
  });
  at.party = rows.prepare('SELECT max(id) AS id FROM party').get().id;
  at.invitation = rows.prepare('SELECT id FROM invitation WHERE id IN (SELECT invitation_id FROM registration)').get().id;
  const waits = rows.prepare('SELECT id FROM invitation WHERE answered_at IS NULL').get().id;
  await house.visit({ as: 'organizer', js: false }, async (page) => {
    at.letter = await invitationLink(page, at.invitation);
    at.unanswered = await invitationLink(page, waits);
  });
});
after(async () => {
  rows?.close();
  await house?.end();
});

for (const state of STATES) {
  suite(state, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
      become(state);
      for (const [name, path] of [['my', at.mine], ['group', at.group], ['invitation', at.letter]]) {
        await look(page, path, way, `state-${state}-${name}`);
      }
      if (state === 'waitlisted') {
        // The rule stands beside the place.
        const rule = way.lang === 'vi' ? /không ai chờ sau vượt lên/ : /nobody behind overtakes/;
        for (const path of [at.mine, at.group, at.letter]) {
          await open(page, path);
          assert.match(await page.locator('main').innerText(), rule, path);
        }
      }
    }));
  }));
}

suite('an offer is taken', () => everyWay((way) => {
  test(`by its holder ${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
    become('offered');
    await open(page, at.mine);
    await page.locator('form[action$="/accept"] button').click();
    await page.waitForURL('**done=accepted');
    await shoot(page, `accepted-my-${way.lang}-${way.width}`);
    await check(page, 'an offer taken');
    await counts(page.locator('.ticket__qr'), 1);
  }));
  test(`for a group ${way.lang} ${way.width}`, () => house.visit({ ...way, js: way.lang === 'en' }, async (page) => {
    become('offered');
    await open(page, at.group);
    await page.locator('form[action$="/accept"] button').click();
    await page.waitForURL('**done=accepted');
    await shoot(page, `accepted-group-${way.lang}-${way.width}`);
    if (way.lang === 'en') await check(page, 'the offers of a group taken');
    await counts(page.locator('form[action$="/accept"]'), 0);
  }));
}));

test('an old letter leads to what has changed', () => house.visit({}, async (page) => {
  for (const link of [at.letter, at.unanswered]) {
    await open(page, link);
    assert.match(await page.locator('main .notice del').first().innerText(), /Hội trường UBND xã Bình Đại/);
    assert.match(await page.locator('main .notice strong').first().innerText(), /Bình Thắng/);
  }
  await shoot(page, 'invitation-after-a-move');
  await check(page, 'an invitation after a move');
}));

suite('after the deadline', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
    rows.prepare('UPDATE invitation SET answer_by = ?').run(inHours(-1));
    become('booked');
    await look(page, at.letter, way, 'invitation-late');
    await counts(page.locator('[name=contact_name]'), 0, 'names are still asked for');
    await look(page, at.unanswered, way, 'invitation-late-unanswered');
  }));
}));

suite('where organisers decide, and for the invited alone', () => everyWay((way) => {
  test(`${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
    const ask = `/workshops/${APPROVAL}/register`;
    for (const path of [`/workshops/${APPROVAL}`, ask, `${ask}/group`]) {
      await look(page, path, way, 'approval');
    }
    const asked = { vi: 'Gửi đăng ký của cả nhóm', en: 'Send the registration of the group' }[way.lang];
    await counts(page.locator('main button', { hasText: asked }), 1, 'a group asks, too');
    rows.prepare("UPDATE workshop SET mode = 'invitation' WHERE slug = ?").run(workshops.relocated);
    // Pages for everybody are kept for a second.
    await sleep(1100);
    const closed = `/workshops/${workshops.relocated}`;
    for (const path of [closed, `${closed}/register`, `${closed}/register/group`]) {
      await look(page, path, way, 'invited-alone');
      await counts(page.locator('[name=full_name], [name=contact_name], main a[href$="/register"]'), 0, path);
    }
  }));
}));
