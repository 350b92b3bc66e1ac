using System.Globalization;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The folder of a run and where everything lies in it: <c>options.json</c>, <c>log.jsonl</c>, <c>validation.jsonl</c>,
/// <c>timing.jsonl</c>, <c>samples/</c>, <c>snapshots/</c>, <c>checkpoints/</c> and the exported models.
/// </summary>
/// <param name="path">The folder; nothing has to be there yet.</param>
public sealed class RunFolder(string path)
{
    /// <summary>The file with the run's trainer, options and networks.</summary>
    public const string OptionsFile = "options.json";

    /// <summary>The file with a line of losses for every logged step.</summary>
    public const string LogFile = "log.jsonl";

    /// <summary>The file with a line of scores for every validation.</summary>
    public const string ValidationFile = "validation.jsonl";

    /// <summary>The file with a line of speeds for every logged step; it differs from run to run.</summary>
    public const string TimingFile = "timing.jsonl";

    /// <summary>
    /// The empty file that a run holds locked, by <see cref="FileShare.None"/>, for as long as it is in the folder.
    /// </summary>
    public const string LockFile = "run.lock";

    /// <summary>The file with the names, sizes and some hashes of the training files.</summary>
    public const string DataFile = "data.json";

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Whether a run was begun in the folder: whether it has <see cref="OptionsFile"/>.</summary>
    public bool Exists => File.Exists(Options);

    /// <summary>The path of <see cref="OptionsFile"/>.</summary>
    public string Options => In(OptionsFile);

    /// <summary>The path of <see cref="LogFile"/>.</summary>
    public string Log => In(LogFile);

    /// <summary>The path of <see cref="ValidationFile"/>.</summary>
    public string ValidationLog => In(ValidationFile);

    /// <summary>The path of <see cref="TimingFile"/>.</summary>
    public string TimingLog => In(TimingFile);

    /// <summary>The path of <see cref="LockFile"/>.</summary>
    internal string Lock => In(LockFile);

    /// <summary>The path of <see cref="DataFile"/>.</summary>
    internal string Data => In(DataFile);

    /// <summary>The folder of sample grids.</summary>
    public string Samples => In("samples");

    /// <summary>The folder of generators' weights after some epochs.</summary>
    public string Snapshots => In("snapshots");

    /// <summary>The folder of a few source images on which exported models are verified.</summary>
    public string VerificationImages => In("verification");

    /// <summary>The path of the sample grid of an epoch.</summary>
    /// <param name="epoch">Epochs finished, 1 or more.</param>
    public string Sample(int epoch) =>
        System.IO.Path.Combine(Samples, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:D4}.png"));

    /// <summary>The path of a generator's weights after an epoch.</summary>
    /// <param name="generator">The generator's name: <c>generator</c>, <c>generator_ab</c> or
    /// <c>generator_ba</c>.</param>
    /// <param name="epoch">Epochs finished, 1 or more.</param>
    public string Snapshot(string generator, int epoch) =>
        System.IO.Path.Combine(
            Snapshots,
            string.Create(CultureInfo.InvariantCulture, $"{generator}-epoch-{epoch:D4}.safetensors")
        );

    /// <summary>The path of a generator's weights with the lowest validation L1.</summary>
    /// <param name="generator">The generator's name: <c>generator</c>, <c>generator_ab</c> or
    /// <c>generator_ba</c>.</param>
    public string Best(string generator) => System.IO.Path.Combine(Snapshots, $"{generator}-best.safetensors");

    /// <summary>The path of the model that is exported of a generator at the end.</summary>
    /// <param name="generator">The generator's name: <c>generator</c>, <c>generator_ab</c> or
    /// <c>generator_ba</c>.</param>
    /// <returns><c>model.onnx</c>, <c>model_ab.onnx</c> or <c>model_ba.onnx</c> in the folder.</returns>
    public string Model(string generator) =>
        In(generator.Replace("generator", "model", StringComparison.Ordinal) + ".onnx");

    /// <summary>
    /// The names of the run's generators: <c>generator</c>, or <c>generator_ab</c> and <c>generator_ba</c>.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no run in the folder.</exception>
    public IReadOnlyList<string> FindGenerators() => RunExporter.GeneratorNames(Path);

    /// <summary>
    /// Exports a generator of the run as an ONNX file, and verifies the file on images that the run kept.
    /// </summary>
    /// <param name="file">The ONNX file; an existing one is replaced.</param>
    /// <param name="epoch">A number of epochs of which there is a snapshot, <c>best</c>, or <c>last</c> (the newest
    /// checkpoint).</param>
    /// <param name="options">How it is written.</param>
    /// <param name="generator">Its name; the first one where null.</param>
    /// <param name="average">Whether <c>last</c> means the averaged weights, where the run keeps an average.</param>
    /// <exception cref="DirectoryNotFoundException">There is no run in the folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such snapshot; the message lists those there
    /// are.</exception>
    /// <exception cref="InvalidOperationException">The file does not do what torch does.</exception>
    public VerifiedModel Export(
        string file,
        string epoch = "last",
        OnnxExportOptions? options = null,
        string? generator = null,
        bool average = true
    ) => RunExporter.Export(Path, file, epoch, options, generator, average);

    /// <summary>Throws unless a run was begun in the folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none; the message names the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not look into the folder.</exception>
    public void RequireRun()
    {
        if (Exists)
            return;
        if (!MayLookInto())
            throw new UnauthorizedAccessException($"This user may not look into the folder '{Path}'.");
        throw new DirectoryNotFoundException($"'{Path}' is not a run folder: it has no {OptionsFile}.");
    }

    /// <summary>
    /// Deletes what runs that were killed left of files that they were writing. Whoever calls it holds the folder.
    /// </summary>
    /// <param name="epochs">Epochs of the run.</param>
    /// <param name="generators">The names of its generators; others do no harm.</param>
    internal void DeleteLeftovers(int epochs, IEnumerable<string> generators)
    {
        string[] names = [.. generators];
        Delete(Path, [Options, Data, In(RunReport.FileName), .. names.Select(Model)]);
        Delete(Samples, Enumerable.Range(1, epochs).Select(Sample));
        foreach (string name in names)
            Delete(Snapshots, Enumerable.Range(1, epochs).Select(epoch => Snapshot(name, epoch)).Append(Best(name)));

        static void Delete(string folder, IEnumerable<string> files) =>
            AtomicFile.DeleteLeftovers(folder, files.Select(file => System.IO.Path.GetFileName(file)));
    }

    /// <summary>Its checkpoints.</summary>
    internal CheckpointFolder Checkpoints => new(In("checkpoints"));

    /// <summary>
    /// Whether there is anything in the folder that a new run would spoil. One that ended before its first line of the
    /// log (a wrong option, say) has left nothing.
    /// </summary>
    internal bool HasBegun => Checkpoints.Any || Exists && new FileInfo(Log) is { Exists: true, Length: > 0 };

    // A file that nobody may see and one that is missing look alike until it is opened.
    private bool MayLookInto()
    {
        if (Directory.Exists(Options))
            return true;
        try
        {
            File.OpenHandle(Options).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            // It is missing.
        }
        return true;
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
