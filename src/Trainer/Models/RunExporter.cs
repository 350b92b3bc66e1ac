using System.Globalization;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Trainer;

/// <summary>Finds generators in run folders and exports them.</summary>
internal static class RunExporter
{
    private const string Suffix = ".safetensors";
    private const int Attempts = 100;

    /// <summary>
    /// The names of a run's generators: <c>generator</c>, or <c>generator_ab</c> and <c>generator_ba</c>, or the parts
    /// of CoGAN's, which cannot be exported.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no run in that folder.</exception>
    public static IReadOnlyList<string> GeneratorNames(string runFolder) =>
        OfNewest(
            runFolder,
            checkpoint =>
                checkpoint is null
                    ? ["generator"]
                    : checkpoint
                        .Document.Files.Keys.Where(file =>
                            file.StartsWith("generator", StringComparison.Ordinal)
                            && file.EndsWith(Suffix, StringComparison.Ordinal)
                        )
                        .Select(file => file[..^Suffix.Length])
                        .Where(name => !name.Contains('.'))
                        .Order(StringComparer.Ordinal)
                        .ToArray()
        );

    /// <summary>Reads a generator of a run.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="epoch">A number of epochs of which there is a snapshot, <c>best</c>, or <c>last</c> (the newest
    /// checkpoint).</param>
    /// <param name="generator">Its name; the first one where null.</param>
    /// <param name="average">Whether <c>last</c> means the averaged weights, where the run keeps an average.</param>
    /// <exception cref="FileNotFoundException">There is no such snapshot; the message lists those there
    /// are.</exception>
    public static TrainedGenerator Load(
        string runFolder,
        string epoch = "last",
        string? generator = null,
        bool average = true
    )
    {
        generator ??= GeneratorNames(runFolder)[0];
        if (epoch == "last")
            return OfNewest(
                runFolder,
                checkpoint =>
                {
                    if (checkpoint is null)
                        throw new FileNotFoundException($"Run '{runFolder}' has no checkpoint yet.");
                    string averaged = $"{generator}.average{Suffix}";
                    bool isAveraged = average && checkpoint.Document.Files.ContainsKey(averaged);
                    return TrainedGenerator.Load(
                        Path.Combine(checkpoint.Folder, isAveraged ? averaged : generator + Suffix)
                    );
                }
            );
        string snapshots = new RunFolder(runFolder).Snapshots;
        string name = int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? $"{generator}-epoch-{number:D4}"
            : $"{generator}-{epoch}";
        string path = Path.Combine(snapshots, name + Suffix);
        if (File.Exists(path))
            return TrainedGenerator.Load(path);
        var there = Directory.Exists(snapshots)
            ? Directory
                .EnumerateFiles(snapshots, $"{generator}-*{Suffix}")
                .Select(file =>
                    Path.GetFileName(file)[(generator.Length + 1)..^Suffix.Length]
                        .Replace("epoch-", "", StringComparison.Ordinal)
                )
            : [];
        throw new FileNotFoundException(
            $"Run '{runFolder}' has no snapshot '{epoch}' of {generator}. There are: "
                + $"{string.Join(", ", there.Order(StringComparer.Ordinal).Append("last"))}.",
            path
        );
    }

    /// <summary>Exports a generator of a run and verifies the file on images that the run kept.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="epoch">As for <see cref="Load"/>.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="generator">As for <see cref="Load"/>.</param>
    /// <param name="average">As for <see cref="Load"/>.</param>
    /// <exception cref="InvalidOperationException">The file does not do what torch does, or the run is one of
    /// <see cref="CoGanTrainer"/>, which has no network from image to image.</exception>
    public static VerifiedModel Export(
        string runFolder,
        string path,
        string epoch = "last",
        OnnxExportOptions? options = null,
        string? generator = null,
        bool average = true
    )
    {
        // Runs of before have a recipe, too, though their files do not name it.
        var trained = Load(runFolder, epoch, generator, average)
            .By(RecipeNames.OfRun(new RunFolder(runFolder).Options));
        if (trained.Provenance.Trainer == TrainerKind.CoGan.FileName())
            throw new InvalidOperationException(
                $"Run '{runFolder}' is one of CoGAN, which cannot be exported: its generators make images of noise, and an "
                    + "image is translated by a search for its noise, which is no network. Translate images with "
                    + "CoGanTranslator. If you need a model, train a network on the images and their translations by "
                    + "regression; that one can be exported."
            );
        return ModelExporter.Export(trained, path, options, VerificationImages.Load(runFolder, trained.Name));
    }

    // A run may go on meanwhile, which deletes the checkpoint that was the newest a moment ago. No lock: an export must
    // not keep a run from its next checkpoint, nor wait for a run of days.
    private static T OfNewest<T>(string runFolder, Func<CheckpointReader?, T> use)
    {
        var run = new RunFolder(runFolder);
        run.RequireRun();
        for (int attempt = 1; ; attempt++)
        {
            var before = run.Checkpoints.All;
            try
            {
                return use(run.Checkpoints.OpenNewest(null, setAside: false, _ => { }));
            }
            catch (Exception exception)
                when (exception is IOException or InvalidDataException or FormatException
                    && attempt < Attempts
                    && !before.SequenceEqual(run.Checkpoints.All)
                )
            {
                // The checkpoints have changed under our eyes: there is a newer one.
            }
        }
    }
}
