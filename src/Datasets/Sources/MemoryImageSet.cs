using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Single images in memory.</summary>
internal sealed class MemoryImageSet(IReadOnlyList<RgbImage> images) : ImageSet
{
    public override int Count => images.Count;

    public override string NameOf(int index) => $"row {index}";

    public override RgbImage Load(int index) => images[index];
}
