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
    private readonly int _scale;

    public StatisticsSession(SessionOpener opener, EngineModel model, int threads, int scale)
    {
        (_model, _scale) = (model, scale);
        using var source = model.OpenRunnable();
        var rewritten = StatisticsModel.Write(source.Span, model.Info.Opset);
        _epsilons = rewritten.Epsilons;
        _session = opener.Open(threads, rewritten.Bytes);
    }

    /// <summary>How many instance norms there are.</summary>
    public int Norms => _epsilons.Length;

    /// <summary>Runs a tile and adds what its norms saw.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="weight">How much of the image it stands for.</param>
    /// <param name="by">What its first norms are normalized by.</param>
    /// <param name="known">How many norms that is; the others go by the tile itself.</param>
    /// <param name="into">Gets what its norms saw.</param>
    public void Collect(RgbImage tile, double weight, ImageStatistics? by, int known, ImageStatistics into)
    {
        string[] names =
        [
            .. Enumerable
                .Range(0, Norms)
                .SelectMany(norm => new[] { StatisticsModel.Mean(norm), StatisticsModel.Square(norm) }),
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
    public RgbImage Translate(RgbImage tile, ImageStatistics by)
    {
        using var outputs = Run(tile, by, Norms, [_model.OutputName]);
        return new(tile.Width * _scale, tile.Height * _scale, outputs[0].GetTensorDataAsSpan<byte>().ToArray());
    }

    public void Dispose() => _session.Dispose();

    private IDisposableReadOnlyCollection<OrtValue> Run(RgbImage tile, ImageStatistics? by, int known, string[] outputs)
    {
        var names = new List<string> { _model.InputName };
        var values = new List<OrtValue>
        {
            OrtValue.CreateTensorValueFromMemory(tile.Pixels, [1, tile.Height, tile.Width, 3]),
        };
        try
        {
            for (int norm = 0; norm < Norms; norm++)
            {
                bool given = by is not null && norm < known;
                Add(StatisticsModel.GivenMean(norm), given ? by!.Means(norm) : [0]);
                Add(StatisticsModel.GivenFactor(norm), given ? by!.Factors(norm, _epsilons[norm]) : [0]);
                names.Add(StatisticsModel.IsGiven(norm));
                values.Add(OrtValue.CreateTensorValueFromMemory<float>([given ? 1 : 0], [1]));
            }
            return _session.Run(names, values, outputs);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on a tile of {tile.Width}x{tile.Height}: {exception.Message}",
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
