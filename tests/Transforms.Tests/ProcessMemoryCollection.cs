namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Tests that measure the memory of the process: alone, so that it is that of what they test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessMemoryCollection
{
    public const string Name = "memory of the process";
}
