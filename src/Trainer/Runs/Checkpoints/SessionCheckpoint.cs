namespace MlNetImageTranslation.Trainer;

/// <summary>A session's networks, optimizers, averages and pools in a checkpoint.</summary>
internal static class SessionCheckpoint
{
    /// <param name="session">What is saved.</param>
    /// <param name="checkpoint">Where to.</param>
    /// <param name="describe">What the headers of generators' files say.</param>
    public static void Save(
        TrainingSession session,
        CheckpointWriter checkpoint,
        Func<GeneratorRole, TorchNetwork, TrainedGenerator> describe
    )
    {
        foreach (var generator in session.Generators)
        {
            Write(generator.Name, describe(generator, generator.Network));
            if (generator.Average is { } average)
                Write($"{generator.Name}.average", describe(generator, average));
        }
        foreach (var (name, network) in session.Networks)
            if (session.Generators.All(generator => generator.Name != name))
                checkpoint.Write(name, network.Export());
        foreach (var (name, optimizer) in session.Optimizers)
        {
            checkpoint.Write($"{name}.adam.steps", optimizer.Steps);
            checkpoint.Write($"{name}.adam.first", optimizer.ExportFirstMoment());
            checkpoint.Write($"{name}.adam.second", optimizer.ExportSecondMoment());
        }
        session.Save(checkpoint);

        void Write(string name, TrainedGenerator generator) =>
            checkpoint.Write(name, generator.Weights, generator.Metadata());
    }

    public static void Load(TrainingSession session, CheckpointReader checkpoint)
    {
        // What a session makes only late (an optimizer of layers that were unfrozen) it must know of first.
        session.Load(checkpoint);
        foreach (var (name, network) in session.Networks)
            network.Load(checkpoint.Tensors(name));
        foreach (var (name, optimizer) in session.Optimizers)
            optimizer.Restore(
                checkpoint.Tensors($"{name}.adam.first"),
                checkpoint.Tensors($"{name}.adam.second"),
                checkpoint.Number($"{name}.adam.steps")
            );
        foreach (var generator in session.Generators)
            generator.Average?.Load(checkpoint.Tensors($"{generator.Name}.average"));
    }
}
