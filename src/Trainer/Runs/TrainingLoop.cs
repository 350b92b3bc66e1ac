using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The loop around the steps of a <see cref="TrainingSession"/>: epochs and rates, log, samples, snapshots, validation,
/// checkpoints, cancellation. Everything it does depends on options, data and <see cref="TrainingState"/> only, so
/// that a resumed run is the run.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly TrainingSession _session;
    private readonly SampleSource _training;
    private readonly SampleSource? _validation;
    private readonly RunFolder? _run;
    private readonly BatchOrder _order;
    private readonly LearningRateSchedule _schedule;
    private readonly ProgressReporter _progress;
    private readonly LossMonitor _monitor;
    private readonly EpochImages _images;
    private readonly GeneratorSnapshots _snapshots;
    private readonly bool _validated;
    private RunLogs? _logs;
    private TrainingState _state = new();
    private CheckpointDocument? _saved;

    public TrainingLoop(
        TrainingOptions options,
        TrainingSession session,
        SampleSource training,
        SampleSource? validation,
        RunFolder? run,
        IProgress<TrainingProgress>? progress
    )
    {
        (_options, _session, _training, _validation, _run) = (options, session, training, validation, run);
        _order = new(
            Math.Min(training.Count, options.MaximumDataSize ?? int.MaxValue),
            options.BatchSize * options.AccumulationSteps,
            options.Order,
            options.SeedOrZero
        );
        _schedule = new(
            options.LearningRatePolicy,
            options.Epochs,
            options.DecayEpochs,
            options.LearningRateDecayEvery
        );
        _progress = new(progress, TotalEpochs, (long)TotalEpochs * _order.BatchesPerEpoch);
        _monitor = new(session);
        _images = new(options, session, training, validation);
        _snapshots = new(options, session.Trainer, _order.Count, validation?.Count);
        _validated = validation is not null && session.Scores && options.ValidateEveryEpochs > 0;
        if (options.AverageDecay > 0)
            foreach (var generator in session.Generators)
                generator.BeginAverage();
    }

    private int TotalEpochs => _options.Epochs + _options.DecayEpochs;

    // All its steps are made; what is written at its end is not.
    private bool EpochIsOver => _state.Batch >= _order.BatchesPerEpoch;

    private int FinishedEpochs => EpochIsOver ? _state.Epoch + 1 : _state.Epoch;

    private bool Finished => _state.Epoch >= TotalEpochs || _state.Stopped;

    /// <summary>Trains to the end, or until cancelled; then a checkpoint is written first.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A loss is not finite.</exception>
    public TrainingState Run(CancellationToken cancellationToken)
    {
        Resume();
        OpenLogs();
        _progress.Report(
            _state,
            TrainingEvent.Started,
            message: _state.Step > 0
                ? string.Create(CultureInfo.InvariantCulture, $"going on after step {_state.Step}")
                : null,
            run: RunDescription.Of(_session, _options, _order.Count, _validation?.Count ?? 0)
        );
        using var loader = Finished
            ? null
            : new BatchLoader(
                _training,
                _order,
                _options.SourceChannels,
                _options.OutputChannels,
                _session.SizeMultiple,
                FinishedEpochs,
                EpochIsOver ? 0 : _state.Batch
            );
        while (!Finished)
        {
            _session.BeginEpoch(_state.Epoch);
            double rate = _options.LearningRate * _schedule.Scale(_state.Epoch, _state.Plateau);
            while (!EpochIsOver)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    SaveCheckpoint();
                    cancellationToken.ThrowIfCancellationRequested();
                }
                Step(loader!, rate);
                if (
                    _options.CheckpointEverySteps > 0
                    && _state.Step % _options.CheckpointEverySteps == 0
                    && !EpochIsOver
                )
                    SaveCheckpoint();
            }
            EndEpoch();
        }
        _progress.Report(
            _state,
            TrainingEvent.Finished,
            message: loader is null ? "the run was finished already" : null
        );
        return _state;
    }

    public void Dispose()
    {
        _logs?.Dispose();
        _monitor.Dispose();
    }

    private void Step(BatchLoader loader, double rate)
    {
        long waited = Stopwatch.GetTimestamp();
        using var batch = loader.Next();
        _progress.AddWait(Stopwatch.GetElapsedTime(waited));
        using var scope = torch.NewDisposeScope();
        _session.SeedDropout(_options.SeedOrZero, _state.Step);
        var (source, target) = batch.ToTensors(_session.Device);
        var losses = _session.Step(source, target, _state.Step, rate);
        foreach (var generator in _session.Generators)
            generator.UpdateAverage(_options.AverageDecay);
        _state = _state with { Step = _state.Step + 1, Batch = _state.Batch + 1 };
        _progress.AddImages(batch.Names.Count);
        _monitor.Add(losses, batch.Names);
        bool logged = _state.Step % _options.LogEvery == 0;
        if (logged || _session.Device.type == DeviceType.CPU)
            _monitor.Check(_state);
        if (logged)
            Log(_monitor.Read(losses));
    }

    private void Log(float[] losses)
    {
        _logs?.AddLosses(_state, _session.Losses, losses);
        var report = _progress.Report(
            _state,
            TrainingEvent.Step,
            losses: _session.Losses.Zip(losses).ToDictionary(pair => pair.First.Name, pair => pair.Second)
        );
        _logs?.AddTiming(_state, report);
        if (_session.DiscriminatorLoss(losses) is not { } discriminator)
            return;
        _state = _state with { DiscriminatorWins = DiscriminatorWatch.Wins(_state.DiscriminatorWins, discriminator) };
        if (DiscriminatorWatch.HasWon(_state.DiscriminatorWins))
            _progress.Report(_state, TrainingEvent.Warning, message: DiscriminatorWatch.Warning);
    }

    private void EndEpoch()
    {
        _monitor.Check(_state);
        int finished = _state.Epoch + 1;
        bool last = finished == TotalEpochs,
            checkpoint =
                last
                || _options.CheckpointEveryEpochs > 0 && finished % _options.CheckpointEveryEpochs == 0
                || _options.CheckpointEverySteps > 0 && _state.Step % _options.CheckpointEverySteps == 0;
        // The steps are safe before anything is made of them: a report may fail, or the process be killed in one.
        if (checkpoint)
            SaveCheckpoint();
        double epochLoss = _monitor.EndEpoch() / _order.BatchesPerEpoch;
        _state = _state with { Epoch = finished, Batch = 0 };
        _progress.Report(_state with { Epoch = _state.Epoch - 1 }, TrainingEvent.Epoch);
        ImageScores? scores = null;
        if (_validated && (_state.Epoch % _options.ValidateEveryEpochs == 0 || last))
            Attempt("Validation", () => scores = _images.Score());
        if (scores is { } validated)
            Take(validated);
        if (_options.LearningRatePolicy == LearningRatePolicy.Plateau && (scores is not null || !_validated))
            _state = _state with { Plateau = _state.Plateau.After(scores?.L1 ?? epochLoss) };
        last |= _state.Stopped;
        if (_run is null)
            return;
        if (checkpoint || last)
            SaveCheckpoint();
        if (_options.SnapshotEveryEpochs > 0 && (_state.Epoch % _options.SnapshotEveryEpochs == 0 || last))
            foreach (var generator in _session.Generators)
                SaveSnapshot(generator, _run.Snapshot(generator.Name, _state.Epoch));
        if (_options.SampleEveryEpochs > 0 && (_state.Epoch % _options.SampleEveryEpochs == 0 || last))
        {
            string? grid = null;
            Attempt("The sample grid", () => grid = _images.WriteSamples(_run, _state));
            if (grid is not null)
                _progress.Report(_state with { Epoch = _state.Epoch - 1 }, TrainingEvent.Samples, message: grid);
        }
    }

    // What a run shows of itself may fail: the run is worth more.
    private void Attempt(string what, Action make)
    {
        try
        {
            make();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            Warn($"{what} of epoch {_state.Epoch} failed: {exception.Message}");
        }
    }

    private void Warn(string message) =>
        _progress.Report(
            _state.Epoch > 0 ? _state with { Epoch = _state.Epoch - 1 } : _state,
            TrainingEvent.Warning,
            message: message
        );

    private void Take(ImageScores mean)
    {
        bool better = _state.BestScore is not { } best || mean.L1 < best;
        _state = better
            ? _state with
            {
                BestScore = mean.L1,
                BestEpoch = _state.Epoch,
                ValidationsSinceBest = 0,
            }
            : _state with
            {
                ValidationsSinceBest = _state.ValidationsSinceBest + 1,
            };
        if (better && _run is not null)
            foreach (var generator in _session.Generators)
                SaveSnapshot(generator, _run.Best(generator.Name));
        if (_options.EarlyStoppingPatience > 0 && _state.ValidationsSinceBest >= _options.EarlyStoppingPatience)
            _state = _state with { Stopped = true };
        _logs?.AddValidation(_state, mean);
        _progress.Report(_state with { Epoch = _state.Epoch - 1 }, TrainingEvent.Validation, validation: mean);
    }

    private void SaveSnapshot(GeneratorRole generator, string path) =>
        Attempt($"The snapshot '{path}'", () => _snapshots.Save(generator, path, FinishedEpochs, _state.Step));

    /// <summary>A generator as it is now, with the weights of its network or of its average.</summary>
    public TrainedGenerator Describe(GeneratorRole generator, TorchNetwork weights) =>
        _snapshots.Describe(generator, weights, FinishedEpochs, _state.Step);

    private void SaveCheckpoint()
    {
        if (_run is null)
            return;
        _monitor.Check(_state);
        if (_options.FlushToDisk)
            _logs!.FlushToDisk();
        _state = _logs!.Measure(_state) with { EpochLoss = _monitor.EpochLoss };
        if (_saved is not null && _saved.State == _state)
            return;
        if (_saved is not null && _saved.State.Step == _state.Step)
        {
            if (_run.Checkpoints.Update(_saved, _state, _options.FlushToDisk) is { } updated)
            {
                _saved = updated;
                return;
            }
        }
        _saved = _run.Checkpoints.Save(
            _state,
            _options.FlushToDisk,
            checkpoint => SessionCheckpoint.Save(_session, checkpoint, Describe)
        );
        _progress.Report(_state, TrainingEvent.Checkpoint);
    }

    private void Resume()
    {
        var checkpoint = _run?.Checkpoints.OpenNewest(
            found => SessionCheckpoint.Load(_session, found),
            setAside: true,
            Warn
        );
        if (checkpoint is null)
            return;
        _state = checkpoint.State;
        // More epochs than planned were asked for.
        if (_options.AllowChangedEpochs && _state.Stopped)
            _state = _state with { Stopped = false, ValidationsSinceBest = 0 };
        _saved = checkpoint.Document;
        _monitor.EpochLoss = _state.EpochLoss;
    }

    private void OpenLogs()
    {
        if (_run is not null)
            _logs = new(_run, _state, _options.FlushToDisk, Warn);
    }
}
