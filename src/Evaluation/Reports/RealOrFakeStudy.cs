using System.Globalization;
using System.Text;
using System.Text.Json;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The papers' real-or-fake test as one static HTML file: each trial shows a real and a translated image side by side
/// for a moment, then asks which was the fake. The page tallies how often the translated one was taken for real, with a
/// 95 % interval (Wilson), and saves all answers as JSON. The defaults are the protocol of the pix2pix paper
/// (section 3.4): 10 practice trials with an answer shown, then 40 without, one second an image.
/// </summary>
public sealed class RealOrFakeStudy
{
    /// <summary>Trials that count.</summary>
    public int Trials { get; init; } = 40;

    /// <summary>Trials before those, after which the right answer is shown.</summary>
    public int PracticeTrials { get; init; } = 10;

    /// <summary>How long the images are shown, in seconds.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Images wider than this are shown smaller.</summary>
    public int MaximumSide { get; init; } = 512;

    /// <summary>Chooses images, partners and sides.</summary>
    public int Seed { get; init; }

    /// <summary>Names the study on the page and in the saved answers.</summary>
    public string Title { get; init; } = "Real or fake?";

    /// <summary>Writes the page with its images inside.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="real">Real images, at least 1.</param>
    /// <param name="fake">Translated images, at least 1.</param>
    /// <returns>The number of different images on the page.</returns>
    /// <exception cref="ArgumentException">There are no real or no translated images.</exception>
    /// <exception cref="FormatException">An image cannot be decoded.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A property is out of its range; the message names
    /// it.</exception>
    public int Save(string path, IReadOnlyList<string> real, IReadOnlyList<string> fake)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        Check();
        if (real.Count == 0 || fake.Count == 0)
            throw new ArgumentException(
                $"A study needs real and translated images; got {real.Count} and {fake.Count}.",
                nameof(real)
            );
        var random = new Random(Seed);
        int trials = Trials + PracticeTrials;
        int[] reals = Draw(real.Count, trials, random),
            fakes = Draw(fake.Count, trials, random);
        var images = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string file)
        {
            if (numbers.TryGetValue(file, out int number))
                return number;
            images.Add(DataUri(ShownImage.Limit(ImageDecoder.Decode(file), MaximumSide)));
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
                title = Title,
                practice = PracticeTrials,
                milliseconds = (int)Math.Round(Seconds * 1000),
                trials = sequence,
                images,
            }
        );
        var html = new StringBuilder(HtmlText.Resource("RealOrFakeStudy.html"))
            .Replace("__STYLE__", HtmlText.Resource("Page.css"))
            .Replace("__TITLE__", HtmlText.Escape(Title))
            .Replace("__SECONDS__", Seconds.ToString("0.###", CultureInfo.InvariantCulture))
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

    private void Check()
    {
        if (Trials < 1)
            throw new ArgumentOutOfRangeException(nameof(Trials), Trials, "Expected at least 1 trial.");
        if (PracticeTrials < 0)
            throw new ArgumentOutOfRangeException(
                nameof(PracticeTrials),
                PracticeTrials,
                "Expected 0 or more practice trials."
            );
        if (!(Seconds > 0) || Seconds > 60)
            throw new ArgumentOutOfRangeException(
                nameof(Seconds),
                Seconds,
                "Expected a time above 0 and of at most 60 seconds."
            );
        if (MaximumSide < 16)
            throw new ArgumentOutOfRangeException(nameof(MaximumSide), MaximumSide, "Expected at least 16 pixels.");
    }
}
