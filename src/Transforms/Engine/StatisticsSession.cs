using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Runs single tiles of a model with instance norms by statistics that come from outside. Safe to use from many threads.</summary>
internal sealed class StatisticsSession : IDisposable
{
    private readonly EngineModel _model;
    private readonly InferenceSession _own;
    private readonly InferenceSession _given;
    private readonly float[] _epsilons;
    private readonly int _scale;

    public StatisticsSession(EngineModel model, TranslationEngineOptions options, int threads, int scale)
    {
        (_model, _scale) = (model, scale);
        using var source = model.OpenRunnable();
        var own = StatisticsModel.Write(source.Span, model.Info.Opset, given: false);
        _epsilons = own.Epsilons;
        _own = SessionFactory.Create(model, options, threads, own.Bytes).Session;
        try
        {
            _given = SessionFactory.Create(model, options, threads, StatisticsModel.Write(source.Span, model.Info.Opset, given: true).Bytes).Session;
        }
        catch
        {
            _own.Dispose();
            throw;
        }
    }

    /// <summary>How many instance norms there are.</summary>
    public int Norms => _epsilons.Length;

    /// <summary>Runs a tile and adds what its norms saw.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="weight">How much of the picture it stands for.</param>
    /// <param name="by">What it is normalized by; null means by itself.</param>
    /// <param name="into">Gets what its norms saw.</param>
    public void Collect(RgbImage tile, double weight, PictureStatistics? by, PictureStatistics into)
    {
        string[] names = [.. Enumerable.Range(0, Norms).SelectMany(norm => new[] { StatisticsModel.Mean(norm), StatisticsModel.Square(norm) })];
        using var outputs = Run(tile, by, names);
        lock (into)
        {
            into.AddWeight(weight);
            for (int norm = 0; norm < Norms; norm++)
                into.Add(norm, weight, outputs[norm * 2].GetTensorDataAsSpan<float>(), outputs[norm * 2 + 1].GetTensorDataAsSpan<float>());
        }
    }

    /// <summary>Translates a tile by the statistics of the whole picture.</summary>
    public RgbImage Translate(RgbImage tile, PictureStatistics by)
    {
        using var outputs = Run(tile, by, [_model.OutputName]);
        return new(tile.Width * _scale, tile.Height * _scale, outputs[0].GetTensorDataAsSpan<byte>().ToArray());
    }

    public void Dispose()
    {
        _own.Dispose();
        _given.Dispose();
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(RgbImage tile, PictureStatistics? by, string[] outputs)
    {
        var names = new List<string> { _model.InputName };
        var values = new List<OrtValue> { OrtValue.CreateTensorValueFromMemory(tile.Pixels, [1, tile.Height, tile.Width, 3]) };
        try
        {
            for (int norm = 0; by is not null && norm < Norms; norm++)
            {
                Add(StatisticsModel.GivenMean(norm), by.Means(norm));
                Add(StatisticsModel.GivenFactor(norm), by.Factors(norm, _epsilons[norm]));
            }
            using var run = new RunOptions();
            return (by is null ? _own : _given).Run(run, names, values, outputs);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException($"{_model.Name} failed on a tile of {tile.Width}x{tile.Height}: {exception.Message}", exception);
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }

        void Add(string name, float[] statistic)
        {
            names.Add(name);
            values.Add(OrtValue.CreateTensorValueFromMemory(statistic, [1, statistic.Length, 1, 1]));
        }
    }
}
