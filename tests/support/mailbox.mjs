// Mails that have arrived at the SMTP server of the tests.
import { expect } from '@playwright/test';
import { mailbox } from './environment.mjs';

async function all() {
  const response = await fetch(`${mailbox}/api/email`);
  if (!response.ok) throw new Error(`the mailbox answered ${response.status}`);
  return response.json();
}

/** What has arrived for an address, the oldest first. */
export async function mailsTo(address) {
  const mails = await all();
  return mails.filter(({ to }) => to.some((one) => one.address === address));
}

/** The mail that arrives for an address: the one after those that it has already had. */
export async function nextMail(address, had = 0) {
  await expect.poll(async () => (await mailsTo(address)).length, { timeout: 15_000 }).toBeGreaterThan(had);
  return (await mailsTo(address))[had];
}

/** The mail as it came over the wire. */
export async function source({ id }) {
  return (await fetch(`${mailbox}/api/email/${id}/source`)).text();
}

/** The first address in a mail's text that begins so. */
export function linkIn({ text }, begins) {
  return text.split(/\s+/).find((word) => word.startsWith(begins));
}
