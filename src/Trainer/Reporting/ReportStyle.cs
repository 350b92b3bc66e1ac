namespace MlNetImageTranslation.Trainer;

/// <summary>How reports look, by day and by night.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet that goes into every page.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --ink: #20242a; --paper: #ffffff; --pale: #6e747c; --line: #dfe3e8; --curve: #1f6fd0; --soft: #a9c8ee; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --paper: #16191d; --pale: #9aa2ac; --line: #2c3238; --curve: #6cb0ff; --soft: #2f5580; } }
        body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; } header p { margin: .2rem 0; color: var(--pale); }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1rem; }
        .chart { width: 100%; border: 1px solid var(--line); border-radius: 6px; } .chart text { fill: var(--pale); font: 11px system-ui, sans-serif; }
        .chart .title { fill: var(--ink); font-size: 13px; font-weight: 600; } .chart .last { fill: var(--curve); font-size: 13px; text-anchor: end; }
        .chart .x { text-anchor: middle; } .chart .y { text-anchor: end; } .chart .grid { stroke: var(--line); fill: none; }
        .chart .curve { stroke: var(--curve); stroke-width: 1.8; fill: none; } .chart .pale { stroke: var(--soft); fill: none; } .chart .dot { fill: var(--curve); }
        figure { margin: 0; } figcaption { color: var(--pale); font-size: 12px; } img { max-width: 100%; border: 1px solid var(--line); border-radius: 4px; }
        .older { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: .75rem; margin-top: 1rem; }
        table { border-collapse: collapse; font-size: 13px; } th { text-align: left; font-weight: 500; color: var(--pale); padding: 2px 1.5rem 2px 0; } td { overflow-wrap: anywhere; }

        """;
}
