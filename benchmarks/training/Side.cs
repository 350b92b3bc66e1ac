using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>One side of the contest and what was measured of it.</summary>
internal sealed class Side(string name)
{
    public string Name { get; } = name;

    /// <summary>One for each measured round.</summary>
    public List<Effort> Efforts { get; } = [];

    /// <summary>The most memory that was resident until the end of the first measured round, in MiB.</summary>
    public long EarlyPeak { get; private set; }

    /// <summary>The most memory that was ever resident, in MiB; well above the early peak where memory leaks.</summary>
    public long Peak { get; private set; }

    /// <summary>Adds a measured round.</summary>
    public void Add(Block block)
    {
        Efforts.Add(block.Effort);
        if (Efforts.Count == 1)
        {
            EarlyPeak = block.PeakMegabytes;
        }

        Peak = block.PeakMegabytes;
    }
}
