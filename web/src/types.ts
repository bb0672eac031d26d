// What the server's JSON API answers; its OpenAPI description is the last word.

export interface Entity {
  iri: string;
  label: string;
  type?: string;
}

export interface Summary {
  name: string;
  base: string;
  counts: { documents: number; statements: number; events: number; quads: number };
  version: string;
  revision: number;
  first: string | null;
  last: string | null;
  writable: boolean;
}

export interface Suggestion {
  iri?: string;
  label: string;
  type: string;
  detail?: string;
  statements: number;
  counts?: { issuer?: number; recipient?: number; place?: number; cites?: number; any?: number };
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export const FACETS = ["issuer", "recipient", "kind", "etype", "place", "publisher"] as const;
export type FacetName = (typeof FACETS)[number];

export type Facets = Record<FacetName, FacetValue[]> & {
  confidence: FacetValue[];
  months: { month: string; count: number }[];
  left_out?: Partial<Record<string, number>>;
  total: number;
  unfiltered: number;
};

export interface NetworkNode {
  id: string;
  label: string;
  type: string;
  degree: number;
  statements: number;
  x: number;
  y: number;
}

export interface NetworkEdge {
  id: string;
  source: string;
  target: string;
  relation: string;
  weight: number;
  modality: string;
  alleged?: boolean;
  claimants: string[];
  first: string;
  last: string;
}

export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  total_nodes: number;
  total_edges: number;
  left_out: { nodes: number; edges: number };
}

/** A network of thousands of nodes: edges name their ends by place among the nodes, days are numbers (20210527). */
export interface NetworkColumns {
  base: string;
  types: string[];
  nodes: { id: string[]; label: string[] } & Record<"type" | "statements" | "degree" | "x" | "y", number[]>;
  relations: string[];
  modalities: string[];
  edges: Record<"source" | "target" | "weight" | "relation" | "modality" | "first" | "last", number[]>;
  total_nodes: number;
  total_edges: number;
  left_out: { nodes: number; edges: number };
}

export interface Timeline {
  unit: "month" | "year";
  kinds: string[];
  rows: { unit: string; total: number; counts: Record<string, number> }[];
  undated?: number;
}

export interface MapPlaces {
  places: { iri: string; label: string; lat: number; lon: number; count: number }[];
  total: number;
  left_out: number;
  unlocated?: number;
}

export interface Row {
  iri: string;
  date: string;
  label: string;
  title: string;
  issuers: Entity[];
  recipients: Entity[];
  places?: Entity[];
  kinds: string[];
  publisher: string | Entity | null;
  document: string;
}

export interface Table {
  rows: Row[];
  total: number;
  left_out: number;
}

export interface Mark {
  begin: number;
  end: number;
  role: string;
}

export interface Evidence {
  before: string;
  sentence: string;
  after: string;
  begin: number;
  end: number;
  marks: Mark[];
}

export interface EdgeStatement {
  iri: string;
  date: string;
  label: string;
  document: string;
  title: string;
  source_url?: string;
  publisher?: string | Entity | null;
  confidence: number | null;
  how?: string;
  modality?: string;
  claimants?: string[];
  evidence: Evidence[];
  citation?: string;
}

export interface Edge {
  source: Entity;
  target: Entity;
  label: string;
  relation?: string;
  alleged?: boolean;
  count: number;
  first: string;
  last: string;
  statements: EdgeStatement[];
  left_out?: number;
}

export interface Partner extends Entity {
  count: number;
  first?: string;
  last?: string;
}

export interface Passage {
  date: string;
  document: string;
  begin: number;
  end: number;
}

export interface NodeInfo extends Entity {
  names: string[];
  identifiers: { label: string; iri: string }[];
  parents?: Entity[];
  offices: { post?: Entity; body?: Entity; holder?: Entity; first?: string; last?: string }[];
  statements: { issued: number; received: number; mentioned: number };
  partners: { out: Partner[]; in: Partner[] };
  demanded: (Passage & { action: string; addressee: Entity | null })[];
  demanded_of: (Passage & { action: string; by: Entity | null })[];
  characterizes: (Passage & { event: string; as: string })[];
  co_addressed: Partner[];
  left_out?: Partial<Record<string, number>>;
}

export interface Path {
  nodes: Entity[];
  hops: { source: string; target: string; relation: string; weight: number; alleged?: boolean; first: string; last: string; forward?: boolean }[];
}

export interface Range {
  begin: number;
  end: number;
}

export interface Fact extends Range {
  iri: string;
  subject: Entity;
  predicate: string;
  object: Entity;
  label: string;
  confidence: number | null;
  modality?: string;
  flagged?: boolean;
  evidence: Range | null;
  mention: Range | null;
  cue: Range | null;
}

export interface TextSpan extends Range {
  kind: string;
  role?: string;
  fact?: string | null;
  entity?: string | null;
}

export interface DocumentInfo {
  iri: string;
  title: string;
  text: string;
  publisher: string | Entity | null;
  date: string;
  source: string | string[];
  spans: TextSpan[];
  facts: Fact[];
  statements: { iri: string; label: string; date?: string }[];
}

export interface NamedQuery {
  name: string;
  title: string;
  text: string;
  parameters: { name: string; type: string; default: string; about?: string }[];
}

export interface ReviewSide extends Entity {
  names: string[];
  statements: number;
  contexts: { sentence: string; document: string; begin: number; end: number; date: string; title: string }[];
}

export interface Pair {
  a: ReviewSide;
  b: ReviewSide;
  score: number;
  reasons: string[];
}

/** How far the links of the graph have followed what was judged. */
export interface Links {
  state: "current" | "waiting" | "applying" | "shown soon" | "postponed";
  reason: string;
}

export interface Review {
  links: Links;
  pairs: Pair[];
  total: number;
  left_out: number;
  judged: number;
}
