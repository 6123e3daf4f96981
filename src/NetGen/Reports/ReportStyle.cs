namespace NetGen.Reports;

/// <summary>Colours and type of a report, light or dark as the reader's system is.</summary>
internal static class ReportStyle
{
    internal const string Sheet = """
        :root { color-scheme: light dark; --page: #f4f4f1; --card: #fdfdfb; --text: #16181d; --muted: #6c7078; --line: #e3e3dd;
          --c0: #2a78d6; --c1: #e0592a; --c2: #168f66; --c3: #7a5bd0; --heat: 42, 120, 214; --wrong: 214, 70, 70; }
        @media (prefers-color-scheme: dark) { :root { --page: #121316; --card: #1b1d21; --text: #eceef1; --muted: #989ea8; --line: #2d3036;
          --c0: #5a9df0; --c1: #f0804f; --c2: #3cba8c; --c3: #a58cf0; --heat: 90, 157, 240; --wrong: 240, 100, 100; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 32px 20px 48px; }
        h1 { margin: 0; font-size: 28px; letter-spacing: -0.01em; }
        h2 { margin: 0 0 10px; font-size: 15px; font-weight: 600; }
        header p { margin: 4px 0 20px; color: var(--muted); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-bottom: 16px; }
        .tile, section, details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        .tile { padding: 12px 16px; display: flex; flex-direction: column; }
        .tile span, .tile small { color: var(--muted); font-size: 13px; }
        .tile b { font-size: 24px; font-weight: 600; font-variant-numeric: tabular-nums; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px; }
        section { padding: 16px 18px; }
        .cards + section, section + section, section + details, .cards + details, details + details { margin-top: 16px; }
        .cards > section { margin-top: 0; }
        svg { display: block; width: 100%; height: auto; }
        .grid { stroke: var(--line); stroke-width: 1; } .axis { stroke: var(--muted); stroke-width: 1; }
        .mark { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 3 4; }
        .tick { fill: var(--muted); font-size: 11.5px; font-variant-numeric: tabular-nums; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 8px 0 0; padding: 0; }
        .legend { color: var(--muted); font-size: 13px; }
        .legend i { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
        .split { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 24px; align-items: start; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
        th, td { padding: 4px 10px; text-align: right; border-bottom: 1px solid var(--line); }
        th { color: var(--muted); font-weight: 500; } th:first-child, td:first-child { text-align: left; }
        .matrix { width: 100%; table-layout: fixed; }
        .matrix td { text-align: center; padding: 6px 2px; border: 1px solid var(--card); border-radius: 4px; }
        .matrix th { text-align: center; padding: 4px 2px; border: 0; overflow: hidden; text-overflow: ellipsis; }
        .note { color: var(--muted); font-size: 13px; margin: 8px 0 0; }
        .mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: 14px; }
        figure { margin: 0; }
        figure img { width: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; }
        figure img { background: #000; border-radius: 6px; display: block; }
        figcaption { font-size: 12.5px; line-height: 1.35; margin-top: 4px; } figcaption small { color: var(--muted); }
        details { padding: 12px 18px; } summary { cursor: pointer; font-weight: 600; } details[open] summary { margin-bottom: 10px; }
        pre { margin: 0; font: 12.5px/1.45 ui-monospace, Consolas, Menlo, monospace; }

        """;

    /// <summary>The colour of one of four lines that are told apart.</summary>
    internal static string Color(int index) => $"var(--c{index})";

    /// <summary>
    /// The colour of one of many lines that have an order, from blue over green to orange, darker and lighter by turns so that
    /// neighbours are told apart.
    /// </summary>
    internal static string Ramp(int index, int count) =>
        FormattableString.Invariant($"hsl({(count < 2 ? 215 : 215 - 190.0 * index / (count - 1)):0} 65% {(index % 2 == 0 ? 42 : 60)}%)");
}
