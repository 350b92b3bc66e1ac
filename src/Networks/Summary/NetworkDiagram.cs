using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// Draws a network as an SVG image: a box for every convolution with what belongs to it, from left to right in the
/// order of computation; the higher a box, the larger the image in it, the wider, the more channels. Boxes sink with
/// every halving of the image, so a U-Net is a U; skips and residual connections are arrows.
/// </summary>
internal static class NetworkDiagram
{
    private const double Margin = 24,
        Gap = 26,
        LevelDrop = 46,
        TopHeight = 132,
        Title = 46;

    /// <summary>The image as the text of an SVG file.</summary>
    public static string ToSvg(NetworkGraph graph)
    {
        var blocks = DiagramBlock.Split(graph);
        var boxes = Place(graph, blocks);
        double width = boxes.Values.Max(box => box.Right) + Margin + 20,
            bottom = boxes.Values.Max(box => box.Bottom) + 62,
            height = bottom + 34;
        var summary = NetworkSummary.Of(graph);
        var svg = new StringBuilder();
        width = Math.Max(width, 860);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" width="{width:0}" height="{height:0}" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="10" text-anchor="middle">
            <defs><marker id="head" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 6 3 0 6z" fill="context-stroke"/></marker></defs>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="{Margin}" y="24" font-size="16" font-weight="bold" text-anchor="start">{SecurityElement.Escape(
                graph.Name
            )}</text>
            <text x="{Margin}" y="40" fill="#555555" text-anchor="start">{graph.Input} → {graph.Output} · {summary.Parameters} · {summary.MultiplyAdds.True
                / 1e9:0.00} G multiply-adds · receptive field {summary.ReceptiveField}</text>

            """
        );
        for (int i = 1; i < blocks.Count; i++)
            AppendChain(svg, boxes[blocks[i - 1]], boxes[blocks[i]]);
        foreach (var block in blocks)
        foreach (var source in block.Skips)
            AppendSkip(svg, boxes, blocks, source, block);
        foreach (var block in blocks)
            AppendBox(svg, block, boxes[block]);
        AppendLegend(svg, blocks, bottom);
        return svg.Append("</svg>\n").ToString();
    }

    private static Dictionary<DiagramBlock, DiagramBox> Place(NetworkGraph graph, IReadOnlyList<DiagramBlock> blocks)
    {
        var boxes = new Dictionary<DiagramBlock, DiagramBox>();
        double x = Margin + 14,
            top = Title + 44;
        int full = Math.Max(graph.Input.Height, graph.Input.Width);
        foreach (var block in blocks)
        {
            int side = Math.Max(1, Math.Max(block.Output.Height, block.Output.Width));
            double level = Math.Log2(Math.Max(1.0, (double)full / side));
            double height = Math.Max(12, TopHeight * Math.Pow(0.78, level));
            double width = 6 + 3.4 * BitOperations.Log2((uint)block.Output.Channels);
            boxes[block] = new(x, top + LevelDrop * level, width, height);
            x += width + Gap;
        }
        return boxes;
    }

    private static void AppendChain(StringBuilder svg, DiagramBox from, DiagramBox to)
    {
        double start = from.Middle,
            end = to.Middle;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <path d="M{from.Right:0.#} {start:0.#}L{to.Left
                - 2:0.#} {end:0.#}" stroke="#777777" fill="none" marker-end="url(#head)"/>

            """
        );
    }

    private static void AppendSkip(
        StringBuilder svg,
        Dictionary<DiagramBlock, DiagramBox> boxes,
        IReadOnlyList<DiagramBlock> blocks,
        DiagramBlock source,
        DiagramBlock target
    )
    {
        var (from, to) = (boxes[source], boxes[target]);
        bool residual = !target.IsConcatenation;
        bool straight =
            !residual
            && Math.Abs(from.Top - to.Top) < 1
            && blocks
                .SkipWhile(block => block != source)
                .Skip(1)
                .TakeWhile(block => block != target)
                .All(block => boxes[block].Top > from.Top + 4);
        string path;
        if (straight)
            path = string.Create(
                CultureInfo.InvariantCulture,
                $"M{from.Right:0.#} {from.Top + 6:0.#}L{to.Left - 2:0.#} {to.Top + 6:0.#}"
            );
        else
        {
            // Over the heads of everything between: a residual block's own arc is low, a skip over many blocks higher.
            double peak = Math.Min(from.Top, to.Top) - (residual ? 26 : 34);
            double start = (from.Left + from.Right) / 2,
                end = (to.Left + to.Right) / 2;
            path = string.Create(
                CultureInfo.InvariantCulture,
                $"M{start:0.#} {from.Top:0.#}C{start:0.#} {peak:0.#} {end:0.#} {peak:0.#} {end:0.#} {to.Top - 2:0.#}"
            );
        }
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <path d="{path}" stroke="{(
                residual ? "#8e44ad" : "#2e86de"
            )}" stroke-width="1.4" stroke-dasharray="5 3" fill="none" marker-end="url(#head)"/>

            """
        );
    }

    private static void AppendBox(StringBuilder svg, DiagramBlock block, DiagramBox box)
    {
        double center = (box.Left + box.Right) / 2;
        var hint = string.Join("\n", block.Layers.Select(layer => $"{layer.Name}: {LayerDescription.Of(layer)}"));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <g><title>{SecurityElement.Escape(hint)}</title>
            <rect x="{box.Left:0.#}" y="{box.Top:0.#}" width="{box.Width:0.#}" height="{box.Height:0.#}" rx="2" fill="{DiagramColors.Of(
                block
            )}" stroke="#333333" stroke-width="0.8"/>
            <text x="{center:0.#}" y="{box.Bottom + 12:0.#}" font-weight="bold">{block.Output.Channels}</text>
            <text x="{center:0.#}" y="{box.Bottom + 23:0.#}" fill="#777777" font-size="8">{(
                block.Output.Height == block.Output.Width
                    ? $"{block.Output.Height}²"
                    : $"{block.Output.Height}x{block.Output.Width}"
            )}</text>
            {(
                block.IsConcatenation
                    ? ""
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"""<text x="{center:0.#}" y="{box.Bottom + 34:0.#}" fill="#333333" font-size="8">{SecurityElement.Escape(ShortName(block))}</text>"""
                    )
            )}
            </g>

            """
        );
    }

    // The composite's blocks would write over each other with their whole names.
    private static string ShortName(DiagramBlock block) => block.Name[(block.Name.LastIndexOf('.') + 1)..];

    private static void AppendLegend(StringBuilder svg, IReadOnlyList<DiagramBlock> blocks, double y)
    {
        double x = Margin;
        foreach (
            var (label, color) in blocks
                .Select(block => (DiagramColors.LabelOf(block), DiagramColors.Of(block)))
                .Distinct()
        )
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""
                <rect x="{x:0.#}" y="{y:0.#}" width="12" height="12" rx="2" fill="{color}" stroke="#333333" stroke-width="0.8"/><text x="{x
                    + 17:0.#}" y="{y + 10:0.#}" text-anchor="start">{label}</text>

                """
            );
            x += 30 + 6.2 * label.Length;
        }
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <text x="{x:0.#}" y="{y
                + 10:0.#}" text-anchor="start" fill="#555555">under a box: channels, image size, name</text>

            """
        );
    }
}
