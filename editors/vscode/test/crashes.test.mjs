import assert from 'node:assert/strict';
import test from 'node:test';

import { Crashes } from '../src/crashes.ts';

test('the crash after the limit is one too many', () => {
  const crashes = new Crashes(2, 1000, () => 0);
  assert.deepEqual([1, 2, 3].map(() => crashes.isOneTooMany()), [false, false, true]);
});

test('crashes are forgotten after the period', () => {
  let now = 0;
  const crashes = new Crashes(2, 1000, () => now);
  for (const [time, expected] of [[0, false], [900, false], [1001, false], [1002, true], [3000, false]]) {
    now = time;
    assert.equal(crashes.isOneTooMany(), expected, `at ${time}`);
  }
});
