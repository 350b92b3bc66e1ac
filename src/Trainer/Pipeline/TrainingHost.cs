using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>What <c>Fit</c> of a trainer needs of the MLContext that the trainer was made with.</summary>
internal sealed class TrainingHost
{
    // Where messages go; null where there is no way to it.
    private readonly IHostEnvironment? _environment;
    private readonly Func<int?> _gpuDeviceId;
    private readonly Func<bool> _fallbackToCpu;
    private readonly long? _seed;

    private TrainingHost(
        TransformsCatalog transforms,
        IHostEnvironment? environment,
        Func<int?> gpuDeviceId,
        Func<bool> fallbackToCpu
    )
    {
        Transforms = transforms;
        _environment = environment;
        _gpuDeviceId = gpuDeviceId;
        _fallbackToCpu = fallbackToCpu;
        // As ML.NET's own trainers do: the context's generator, which its seed begins, gives each its numbers.
        _seed = environment?.Register(nameof(TrainingHost)).Rand.Next();
    }

    /// <summary>The catalog that the trained transformer is made with.</summary>
    public TransformsCatalog Transforms { get; }

    /// <summary>A host for a trainer that was reached through its context.</summary>
    public static TrainingHost Of(MLContext context) =>
        new(context.Transforms, context, () => context.GpuDeviceId, () => context.FallbackToCpu);

    /// <summary>
    /// A host for the short form <c>mlContext.Transforms.TranslateImage(options)</c>. ML.NET gives third parties no
    /// public way from a catalog to its environment, so it is looked up by name; where that fails, the run is silent
    /// and has its own seed, and nothing else changes.
    /// </summary>
    public static TrainingHost Of(TransformsCatalog catalog)
    {
        var environment =
            typeof(TransformsCatalog)
                .GetField("_env", BindingFlags.Instance | BindingFlags.NonPublic)
                ?.GetValue(catalog) as IHostEnvironment;
        return new(
            catalog,
            environment,
            () => Property(environment, nameof(MLContext.GpuDeviceId)) as int?,
            () => Property(environment, nameof(MLContext.FallbackToCpu)) as bool? ?? false
        );
    }

    /// <summary>
    /// A host for a trainer made by its constructor. It trains as <c>Train</c> does: seed 0 unless the options have
    /// one, the first GPU, and no messages but to the options' own <see cref="TrainingOptions.Progress"/>.
    /// </summary>
    public static TrainingHost WithoutContext() => new(new MLContext().Transforms, null, () => null, () => false);

    /// <summary>
    /// Where a run reports to: ML.NET's channels, named like the trainer, and the options' own progress.
    /// </summary>
    public TrainingChannel Open(TrainingOptions options) =>
        new(_environment, options.GetType().DeclaringType!.Name, options.Progress);

    /// <summary>
    /// A copy of a trainer's options for one run, with what they leave to the context filled in. What the run is on has
    /// been looked for.
    /// </summary>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there.</exception>
    public TOptions Begin<TOptions>(TOptions given)
        where TOptions : TrainingOptions
    {
        var options = given.Copy<TOptions>();
        Complete(options);
        TrainingDevice.Resolve(options);
        return options;
    }

    private void Complete(TrainingOptions options)
    {
        // A run that goes on has its own seed.
        bool goesOn = options is { Resume: true, OutputFolder: { } folder } && new RunFolder(folder).HasBegun;
        if (!goesOn)
            options.Seed ??= _seed;
        options.GpuDeviceId ??= _gpuDeviceId();
        options.FallbackToCpu ??= _fallbackToCpu();
    }

    private static object? Property(IHostEnvironment? environment, string name) =>
        environment
            ?.GetType()
            .GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            ?.GetValue(environment);
}
