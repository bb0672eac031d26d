// A large network as the server sends it, in columns, made into nodes and edges.

import type { Network, NetworkColumns } from "../types";

/** Return a day as YYYY-MM-DD, shorter where month or day are not known. */
function day(value: number): string {
  const [year, month, date] = [Math.floor(value / 10000), Math.floor(value / 100) % 100, value % 100];
  const two = (part: number) => (part ? `-${String(part).padStart(2, "0")}` : "");
  return value ? `${String(year).padStart(4, "0")}${two(month)}${two(date)}` : "";
}

export function unfolded(sent: NetworkColumns): Network {
  const { nodes, edges } = sent;
  const ids = nodes.id.map((id) => (/^https?:/.test(id) ? id : sent.base + id));
  const days = new Map<number, string>();
  const said = (value: number) => {
    let text = days.get(value);
    if (text === undefined) { text = day(value); days.set(value, text); }
    return text;
  };
  return {
    nodes: ids.map((id, at) => ({
      id, label: nodes.label[at] as string, type: sent.types[nodes.type[at] as number] as string, statements: nodes.statements[at] as number,
      degree: nodes.degree[at] as number, x: nodes.x[at] as number, y: nodes.y[at] as number,
    })),
    edges: edges.source.map((source, at) => ({
      id: String(at), source: ids[source] as string, target: ids[edges.target[at] as number] as string, weight: edges.weight[at] as number,
      relation: sent.relations[edges.relation[at] as number] as string, modality: sent.modalities[edges.modality[at] as number] as string,
      claimants: [], first: said(edges.first[at] as number), last: said(edges.last[at] as number),
    })),
    total_nodes: sent.total_nodes, total_edges: sent.total_edges, left_out: sent.left_out,
  };
}
