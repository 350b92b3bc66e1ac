namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Translates every image below a folder into another folder and keeps the tree. Workers take images one by one from
/// reading to writing, so decoding, running and encoding go on side by side and memory stays bounded. Killed and
/// started again with
/// <see cref="FolderTranslationOptions.Resume"/>, it goes on where it was.
/// </summary>
/// <param name="engine">Runs the model; stays the caller's.</param>
/// <param name="options">How to go through folders; null for the defaults.</param>
public sealed class FolderTranslator(TranslationEngine engine, FolderTranslationOptions? options = null)
{
    private readonly TranslationEngine _engine = engine ?? throw new ArgumentNullException(nameof(engine));
    private readonly FolderTranslationOptions _options = options ?? new();

    /// <summary>Translates a folder.</summary>
    /// <param name="inputFolder">An existing folder.</param>
    /// <param name="outputFolder">Made if it is not there and an image is found; may lie inside the input folder, may
    /// not be it.</param>
    /// <param name="progress">Told after every image, from the workers' threads.</param>
    /// <param name="cancellationToken">Stops after the images under way.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such input folder, or no folder of instance
    /// images.</exception>
    /// <exception cref="ArgumentException">An option makes no sense or does not fit the model, or both folders are the
    /// same.</exception>
    /// <exception cref="NotSupportedException">The model has no form for a
    /// <see cref="FolderTranslationOptions.BitDepth"/> of 16.</exception>
    /// <exception cref="InvalidDataException">The folder of instance images has none, or two of one name. Or a bad
    /// image, where <see cref="FolderTranslationOptions.FailOnBadImage"/> is set.</exception>
    /// <exception cref="InvalidOperationException">The runtime failed for a reason other than missing memory: whatever
    /// <see cref="FolderTranslationOptions.FailOnBadImage"/> says, that is the model's failure, which the message
    /// names.</exception>
    /// <exception cref="IOException">An output or the report cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FolderTranslationProgress Translate(
        string inputFolder,
        string outputFolder,
        IProgress<FolderTranslationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(inputFolder);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        _options.Check();
        const string option = nameof(_options.InstanceFolder);
        TranslationSource.CheckInstances(_engine.Model, _options.InstanceFolder is not null, option, option);
        if (_options.BitDepth == 16)
            CheckWide();
        if (_engine.Settings.KeepAlpha || _options.Decoder.KeepAlpha)
            _options.CheckAlpha();
        if (!Directory.Exists(inputFolder))
            throw new DirectoryNotFoundException($"There is no folder '{inputFolder}'.");
        if (RealPath.Of(inputFolder) == RealPath.Of(outputFolder))
            throw new ArgumentException(
                $"Input and output are the same folder, '{inputFolder}'.",
                nameof(outputFolder)
            );
        var listing = FolderListing.Of(inputFolder, outputFolder, _options);
        var instances = _options.InstanceFolder is { } place ? new InstanceFolder(place, _options.Recursive) : null;
        // A wrong folder or pattern leaves nothing behind.
        if (listing.Files.Count > 0)
        {
            NewFolder.Make(outputFolder);
        }

        using var run = new FolderRun(_engine, _options, inputFolder, outputFolder, listing, instances, progress);
        run.Work(cancellationToken);
        return run.Progress;
    }

    // What holds for all images is no failure of each of them.
    private void CheckWide()
    {
        if (_engine.Settings.KeepAlpha)
            throw FolderTranslationOptions.NoAlpha();
        _engine.WideForm();
    }
}
