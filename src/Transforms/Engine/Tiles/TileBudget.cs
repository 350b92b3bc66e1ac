namespace MlNetImageTranslation.Transforms;

/// <summary>When an image is cut into tiles, and of which size.</summary>
internal sealed class TileBudget
{
    // What is assumed of a card that does not tell its free memory.
    private const long SmallCard = 4L << 30;

    // With ONNX Runtime 1.29 a ResNet generator took 1.6 kB, a U-Net 0.7 kB.
    private const int BytesPerPixel = 2048;

    private const long LeastByMemory = 1 << 18,
        LeastAfterFailures = 1 << 16;

    private const int UnknownOverlap = 64,
        UnknownGrid = 32;

    private readonly OpenedModel _opened;
    private readonly TranslationEngineOptions _options;
    private readonly bool _onGpu;
    private readonly TiledTranslation? _tiles;
    private long _pixels;

    public TileBudget(OpenedModel opened, RunQueues queues, TranslationEngineOptions options)
    {
        _opened = opened;
        _options = options;
        _onGpu = opened.Slots.Provider == ExecutionProviders.Cuda;
        var sizes = opened.Sizes;
        int overlap =
            options.TileOverlap
            ?? (opened.Model.Card?.ReceptiveField is { } field ? (4 * field + 2) / 3 : UnknownOverlap);
        // A model that reads any size may still have strides inside, and make up for what they leave over.
        int grid = sizes.Multiple;
        while (opened.Model.Card is null && grid < UnknownGrid)
            grid *= 2;
        TilesFixedSides = sizes.HasFixedSide && sizes.Scale.Up > 1 && options.Mode == TranslationMode.KeepSize;
        _pixels = options.TilePixels ?? ByMemory(queues);
        if (TilesFixedSides)
            _tiles = new(_pixels, overlap, sizes.Multiple, grid, sizes.Scale, sizes.Height, sizes.Width);
        else if (_pixels > 0 && !sizes.HasFixedSide && options.Mode != TranslationMode.Exact)
            _tiles = new(_pixels, overlap, sizes.Multiple, grid, sizes.Scale);
    }

    /// <summary>Whether images are cut into tiles of the only size that the model reads.</summary>
    public bool TilesFixedSides { get; }

    /// <summary>Whether images of any size may be cut.</summary>
    public bool TilesFreeSides => _tiles is not null && !TilesFixedSides;

    /// <summary>The most pixels of a run now.</summary>
    public long Pixels => Volatile.Read(ref _pixels);

    /// <summary>How an image is cut; null where it goes as a whole.</summary>
    /// <param name="padding">The image.</param>
    /// <param name="pixels">The most pixels of a run.</param>
    public TiledTranslation? For(ImagePadding padding, long pixels)
    {
        if (_tiles is null)
            return null;
        bool fits =
            padding.PaddedHeight <= (_opened.Sizes.Height ?? int.MaxValue)
            && padding.PaddedWidth <= (_opened.Sizes.Width ?? int.MaxValue)
            && (pixels == 0 || TilesWholeFixed || PixelsOf(padding) <= pixels);
        return fits ? null : _tiles with { Pixels = pixels == 0 ? long.MaxValue : pixels };
    }

    /// <summary>
    /// Makes tiles smaller after a run failed. Memory is shared with other programs, and what a pixel takes is an
    /// estimate: half as many may do. Sizes that were asked for are kept.
    /// </summary>
    /// <param name="paddings">What failed.</param>
    /// <param name="pixels">The most pixels of a run that failed.</param>
    /// <returns>Whether it is worth another try.</returns>
    public bool TryShrink(IEnumerable<ImagePadding> paddings, long pixels)
    {
        if (!TilesFreeSides || _options.TilePixels is not null)
            return false;
        long smaller = Math.Min(paddings.Max(PixelsOf), pixels) / 2;
        if (smaller < LeastAfterFailures)
            return false;
        Volatile.Write(ref _pixels, Math.Min(smaller, Pixels));
        return true;
    }

    private bool TilesWholeFixed => _opened.Sizes is { Height: not null, Width: not null };

    private static long PixelsOf(ImagePadding padding) => (long)padding.PaddedHeight * padding.PaddedWidth;

    // Half of the memory there is for all runs together; on a GPU it is the card's that counts.
    private long ByMemory(RunQueues queues)
    {
        long memory = _onGpu ? _opened.Opener.FreeMemory ?? SmallCard : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            pixels =
                memory
                / 2
                / (BytesPerPixel + _opened.Opener.AddedBytesPerPixel)
                / queues.ParallelRuns
                / queues.BatchSize,
            most = _options.MaxRunPixels / _opened.Sizes.Scale.Up / _opened.Sizes.Scale.Up;
        return Math.Max(1, Math.Min(most, Math.Max(LeastByMemory, pixels)));
    }
}
