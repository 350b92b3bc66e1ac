using System.Diagnostics;
using MlNetImageTranslation.Benchmarks.Training.Peers;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>
/// Trains with the trainer as users call it; between blocks of steps, while the trainer waits in its progress
/// callback, each peer makes as many.
/// </summary>
internal sealed class Contest(
    Configuration configuration,
    IReadOnlyList<PeerProcess> peers,
    int rounds,
    int steps,
    int threads,
    TrainingPrecision precision
) : IProgress<TrainingProgress>
{
    private readonly CancellationTokenSource _end = new();
    private long _begin;
    private TimeSpan _worked;
    private int _finishedRounds;

    public Side Ours { get; } = new("ours");

    /// <summary>In the order of the peers.</summary>
    public IReadOnlyList<Side> Theirs { get; } = [.. peers.Select(peer => new Side(peer.Name))];

    public void Run()
    {
        StartClock();
        try
        {
            Train();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // All rounds are made.
        }
    }

    public void Report(TrainingProgress value)
    {
        if (value.Event != TrainingEvent.Step || _end.IsCancellationRequested)
        {
            return;
        }

        var ours = ReadClock();
        // The first round warms every side up.
        bool measured = _finishedRounds > 0;
        if (measured)
        {
            Ours.Add(ours);
        }

        foreach (int peer in Order())
        {
            var theirs = peers[peer].Run(steps);
            if (measured)
            {
                Theirs[peer].Add(theirs);
            }
        }

        _finishedRounds++;
        if (_finishedRounds > rounds)
        {
            _end.Cancel();
        }

        StartClock();
    }

    private void StartClock()
    {
        _begin = Stopwatch.GetTimestamp();
        _worked = Environment.CpuUsage.TotalTime;
    }

    private Block ReadClock()
    {
        double seconds = Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - _worked).TotalSeconds;
        return new(new(seconds / steps, processorSeconds / steps), ProcessMemory.PeakMegabytes);
    }

    // The peers change places from round to round, so that none is always the one nearest to us in time.
    private IEnumerable<int> Order()
    {
        var order = Enumerable.Range(0, peers.Count);
        return _finishedRounds % 2 == 0 ? order : order.Reverse();
    }

    private void Train()
    {
        var pairs = Enumerable
            .Range(0, 8)
            .Select(i => AerialMapSynthesizer.Create(i, configuration.Size))
            .Select(pair => (pair.Aerial, pair.Map))
            .ToArray();
        if (configuration.Kind == Configuration.Pix2Pix)
        {
            var options = new Pix2PixTrainer.Options { Pairs = ImagePairs.FromImages(pairs) };
            SetCommon(options);
            new Pix2PixTrainer(options).Train(this, _end.Token);
        }
        else
        {
            var options = new CycleGanTrainer.Options
            {
                Sources = ImageSet.FromImages([.. pairs.Select(pair => pair.Aerial)]),
                Targets = ImageSet.FromImages([.. pairs.Select(pair => pair.Map)]),
            };
            SetCommon(options);
            new CycleGanTrainer(options).Train(this, _end.Token);
        }
    }

    private void SetCommon<T>(T options)
        where T : GeneratorOptions, IAdversarialOptions
    {
        options.Generator = configuration.Generator;
        options.GeneratorFilters = configuration.Filters;
        options.DiscriminatorFilters = configuration.Filters;
        options.Preprocess = PreprocessMode.ResizeAndCrop;
        options.LoadSize = configuration.Size + configuration.Size / 8;
        options.CropSize = configuration.Size;
        options.LogEvery = steps;
        options.Epochs = 100_000;
        options.DecayEpochs = 0;
        options.Threads = threads;
        options.Precision = precision;
    }
}
