package dev.ossresilience.benchmarks.fleet.page;

/**
 * Colours for light and dark, and lines. The colours can be told apart by people who don't see all of them (after Okabe and Ito), and
 * every line has its own dashes besides.
 */
final class Look {
  private Look() {}

  /** For charts, in a file of their own or in the page. */
  static final String CHARTS =
      """
      :root { color-scheme: light dark; --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --shade: #ffe3b8; --shade-ink: #7a4500;
        --ours: #0b62c4; --none: #6e7781; --fixed: #c98500; --jitter: #d1500b; --v1: #b8508f; --v2: #00876a; --aws: #1f2328; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #0d1117; --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --shade: #4a3410; --shade-ink: #ffcf8a;
          --ours: #58a6ff; --none: #9aa4ae; --fixed: #e8b23a; --jitter: #ff8a4c; --v1: #e58cc2; --v2: #3ccfa5; --aws: #e6edf3; } }
      .chart text { font-family: -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 12px; fill: var(--ink); }
      .chart .ground { fill: var(--ground); stroke: var(--line); }
      .chart .title { font-size: 17px; font-weight: 600; } .chart .soft { fill: var(--soft); } .chart .small { font-size: 11px; fill: var(--soft); }
      .chart .halo { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
      .chart .middle { text-anchor: middle; } .chart .end { text-anchor: end; } .chart .bold { font-weight: 700; font-size: 13px; }
      .chart .grid { stroke: var(--line); } .chart .axis { stroke: var(--soft); }
      .chart .shade { fill: var(--shade); } .chart .shaded { fill: var(--shade-ink); font-size: 11px; font-weight: 600; text-anchor: middle; }
      .chart .wish { stroke: var(--soft); stroke-width: 1.4; stroke-dasharray: 1 4; fill: none; }
      .chart .l { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .chart .l.ours { stroke: var(--ours); stroke-width: 4; }
      .chart .l.none { stroke: var(--none); stroke-width: 2.6; }
      .chart .l.fixed { stroke: var(--fixed); stroke-dasharray: 12 4; } .chart .l.jitter { stroke: var(--jitter); stroke-dasharray: 5 3; }
      .chart .l.v1 { stroke: var(--v1); stroke-dasharray: 2 3; stroke-width: 2.6; } .chart .l.v2 { stroke: var(--v2); stroke-dasharray: 9 3 2 3; }
      .chart .l.aws { stroke: var(--aws); stroke-dasharray: 3 6; }
      .chart .b { fill: var(--none); stroke: none; } .chart .b.ours { fill: var(--ours); } .chart .b.fixed { fill: var(--fixed); }
      .chart .b.jitter { fill: var(--jitter); } .chart .b.v1 { fill: var(--v1); } .chart .b.v2 { fill: var(--v2); } .chart .b.aws { fill: var(--aws); }
      .chart .b.never { fill-opacity: 0.25; } .chart .track { fill: var(--line); fill-opacity: 0.45; }
      """;

  /** For the page around them. */
  static final String PAGE =
      """
      body { margin: 0 auto; padding: 24px 20px 60px; max-width: 960px; background: var(--ground); color: var(--ink);
        font: 16px/1.55 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; }
      h1 { font-size: 30px; line-height: 1.2; margin: 12px 0; } h2 { font-size: 23px; margin: 52px 0 4px; padding-top: 14px; border-top: 1px solid var(--line); }
      h3 { font-size: 17px; margin: 28px 0 6px; } p { max-width: 780px; margin: 10px 0; } a { color: var(--ours); } code { font-size: 14px; }
      ul { max-width: 780px; padding-left: 22px; } li { margin: 4px 0; }
      .chart { display: block; width: 100%; height: auto; margin: 14px 0; }
      .wide { overflow-x: auto; } table { border-collapse: collapse; margin: 14px 0; font-size: 14px; }
      th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
      th { font-weight: 600; vertical-align: bottom; } th:first-child, td:first-child { text-align: left; }
      tr.ours td { font-weight: 700; } th.words, td.words { text-align: left; white-space: normal; }
      details { margin: 14px 0; } summary { cursor: pointer; font-weight: 600; }
      """;
}
