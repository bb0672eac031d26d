"""What axe-core is asked about a page: its serious and critical findings, each with the elements concerned."""

SERIOUS = """axe.run({ exclude: [[".yasgui"]] }, { resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]))"""
