using System.Diagnostics;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>
/// Trains with the trainer as users call it; between blocks of steps, while it waits in its progress callback, the peer
/// makes as many.
/// </summary>
internal sealed class Duel(Configuration configuration, PyTorchSide peer, int rounds, int steps, int threads)
    : IProgress<TrainingProgress>
{
    private readonly CancellationTokenSource _end = new();
    private long _begin;
    private TimeSpan _worked;
    private int _blocks;

    public List<Effort> Ours { get; } = [];

    public List<Effort> Theirs { get; } = [];

    /// <summary>Resident memory after the first measured block and at the end, in MiB.</summary>
    public (long Early, long Late) Resident { get; private set; }

    public void Run()
    {
        (_begin, _worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        try
        {
            Train();
        }
        catch (OperationCanceledException)
        {
            // All rounds are made.
        }
    }

    public void Report(TrainingProgress value)
    {
        if (value.Event != TrainingEvent.Step || _end.IsCancellationRequested)
            return;
        var ours = new Effort(
            Stopwatch.GetElapsedTime(_begin).TotalSeconds / steps,
            (Environment.CpuUsage.TotalTime - _worked).TotalSeconds / steps
        );
        var theirs = peer.Run(steps);
        // The first block of each side warms up.
        if (_blocks++ > 0)
        {
            Ours.Add(ours);
            Theirs.Add(theirs);
        }
        long resident = Environment.WorkingSet >> 20;
        Resident = (_blocks <= 2 ? resident : Resident.Early, resident);
        if (_blocks > rounds)
            _end.Cancel();
        (_begin, _worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    private void Train()
    {
        var pairs = Enumerable
            .Range(0, 8)
            .Select(i => AerialMapSynthesizer.Create(i, configuration.Size))
            .Select(pair => (pair.Aerial, pair.Map))
            .ToArray();
        if (configuration.Kind == "pix2pix")
            new Pix2PixTrainer(Common(new Pix2PixTrainer.Options { Pairs = ImagePairs.FromImages(pairs) })).Train(
                this,
                _end.Token
            );
        else
            new CycleGanTrainer(
                Common(
                    new CycleGanTrainer.Options
                    {
                        Sources = ImageSet.FromImages([.. pairs.Select(pair => pair.Aerial)]),
                        Targets = ImageSet.FromImages([.. pairs.Select(pair => pair.Map)]),
                    }
                )
            ).Train(this, _end.Token);
    }

    private T Common<T>(T options)
        where T : GanOptions
    {
        (options.Generator, options.GeneratorFilters, options.DiscriminatorFilters) = (
            configuration.Generator,
            configuration.Filters,
            configuration.Filters
        );
        (options.Preprocess, options.LoadSize, options.CropSize) = (
            PreprocessMode.ResizeAndCrop,
            configuration.Size + configuration.Size / 8,
            configuration.Size
        );
        (options.LogEvery, options.Epochs, options.DecayEpochs, options.Threads) = (steps, 100000, 0, threads);
        return options;
    }
}
