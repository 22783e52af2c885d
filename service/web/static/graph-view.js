// The drawing of a graph with Cytoscape.js, which is loaded for this view only.

import { places } from "./layout.js";

const MANY = 300; // nodes from which on drawing is simplified while it is moved
const READABLE = 0.72; // zoom from which on names can be read

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function style() {
  return [
    {
      selector: "node",
      style: {
        "background-color": ink("muted"),
        label: "data(label)",
        color: ink("ink"),
        "font-size": 13,
        "font-family": ink("sans"),
        "text-valign": "bottom",
        "text-margin-y": 5,
        "text-wrap": "ellipsis",
        "text-max-width": 150,
        width: "data(size)",
        height: "data(size)",
        "min-zoomed-font-size": 8,
        "text-outline-color": ink("paper"),
        "text-outline-width": 2,
      },
    },
    {
      selector: "node[kind = 'article']",
      style: { shape: "round-rectangle", "background-color": ink("muted"), color: ink("muted"), "font-size": 11 },
    },
    { selector: "node[kind = 'person']", style: { "background-color": ink("person") } },
    { selector: "node[kind = 'company'], node[kind = 'organization']", style: { "background-color": ink("company") } },
    { selector: "node[kind = 'product'], node[kind = 'work']", style: { "background-color": ink("product") } },
    {
      selector: "node[?start]",
      style: { "border-width": 3, "border-color": ink("accent"), "font-weight": "bold", "font-size": 14 },
    },
    {
      selector: "edge",
      style: { width: 1, "line-color": ink("muted"), "line-opacity": 0.3, "curve-style": "haystack" },
    },
    {
      selector: "edge[kind = 'link']",
      style: {
        width: 2,
        "line-color": ink("accent"),
        "curve-style": "straight",
        "target-arrow-shape": "triangle",
        "target-arrow-color": ink("accent"),
        "arrow-scale": 0.8,
      },
    },
    { selector: ".far", style: { opacity: 0.15 } },
    {
      selector: ".sought",
      style: { "border-width": 3, "border-color": ink("conflict"), "min-zoomed-font-size": 0, "z-index": 9 },
    },
    { selector: "edge.near", style: { "line-color": ink("accent"), "line-opacity": 0.9 } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": ink("conflict") } },
  ];
}

function elements(graph, spots) {
  const degree = new Map();
  for (const edge of graph.edges)
    for (const id of [edge.source, edge.target]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const nodes = graph.nodes.map((node, n) => ({
    group: "nodes",
    position: spots.get(node.id),
    data: {
      id: node.id,
      kind: node.entity?.kind ?? "article",
      label: node.article?.title ?? node.entity.name,
      size: 10 + 4 * Math.log2(1 + (degree.get(node.id) ?? 0)),
      start: n === 0,
    },
  }));
  const edges = graph.edges.map((edge) => ({
    group: "edges",
    data: {
      id: `${edge.source} ${edge.target} ${edge.kind}`,
      source: edge.source,
      target: edge.target,
      kind: edge.kind,
    },
  }));
  return [...nodes, ...edges];
}

function joined(first, second) {
  const nodes = new Map([...second.nodes, ...first.nodes].map((node) => [node.id, node]));
  const edges = new Map(
    [...first.edges, ...second.edges].map((edge) => [`${edge.source} ${edge.target} ${edge.kind}`, edge]),
  );
  const rest = [...nodes.values()].filter((node) => node.id !== first.nodes[0].id);
  return { nodes: [first.nodes[0], ...rest], edges: [...edges.values()] };
}

// Places that fill the stage: wide on a desktop, tall on a phone.
async function placed(graph, stage) {
  const depth = new Map(graph.nodes.map((node) => [node.id, node.depth]));
  const pairs = graph.edges.map((edge) => [edge.source, edge.target]);
  const spots = await places([...depth.keys()], pairs, (id) => depth.get(id));
  const wide = Math.min(Math.max(Math.sqrt(stage.clientWidth / (stage.clientHeight || 1)) || 1, 0.7), 1.5);
  return new Map([...spots].map(([id, { x, y }]) => [id, { x: x * wide, y: y / wide }]));
}

// The whole of a graph, or where its names are too small to be read the middle of it; of very many, the whole again.
function framed(drawing) {
  drawing.fit(undefined, 24);
  if (drawing.zoom() >= READABLE || drawing.nodes().length > MANY) return;
  drawing.zoom(READABLE);
  drawing.center(drawing.nodes("[?start]"));
}

function soughtIn(drawing) {
  return (text) => {
    const wanted = text.trim().toLowerCase();
    const found = wanted ? drawing.nodes().filter((node) => node.data("label").toLowerCase().includes(wanted)) : null;
    drawing.batch(() => {
      drawing.elements().removeClass("sought far near");
      found?.addClass("sought");
    });
    if (!found?.length) return found ? 0 : null;
    const zoom = Math.max(drawing.zoom(), READABLE);
    if (found.length === 1) drawing.animate({ center: { eles: found }, zoom, duration: 200 });
    else drawing.animate({ fit: { eles: found, padding: 60 }, duration: 200 });
    return found.length;
  };
}

// Draw `graph` on `stage`; `chosen` is told the node somebody chooses, and how to let the graph grow. Gives what a reader
// may do besides: zoom by a factor, see all, seek names.
export async function drawGraph(stage, graph, chosen) {
  const [{ default: cytoscape }, spots] = await Promise.all([import("./vendor/cytoscape.js"), placed(graph, stage)]);
  if (!stage.isConnected) return null;
  let whole = graph;
  const many = graph.nodes.length > MANY;
  const drawing = cytoscape({
    container: stage,
    elements: elements(graph, spots),
    style: style(),
    layout: { name: "preset" },
    minZoom: 0.05,
    maxZoom: 3,
    textureOnViewport: many,
    hideEdgesOnViewport: many,
    boxSelectionEnabled: false,
  });
  const grow = async (more) => {
    whole = joined(whole, more);
    const fresh = await placed(whole, stage);
    drawing.batch(() => {
      drawing.elements().remove();
      drawing.add(elements(whole, fresh));
    });
    drawing.fit(undefined, 30);
    return whole;
  };
  framed(drawing);
  drawing.on("tap", "node", (event) => {
    const near = event.target.closedNeighborhood();
    drawing.batch(() => {
      drawing.elements().addClass("far").removeClass("near");
      near.removeClass("far").addClass("near");
    });
    const id = event.target.id();
    chosen(
      {
        node: whole.nodes.find((node) => node.id === id),
        edges: whole.edges.filter((edge) => edge.source === id || edge.target === id),
      },
      grow,
    );
  });
  drawing.on("tap", (event) => {
    if (event.target === drawing) drawing.elements().removeClass("far near");
  });
  stage.dataset.nodes = String(graph.nodes.length); // the drawing is there
  stage.drawing = drawing;
  const middle = () => ({ x: drawing.width() / 2, y: drawing.height() / 2 });
  return {
    zoom: (factor) => drawing.zoom({ level: drawing.zoom() * factor, renderedPosition: middle() }),
    whole: () => drawing.fit(undefined, 24),
    seek: soughtIn(drawing),
  };
}
