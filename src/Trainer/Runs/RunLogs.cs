namespace MlNetImageTranslation.Trainer;

/// <summary>The logs of a run: losses and validations, which a resumed run continues exactly, and timings.</summary>
internal sealed class RunLogs : IDisposable
{
    private readonly RunLog _losses,
        _validations,
        _timings;

    /// <summary>Opens the logs and cuts them to the lengths that they had at the checkpoint.</summary>
    public RunLogs(RunFolder run, TrainingState state, bool flushToDisk, Action<string> warn)
    {
        _losses = new(run.Log, state.LogLength, warn);
        _validations = new(run.ValidationLog, state.ValidationLogLength, warn);
        _timings = new(run.TimingLog, null, warn);
        if (flushToDisk)
            DirectoryFlush.Run(run.Path);
    }

    /// <summary>Writes the losses of a step.</summary>
    public void AddLosses(TrainingState state, IReadOnlyList<LossTerm> terms, float[] losses) =>
        _losses.Append(json =>
        {
            json.WriteNumber("step", state.Step);
            json.WriteNumber("epoch", state.Epoch + 1);
            for (int i = 0; i < losses.Length; i++)
                json.WriteNumber(terms[i].Name, losses[i]);
        });

    /// <summary>Writes how fast the run is.</summary>
    public void AddTiming(TrainingState state, TrainingProgress report) =>
        _timings.Append(json =>
        {
            json.WriteNumber("step", state.Step);
            json.WriteNumber("images_per_second", Math.Round(report.ImagesPerSecond, 3));
            json.WriteNumber("data_wait", Math.Round(report.DataWaitShare, 4));
        });

    /// <summary>Writes the scores of a validation.</summary>
    public void AddValidation(TrainingState state, ImageScores mean) =>
        _validations.Append(json =>
        {
            json.WriteNumber("step", state.Step);
            json.WriteNumber("epoch", state.Epoch);
            json.WriteNumber("l1", mean.L1);
            json.WriteNumber("psnr", double.IsFinite(mean.Psnr) ? mean.Psnr : 100);
            json.WriteNumber("ssim", mean.Ssim);
        });

    /// <summary>Makes what was written survive a power failure.</summary>
    public void FlushToDisk()
    {
        _losses.FlushToDisk();
        _validations.FlushToDisk();
    }

    /// <summary>The state with the lengths of the logs.</summary>
    public TrainingState Measure(TrainingState state) =>
        state with
        {
            LogLength = _losses.Length,
            ValidationLogLength = _validations.Length,
        };

    public void Dispose()
    {
        _losses.Dispose();
        _validations.Dispose();
        _timings.Dispose();
    }
}
