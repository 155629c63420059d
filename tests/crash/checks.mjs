// What must be true when the last order is settled, however often the Worker was killed on the way.
import { impossible } from './counter.mjs';
import { taken, usesOf } from './shop.mjs';

/** The status of an order after its last step. */
const STATUS = { reserve: 'reserved', commit: 'committed', failed: 'released', abandoned: 'released', cancelled: 'cancelled' };

const LIVE = ['reserved', 'committed'];

/** The most faults of one check that are told. */
const TOLD = 3;

/**
 * The checks and what each found. A run is `scenario`, its `orders`, its `operations` by name, `end`, which is how each
 * order stands in the end, by reference, `counts`, the last answer about discounts, and `told`, the orders in the database.
 */
export function check(run) {
  const checks = {
    'every call got the answer it should': answers(run),
    'no answer ever changed': changes(run),
    'no acknowledged use was lost': losses(run),
    'all discounts of an order or none': halves(run),
    'the limit was reached and not exceeded': totals(run),
    'the history is linearizable': misfits(run),
    'every order reached the database as it stands': untold(run),
  };
  return Object.entries(checks).map(([name, faults]) => ({ name, faults: faults.length, told: faults.slice(0, TOLD) }));
}

function answers({ orders, operations }) {
  return each(orders, function* (order) {
    for (const step of ['reserve', ...order.steps]) {
      const wanted = step === 'reserve' ? 201 : 200;
      for (const { status, text } of operations.get(`${order.reference}/${step}`)?.answers ?? [{ status: 'nothing' }]) {
        if (status !== wanted) yield `${step} was answered by ${status} ${text}`;
      }
    }
  });
}

function changes({ orders, operations, end }) {
  return each(orders, function* (order) {
    for (const step of ['reserve', ...order.steps]) {
      const [first, ...others] = operations.get(`${order.reference}/${step}`).answers;
      const other = others.find(({ status, text }) => status !== first.status || text !== first.text);
      if (other) yield `${step} was answered by ${first.status} ${first.text}, then by ${other.status} ${other.text}`;
    }
    const last = operations.get(`${order.reference}/${order.steps.at(-1) ?? 'reserve'}`).answers[0];
    if (last.text !== end.get(order.reference)) yield `was ${last.text}, and is ${end.get(order.reference)}`;
  });
}

function losses({ scenario, orders, operations, end }) {
  return each(orders, function* (order) {
    const { text, status } = operations.get(`${order.reference}/reserve`).answers[0];
    if (status !== 201) return;
    const before = taken(text, scenario.discounts);
    const now = JSON.parse(end.get(order.reference));
    const wanted = STATUS[order.steps.at(-1) ?? 'reserve'];
    if (now.status !== wanted) yield `is ${now.status} and should be ${wanted}`;
    const lost = before.filter((id) => !taken(end.get(order.reference), [id]).length);
    if (lost.length > 0) yield `was given ${lost}, and has it no more`;
  });
}

function halves({ scenario, orders, end }) {
  return each(orders, function* (order) {
    const has = taken(end.get(order.reference), scenario.discounts);
    if (has.length > 0 && has.length < scenario.discounts.length) yield `has only ${has}`;
  });
}

/** What the counts say, and what the orders say: both must be the limit. */
function totals({ scenario, orders, end, counts }) {
  const live = orders.map(({ reference }) => end.get(reference)).filter((text) => LIVE.includes(JSON.parse(text).status));
  return scenario.discounts.flatMap((id) => {
    const { held, spent } = usesOf(counts, id);
    const had = live.filter((text) => taken(text, [id]).length > 0).length;
    const facts = `${id} was used ${held + spent} times by its counts and is on ${had} orders, of ${scenario.total}`;
    return held + spent === scenario.total && had === scenario.total ? [] : [facts];
  });
}

function misfits({ scenario, orders, operations }) {
  return Array.from({ length: scenario.counters }).flatMap((_, counter) => {
    const counted = orders.filter((order) => order.counter === counter);
    const uses = counted.flatMap((order) => [...usesBy(order, scenario, operations)]);
    // Counts are told of the whole discount: they say nothing of one of its counters.
    const reads = scenario.counters === 1 ? [...readings(scenario, operations)] : [];
    const found = impossible([...uses, ...reads], scenario.bound);
    return found ? [`${found.name} can't have come to ${found.does} at any moment of its time`] : [];
  });
}

/** What an order did to its counter. An order without the discount only tried to take it. */
function* usesBy(order, scenario, operations) {
  const asked = (step) => {
    const { from, to, answers } = operations.get(`${order.reference}/${step}`);
    return { name: `${order.reference}/${step}`, from, to, text: answers[0].text };
  };
  const { text, ...reserve } = asked('reserve');
  const has = taken(text, scenario.discounts).length > 0;
  yield { ...reserve, does: has ? 'take' : 'be refused' };
  if (!has) return;
  for (const [place, step] of order.steps.entries()) {
    const from = order.steps[place - 1] === 'commit' ? 'spent' : 'held';
    const { name, from: begin, to } = asked(step);
    yield { name, from: begin, to, does: step === 'commit' ? 'spend' : `give back ${from}` };
  }
}

function* readings(scenario, operations) {
  for (const [name, { from, to, answers }] of operations) {
    if (!name.startsWith('read/') || to === undefined) continue;
    for (const id of scenario.discounts) yield { name, from, to, does: 'read', told: usesOf(answers[0].text, id) };
  }
}

function untold({ orders, end, told }) {
  return each(orders, function* ({ reference }) {
    const [wanted, found] = [JSON.parse(end.get(reference)), told.get(reference)];
    if (found === undefined) yield 'never reached the database';
    else if (found.status !== wanted.status || found.revision !== wanted.revision) {
      yield `is ${wanted.status} ${wanted.revision}, and ${found.status} ${found.revision} in the database`;
    }
  });
}

/** The faults of each order, named by it. What can't even be read is a fault as well. */
function each(orders, faults) {
  return orders.flatMap((order) => {
    try {
      return [...faults(order)].map((fault) => `${order.reference} ${fault}`);
    } catch (error) {
      return [`${order.reference} could not be judged: ${error.message}`];
    }
  });
}
