// A snapshot that nobody told webhooks of, because the ledger did not answer or the Worker ended there: it is told later, once.
import { admin, answer, demo, expect, importStore } from './calls.mjs';
import { reserved } from './checkout.mjs';
import { test } from './faulty.mjs';
import { Receiver } from './receiver.mjs';

const PATIENCE = { timeout: 15_000 };

/** Another store with each call. */
function renamed(title) {
  const store = demo();
  store.products[0].title = title;
  return store;
}

/** Lets `work` import while the ledger hears nothing; a receiver gets what is told. */
async function untold({ request, deaf }, work) {
  const receiver = await Receiver.open();
  const asked = { url: receiver.url, events: ['snapshot.published'] };
  const { body: webhook } = await answer(await admin(request, 'POST', 'webhooks', asked));
  const published = async (title) => {
    const { status, body } = await answer(await importStore(request, renamed(title)));
    expect(status).toBe(200);
    return body.version;
  };
  const told = () => receiver.received.map(({ body }) => JSON.parse(body).data.version);
  try {
    await deaf(true);
    const first = await published('One');
    await deaf(false);
    await work({ first, published, told });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
  } finally {
    await admin(request, 'DELETE', `webhooks/${webhook.id}`);
    await receiver.close();
  }
}

test('with the next order', async ({ request, server, deaf }) => {
  await untold({ request, deaf }, async ({ first, told }) => {
    await reserved(request, server);
    await expect.poll(told, PATIENCE).toEqual([first]);
    await reserved(request, server);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(told()).toEqual([first]);
  });
});

test('with the next snapshot, and before it', async ({ request, deaf }) => {
  await untold({ request, deaf }, async ({ first, published, told }) => {
    const second = await published('Two');
    await expect.poll(told, PATIENCE).toHaveLength(2);
    expect(told().sort()).toEqual([first, second].sort());
  });
});
