using System.Globalization;

namespace MlNetImageTranslation.Evaluation;

// What stands on the page beside images.
public sealed partial class TranslationReport
{
    /// <summary>Adds a heading, which begins a section.</summary>
    public TranslationReport AddHeading(string text)
    {
        Page.AddHeading(text);
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    public TranslationReport AddParagraph(string text)
    {
        Page.AddParagraph(text);
        return this;
    }

    /// <summary>Adds a link in a paragraph of its own.</summary>
    /// <param name="text">The text of the link.</param>
    /// <param name="relativePath">A path relative to the page's folder.</param>
    public TranslationReport AddLink(string text, string relativePath)
    {
        Page.AddLink(text, relativePath);
        return this;
    }

    /// <summary>Adds a table. The first cell of a row is its name; the others are set as numbers.</summary>
    /// <param name="columns">The headings of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="highlighted">The index of a row to point out, or -1.</param>
    public TranslationReport AddTable(
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string>> rows,
        int highlighted = -1
    )
    {
        Page.AddTable(columns, rows, highlighted);
        return this;
    }

    /// <summary>Adds the scores of an evaluation as large numbers; those that were not computed are left out.</summary>
    public TranslationReport AddMetrics(ImageTranslationMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var numbers = new List<(string, string)> { ("Images", metrics.Images.ToString(CultureInfo.InvariantCulture)) };
        void Add(string name, double? value, string format, string unit = "")
        {
            if (value is { } number && !double.IsNaN(number))
                numbers.Add(
                    (
                        name,
                        (double.IsInfinity(number) ? "∞" : number.ToString(format, CultureInfo.InvariantCulture)) + unit
                    )
                );
        }
        Add("L1, 0 to 255", metrics.L1, "0.00");
        Add("PSNR", metrics.Psnr, "0.00", " dB");
        Add("SSIM", metrics.Ssim, "0.0000");
        Add("Fréchet distance", metrics.FrechetDistance, "0.000");
        Add("Kernel distance", metrics.KernelDistance, "0.00000");
        Add("Pixel accuracy", metrics.PixelAccuracy, "0.000");
        Add("Class accuracy", metrics.ClassAccuracy, "0.000");
        Add("Class IoU", metrics.ClassIoU, "0.000");
        Page.AddNumbers(numbers);
        return metrics.FeatureProtocol is { } protocol ? AddParagraph("Features: " + protocol) : this;
    }
}
