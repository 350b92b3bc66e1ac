using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>What a run shows of itself after an epoch: scores of validation images, and a grid of samples.</summary>
internal sealed class EpochImages(
    TrainingOptions options,
    TrainingSession session,
    SampleSource training,
    SampleSource? validation
)
{
    /// <summary>The mean scores of the validation images.</summary>
    public ImageScores Score()
    {
        var scores = new List<ImageScores>();
        for (int i = 0; i < Math.Min(validation!.Count, options.MaximumValidationSize); i++)
        {
            var sample = Fixed(validation, i);
            scores.Add(
                ImageScores.Of(
                    session.Generators[0].Translate(sample),
                    options.OutputChannels == 1 ? sample.Target.ToGray() : sample.Target
                )
            );
        }
        return ImageScores.Mean(scores);
    }

    /// <summary>Writes the sample grid of an epoch.</summary>
    /// <returns>The file.</returns>
    public string WriteSamples(RunFolder run, TrainingState state)
    {
        var grid = new SampleGrid(session.SampleCaptions)
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"epoch {state.Epoch}, step {state.Step}"),
        };
        var samples = validation ?? training;
        for (int i = 0; i < Math.Min(samples.Count, options.SampleCount); i++)
            grid.Add(session.SampleRow(Fixed(samples, i)));
        string path = run.Sample(state.Epoch);
        NewFolder.Make(run.Samples);
        grid.Save(path);
        return path;
    }

    private Sample Fixed(SampleSource samples, int index)
    {
        var sample = samples.Fixed(index);
        sample.CheckSize(session.SizeMultiple);
        return sample;
    }
}
