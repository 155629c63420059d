// Run by `cargo xtask e2e` and `cargo xtask test`, which start the Worker and say where it is.
import { defineConfig } from '@playwright/test';
import { chromium, url } from './support/environment.mjs';

/** Nothing but the pages under test: no updates, no sync, no first-run pages. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** These tests ask for numbers; recording what a page looks like would take most of their time. */
const unseen = { trace: 'off', screenshot: 'off' };

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // A test that passes only sometimes is a failing test.
  retries: 0,
  // The tests of a project share one Worker's data, and the machine that runs them is small.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  reporter: [
    ['dot'],
    ...(process.env.FARTHING_REPORT ? [['json', { outputFile: process.env.FARTHING_REPORT }]] : []),
  ],
  use: {
    baseURL: url,
    browserName: 'chromium',
    launchOptions: { executablePath: chromium, args: quiet },
    // Recording a trace takes a fifth of a test's time: only for whoever looks at one.
    trace: process.env.FARTHING_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
  },
  projects: [
    { name: 'api', testDir: './api' },
    { name: 'golden', testMatch: 'golden.spec.mjs', use: unseen },
    { name: 'carts', testMatch: 'carts.spec.mjs', use: unseen, timeout: 300_000 },
    { name: 'browser', testDir: './browser' },
  ],
});
