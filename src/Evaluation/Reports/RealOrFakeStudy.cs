using System.Globalization;
using System.Text;
using System.Text.Json;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The papers' real-or-fake test as one static HTML file: each trial shows a real and a translated image side by side
/// for a moment, then asks which was the fake. The page tallies how often the translated one was taken for real, with a
/// 95 % interval (Wilson), and saves all answers as JSON.
/// </summary>
public static class RealOrFakeStudy
{
    /// <summary>Writes the page with its images inside.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="real">Real images, at least 1.</param>
    /// <param name="fake">Translated images, at least 1.</param>
    /// <param name="options">The protocol; null for the paper's.</param>
    /// <returns>The number of different images on the page.</returns>
    /// <exception cref="ArgumentException">There are no real or no translated images.</exception>
    /// <exception cref="FormatException">An image cannot be decoded.</exception>
    public static int Save(
        string path,
        IReadOnlyList<string> real,
        IReadOnlyList<string> fake,
        RealOrFakeStudyOptions? options = null
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        options ??= new();
        options.Check();
        if (real.Count == 0 || fake.Count == 0)
            throw new ArgumentException(
                $"A study needs real and translated images; got {real.Count} and {fake.Count}.",
                nameof(real)
            );
        var random = new Random(options.Seed);
        int trials = options.Trials + options.PracticeTrials;
        int[] reals = Draw(real.Count, trials, random),
            fakes = Draw(fake.Count, trials, random);
        var images = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string file)
        {
            if (numbers.TryGetValue(file, out int number))
                return number;
            images.Add(DataUri(ShownImage.Limit(ImageDecoder.Decode(file), options.MaximumSide)));
            return numbers[file] = images.Count - 1;
        }
        var sequence = Enumerable
            .Range(0, trials)
            .Select(i => new
            {
                real = Number(real[reals[i]]),
                fake = Number(fake[fakes[i]]),
                realName = Path.GetFileName(real[reals[i]]),
                fakeName = Path.GetFileName(fake[fakes[i]]),
                fakeLeft = random.Next(2) == 0,
            })
            .ToArray();
        // JsonSerializer escapes < and >, so nothing in a name can end the script.
        var study = JsonSerializer.Serialize(
            new
            {
                title = options.Title,
                practice = options.PracticeTrials,
                milliseconds = (int)Math.Round(options.Seconds * 1000),
                trials = sequence,
                images,
            }
        );
        var html = new StringBuilder(HtmlText.Resource("RealOrFakeStudy.html"))
            .Replace("__STYLE__", HtmlText.Resource("Page.css"))
            .Replace("__TITLE__", HtmlText.Escape(options.Title))
            .Replace("__SECONDS__", options.Seconds.ToString("0.###", CultureInfo.InvariantCulture))
            .Replace("__STUDY__", study);
        AtomicFile.WriteText(path, html.ToString());
        return images.Count;
    }

    // Every image once before any comes again.
    private static int[] Draw(int available, int count, Random random)
    {
        var drawn = new List<int>(count);
        while (drawn.Count < count)
        {
            var round = Enumerable.Range(0, available).ToArray();
            random.Shuffle(round);
            drawn.AddRange(round.Take(count - drawn.Count));
        }
        return [.. drawn];
    }

    private static string DataUri(RgbImage image) =>
        "data:image/png;base64," + Convert.ToBase64String(ImageEncoder.Encode(image, ImageFileFormat.Png));
}
