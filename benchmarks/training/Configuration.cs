namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>One pair of networks at one size.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Kind"><c>pix2pix</c> or <c>cyclegan</c>.</param>
/// <param name="Generator">Our name of the generator.</param>
/// <param name="Depth">Levels of the U-Net or blocks of the ResNet.</param>
/// <param name="Filters">Filters of the first layers, generator and discriminator.</param>
/// <param name="Size">Side of the images.</param>
/// <param name="StepsPerBlock">Steps between two changes of sides.</param>
internal sealed record Configuration(
    string Name,
    string Kind,
    string Generator,
    int Depth,
    int Filters,
    int Size,
    int StepsPerBlock
)
{
    public static readonly Configuration[] All =
    [
        new("unet-128-ngf32", "pix2pix", "unet-128", 7, 32, 128, 10),
        new("unet-256-ngf64", "pix2pix", "unet-256", 8, 64, 256, 3),
        new("cyclegan-resnet-6", "cyclegan", "resnet-6", 6, 64, 128, 2),
    ];
}
