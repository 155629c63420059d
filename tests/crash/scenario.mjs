// One scenario from the first order to the last check.
import { setTimeout as pause } from 'node:timers/promises';
import { check } from './checks.mjs';
import { repeatable, settle, shareOut, watch } from './clients.mjs';
import { History } from './history.mjs';
import { killAtRandom } from './killer.mjs';
import { Line } from './line.mjs';
import { latecomer, plan } from './scenarios.mjs';
import { taken } from './shop.mjs';
import { Random } from '../rig/random.mjs';

/** How long orders may take to reach the database, in milliseconds. */
const TELLING = 20_000;

/** Sells and repeats while the Worker is killed, and judges; gives what happened. */
export async function play({ scenario, runtime, agent, shop, chosen }) {
  const history = new History();
  const random = new Random(chosen.seed + scenario.sku.length);
  const line = new Line(runtime, agent, history);
  const orders = plan(scenario, chosen.orders, chosen.seed);
  const play = { scenario, line, shop, orders, history, random, clients: chosen.clients };
  const kills = await killed(play, chosen.kills, async () => {
    await sell(play);
    await sellOut(play);
    await repeatAll(play);
  });
  // How everything stands in the end must come from the disk.
  kills.push(...(await line.cut()));
  const end = await stand(play);
  const { text: counts } = await line.ask(shop.count(), 'counts', 'watcher');
  const told = await reached(shop, orders, end);
  const operations = history.operations();
  return { history, kills, calls: history.calls, checks: check({ scenario, orders, operations, end, counts, told }) };
}

/** Does `work` while the Worker is killed; gives the kills. */
async function killed({ line, orders, history, random }, kills, work) {
  let isOver = false;
  // Every step is taken once, and repeated once in the end.
  const expected = 2 * orders.reduce((sum, order) => sum + 1 + order.steps.length, 0);
  const killing = killAtRandom({ line, history, random, kills, expected, isOver: () => isOver });
  await work();
  isOver = true;
  return killing;
}

/** All orders of the plan, by clients who know nothing of each other, and somebody who looks on. */
async function sell({ line, shop, orders, random, clients }) {
  let isOver = false;
  const watching = watch(line, shop, () => pause(15 * random.fraction()), () => isOver);
  await shareOut(orders, clients, (order, client) => settle(line, shop, order, client, random));
  isOver = true;
  await watching;
}

/** More orders for each counter until one is refused: what came back late must be there to be had. */
async function sellOut({ scenario, line, shop, orders, random, clients }) {
  let number = 0;
  await shareOut([...Array(scenario.counters).keys()], clients, async (counter, client) => {
    for (let more = 0; more <= scenario.bound; more++) {
      const order = latecomer(scenario, counter, number++, random);
      orders.push(order);
      const { text, status } = await line.ask(shop.call(order, 'reserve'), `${order.reference}/reserve`, client);
      if (status !== 201 || taken(text, scenario.discounts).length === 0) return;
    }
  });
}

async function repeatAll({ line, shop, orders, clients }) {
  await shareOut(orders, clients, async (order, client) => {
    for (const step of repeatable(order)) await line.ask(shop.call(order, step), `${order.reference}/${step}`, client);
  });
}

/** How every order stands, by its reference. */
async function stand({ line, shop, orders, clients }) {
  const end = new Map();
  await shareOut(orders, clients, async (order, client) => {
    const { text } = await line.ask(shop.look(order), `${order.reference}/look`, client);
    end.set(order.reference, text);
  });
  return end;
}

/** The orders in the database, as soon as they are all there as they stand, or when that has taken too long. */
async function reached(shop, orders, end) {
  const isThere = (told, { reference }) => told.get(reference)?.revision === JSON.parse(end.get(reference)).revision;
  for (const latest = performance.now() + TELLING; ; await pause(200)) {
    const told = await shop.told();
    if (performance.now() > latest || orders.every((order) => isThere(told, order))) return told;
  }
}
