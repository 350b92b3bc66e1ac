using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>One pair of networks at one size.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Kind"><see cref="Pix2Pix"/> or <see cref="CycleGan"/>.</param>
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
    public const string Pix2Pix = "pix2pix";
    public const string CycleGan = "cyclegan";

    public static readonly Configuration[] All =
    [
        new("unet-128-ngf32", Pix2Pix, "unet-128", 7, 32, 128, 10),
        new("unet-256-ngf64", Pix2Pix, "unet-256", 8, 64, 256, 3),
        new("cyclegan-resnet-6", CycleGan, "resnet-6", 6, 64, 128, 2),
    ];

    /// <summary>What the trainer's networks have to learn; a peer must have as much.</summary>
    public ParameterNumbers Parameters
    {
        get
        {
            bool pix2pix = Kind == Pix2Pix;
            var generator = new NetworkOptions
            {
                Architecture = Generator,
                Filters = Filters,
                Size = Size,
            };
            var discriminator = new NetworkOptions
            {
                Architecture = "patch",
                // pix2pix's discriminator sees source and target together.
                InputChannels = pix2pix ? 6 : 3,
                Filters = Filters,
                Norm = pix2pix ? NormalizationKind.Batch : NormalizationKind.Instance,
                Size = Size,
            };
            return new(Count(generator), Count(discriminator));
        }
    }

    private static long Count(NetworkOptions options) => NetworkCatalog.Create(options).TrainableParameters;
}
