// The golden cases on the two engines that are not native; `farthing test` runs the same files on the native one.
import { expect, test } from '@playwright/test';
import { cases, differences } from './support/cases.mjs';
import { BrowserEngine, WorkerEngine } from './support/engines.mjs';

const engines = {
  browser: (browser) => BrowserEngine.open(browser),
  worker: () => new WorkerEngine(),
};

for (const [name, open] of Object.entries(engines)) {
  test.describe(name, () => {
    let engine;
    test.beforeAll(async ({ browser }) => {
      engine = await open(browser);
    });
    test.afterAll(() => engine?.close?.());

    for (const { name, description, source, input, expect: wanted } of cases()) {
      test(name, async () => {
        const found = await engine.quote(input);
        expect(differences(wanted, found), `${description} (${source})`).toEqual([]);
      });
    }
  });
}
