namespace MlNetImageTranslation.Trainer;

/// <summary>A loss that a session reports.</summary>
/// <param name="Name">Its name in log.jsonl and in messages.</param>
/// <param name="Role">Whose loss it is.</param>
internal sealed record LossTerm(string Name, LossRole Role)
{
    /// <summary>A part of what a generator minimises.</summary>
    public static LossTerm Generator(string name) => new(name, LossRole.Generator);

    /// <summary>What a discriminator minimises.</summary>
    public static LossTerm Discriminator(string name) => new(name, LossRole.Discriminator);
}

/// <summary>Whose loss a term is.</summary>
internal enum LossRole
{
    /// <summary>A generator's.</summary>
    Generator,

    /// <summary>A discriminator's.</summary>
    Discriminator,
}
