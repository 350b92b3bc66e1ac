using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Pairs in memory.</summary>
internal sealed class MemoryPairs(IReadOnlyList<(RgbImage A, RgbImage B)> pairs) : ImagePairs
{
    public override int Count => pairs.Count;

    public override string NameOf(int index) => $"row {index}";

    public override (RgbImage A, RgbImage B) Load(int index) => pairs[index];
}
