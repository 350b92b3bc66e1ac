using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Runs single tiles of a model with instance norms by statistics that come from outside. Safe to use from many
/// threads.
/// </summary>
internal sealed class StatisticsSession : IDisposable
{
    private readonly EngineModel _model;
    private readonly IModelSession _session;
    private readonly ImmutableArray<float> _epsilons;
    private readonly NormTensors _names;
    private readonly ImageScale _scale;
    private readonly int _passes;

    public StatisticsSession(OpenedModel opened, int passes)
    {
        _model = opened.Model;
        _scale = opened.Sizes.Scale;
        _passes = passes;
        using var source = _model.OpenRunnable();
        byte[] rewritten = ModelRewriter.WithStatistics(
            source.Span,
            _model.Info.Opset,
            out _epsilons,
            out string prefix
        );
        _names = new(prefix);
        _session = opened.Opener.Open(opened.Opener.Threads / opened.Slots.ParallelRuns, rewritten);
    }

    /// <summary>Whether a model has norms that see the whole image, and is run one image at a time.</summary>
    public static bool Fits(EngineModel model) =>
        model.Pixels.FixedBatch is null or 1 && model.Info.Operators.ContainsKey("InstanceNormalization");

    /// <summary>Translates an image in tiles, all of them by the statistics of the whole image.</summary>
    /// <param name="tiles">How it is cut.</param>
    /// <param name="source">The image.</param>
    /// <param name="padding">What is added to it.</param>
    /// <param name="slots">Its places bound the runs at a time.</param>
    public RgbImage Translate(TiledTranslation tiles, SourcePixels source, ImagePadding padding, SlotPool slots)
    {
        ImageStatistics? statistics = null;
        // Norms inside of branches and loops go by their tile.
        int passes = Norms == 0 ? 0 : _passes;
        for (int pass = 0; pass < passes; pass++)
        {
            // Every pass makes one more norm right, and with it what the next one sees; the others go by their tiles,
            // as wrong ones would add up in deep networks.
            var by = statistics;
            int known = pass;
            var into = new ImageStatistics(Norms);
            foreach (var (tile, share) in tiles.Tiles(source, padding))
                slots.Use(_ =>
                {
                    Collect(tile, share, by, known, into);
                    return true;
                });
            statistics = into;
        }
        return tiles.Translate(
            source,
            padding,
            row => [.. row.Select(tile => slots.Use(_ => Translate(tile, statistics)))]
        );
    }

    public void Dispose() => _session.Dispose();

    private int Norms => _epsilons.Length;

    /// <summary>Runs a tile and adds what its norms saw.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="weight">How much of the image it stands for.</param>
    /// <param name="by">What its first norms are normalized by.</param>
    /// <param name="known">How many norms that is; the others go by the tile itself.</param>
    /// <param name="into">Gets what its norms saw.</param>
    private void Collect(SourcePixels tile, double weight, ImageStatistics? by, int known, ImageStatistics into)
    {
        string[] names =
        [
            .. Enumerable.Range(0, Norms).SelectMany(norm => new[] { _names.Mean(norm), _names.Square(norm) }),
        ];
        using var outputs = Run(tile, by, known, names);
        lock (into)
        {
            into.AddWeight(weight);
            for (int norm = 0; norm < Norms; norm++)
                into.Add(
                    norm,
                    weight,
                    outputs[norm * 2].GetTensorDataAsSpan<float>(),
                    outputs[norm * 2 + 1].GetTensorDataAsSpan<float>()
                );
        }
    }

    /// <summary>Translates a tile by the statistics of the whole image.</summary>
    private RgbImage Translate(SourcePixels tile, ImageStatistics? by)
    {
        using var outputs = Run(tile, by, Norms, [_model.OutputName]);
        return new(tile.Width * _scale, tile.Height * _scale, outputs[0].GetTensorDataAsSpan<byte>().ToArray());
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(
        SourcePixels tile,
        ImageStatistics? by,
        int known,
        string[] outputs
    )
    {
        _model.Memory.Check(1, tile.Height, tile.Width, _session.Provider == ExecutionProviders.Cpu);
        var names = new List<string> { _model.InputName };
        var values = new List<OrtValue>
        {
            OrtValue.CreateTensorValueFromMemory(
                tile.Samples,
                [1, tile.Height, tile.Width, _model.Pixels.InputSamples]
            ),
        };
        try
        {
            for (int norm = 0; norm < Norms; norm++)
            {
                bool given = by is not null && norm < known;
                Add(_names.GivenMean(norm), given ? by!.Means(norm) : [0]);
                Add(_names.GivenFactor(norm), given ? by!.Factors(norm, _epsilons[norm]) : [0]);
                names.Add(_names.IsGiven(norm));
                values.Add(OrtValue.CreateTensorValueFromMemory<float>([given ? 1 : 0], [1]));
            }
            return _session.Run(names, values, outputs);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on a tile of {tile.Width}x{tile.Height}: {RuntimeMessage.Of(exception)}",
                exception
            );
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }

        void Add(string name, float[] statistic)
        {
            names.Add(name);
            values.Add(OrtValue.CreateTensorValueFromMemory(statistic, [1, statistic.Length, 1, 1]));
        }
    }
}
