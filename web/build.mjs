// Builds the pages of `communique serve` into the Python package: bundles, style sheets, outlines of the map, licences.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../graph/communique/serve/static");
const assets = join(out, "assets");

rmSync(out, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

const common = { bundle: true, minify: true, target: ["es2022"], legalComments: "none", metafile: true, logLevel: "warning", outdir: assets, absWorkingDir: here };
const pages = await build({
  ...common,
  entryPoints: ["explore", "document", "expert", "review"].map((name) => `src/${name}.ts`),
  format: "esm",
  splitting: true,
  chunkNames: "chunk-[hash]",
});
const theme = await build({ ...common, entryPoints: ["src/theme.ts"], format: "iife" });
const styles = await build({ ...common, entryPoints: ["src/style.css", "src/expert.css"], loader: { ".woff2": "file", ".svg": "dataurl" }, assetNames: "[name]" });

for (const [name, script] of Object.entries({ index: "explore", document: "document", expert: "expert", review: "review" })) {
  const text = readFileSync(join(here, "html", `${name}.html`), "utf8");
  writeFileSync(join(out, `${name}.html`), text.replace("</head>", `${preloads(script)}</head>`));
}
for (const name of ["icon.svg", "cytoscape.css"]) cpSync(join(here, "html", name), join(assets, name));
cpSync(join(here, "node_modules/world-atlas/countries-50m.json"), join(assets, "countries-50m.json"));

for (const name of readdirSync(assets).filter((name) => /\.(js|css|json|svg)$/.test(name))) {
  const data = readFileSync(join(assets, name));
  if (data.length > 1000) writeFileSync(join(assets, `${name}.gz`), gzipSync(data, { level: 9 }));
}
writeFileSync(join(out, "THIRD-PARTY-LICENSES.txt"), licences([pages, theme, styles]));

/** Return the links by which a browser asks at once for all that a page's script is going to import. */
function preloads(script) {
  const made = Object.entries(pages.metafile.outputs);
  const found = new Set();
  const follow = (name) => {
    for (const each of made.find(([path]) => path.endsWith(`/${name}`))?.[1].imports ?? []) {
      if (each.kind !== "import-statement" || found.has(basename(each.path))) continue;
      found.add(basename(each.path));
      follow(basename(each.path));
    }
  };
  follow(`${script}.js`);
  return [...found].sort().map((name) => `<link rel="modulepreload" href="static/assets/${name}">\n`).join("");
}

/** Collect the licence of every package that went into the bundles, and of what those packages bundle themselves. */
function licences(builds) {
  const found = new Set(["node_modules/world-atlas"]);
  for (const { metafile } of builds) {
    for (const input of Object.keys(metafile.inputs)) {
      const match = /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match) addWithDependencies(match[1], found);
    }
  }
  return [...found].sort().map(licence).join("\n\n");
}

function addWithDependencies(folder, found) {
  if (found.has(folder) || !existsSync(join(here, folder, "package.json"))) return;
  found.add(folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) addWithDependencies(`node_modules/${name}`, found);
}

function licence(folder) {
  const about = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  const file = readdirSync(join(here, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file ? readFileSync(join(here, folder, file), "utf8").trim() : "(its package has no licence file)";
  return `${"=".repeat(80)}\n${about.name} ${about.version}, licence ${about.license ?? "not given"}\n${"=".repeat(80)}\n${text}`;
}
