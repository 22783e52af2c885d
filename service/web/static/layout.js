// Places for the nodes of a graph: Fruchterman and Reingold (1991), the variant whose nodes push only those near them,
// so that a step costs as much as there are nodes and edges. Always the same places for the same graph.

const DISTANCE = 84; // wanted between neighbours, in pixels
const TURN = 2.399963; // the golden angle, in radians
const SLICE = 24; // milliseconds of work before the page may breathe

const reachOf = (count) => DISTANCE * (count > 600 ? 2 : 6); // how far nodes push one another
export const steps = (count) => (count > 1000 ? 90 : count > 300 ? 160 : 260);

// Return a Map of id to {x, y}; `near` says how many steps from the start a node is.
export async function places(ids, pairs, near) {
  const order = [...ids].sort((a, b) => near(a) - near(b));
  const at = new Map(order.map((id, n) => [id, n]));
  const nodes = order.map((_, n) => ({
    x: DISTANCE * Math.sqrt(n) * Math.cos(n * TURN),
    y: DISTANCE * Math.sqrt(n) * Math.sin(n * TURN),
    dx: 0,
    dy: 0,
  }));
  const edges = pairs.map(([from, to]) => [nodes[at.get(from)], nodes[at.get(to)]]).filter(([from, to]) => from && to);
  const most = steps(nodes.length);
  const reach = reachOf(nodes.length);
  let since = performance.now();
  for (let step = 0; step < most; step += 1) {
    push(nodes, reach);
    pull(edges);
    move(nodes, 4 + DISTANCE * (1 - step / most) ** 2);
    if (performance.now() - since > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }
  return new Map(order.map((id, n) => [id, { x: nodes[n].x, y: nodes[n].y }]));
}

function push(nodes, reach) {
  const cells = new Map();
  const key = (column, row) => column * 65536 + row;
  for (const node of nodes) {
    node.column = Math.floor(node.x / reach);
    node.row = Math.floor(node.y / reach);
    const cell = key(node.column, node.row);
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push(node);
  }
  for (const node of nodes) {
    for (let column = node.column - 1; column <= node.column + 1; column += 1) {
      for (let row = node.row - 1; row <= node.row + 1; row += 1) {
        for (const other of cells.get(key(column, row)) ?? []) if (other !== node) apart(node, other, reach);
      }
    }
  }
}

function apart(node, other, reach) {
  const [x, y] = [node.x - other.x, node.y - other.y];
  const square = Math.max(x * x + y * y, 1);
  if (square > reach * reach) return;
  const force = (DISTANCE * DISTANCE) / square;
  node.dx += x * force;
  node.dy += y * force;
}

function pull(edges) {
  for (const [from, to] of edges) {
    const [x, y] = [from.x - to.x, from.y - to.y];
    const force = Math.sqrt(x * x + y * y) / DISTANCE / 2;
    from.dx -= x * force;
    from.dy -= y * force;
    to.dx += x * force;
    to.dy += y * force;
  }
}

function move(nodes, most) {
  for (const node of nodes) {
    node.dx -= node.x * 0.05; // keeps what hangs on nothing from drifting off
    node.dy -= node.y * 0.05;
    const length = Math.hypot(node.dx, node.dy) || 1;
    node.x += (node.dx / length) * Math.min(length, most);
    node.y += (node.dy / length) * Math.min(length, most);
    node.dx = 0;
    node.dy = 0;
  }
}
