namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>How many numbers one generator and one discriminator learn.</summary>
internal readonly record struct ParameterNumbers(long Generator, long Discriminator)
{
    public override string ToString() => $"generator {Generator:N0}, discriminator {Discriminator:N0}";
}
