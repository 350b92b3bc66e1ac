using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the trainers on two unpaired sets have in common: both ways (<see cref="TwoWayOptions"/>) and one way
/// (<see cref="OneSidedOptions"/>). A ResNet with instance norm plays against a discriminator by least squares.
/// </summary>
public abstract class UnpairedOptions : GeneratorOptions, IAdversarialOptions, IUnpairedData
{
    /// <summary>The papers' choices.</summary>
    protected UnpairedOptions()
    {
        Generator = NetworkCatalog.ResNet9;
        Dropout = false;
        Norm = NormalizationKind.Instance;
    }

    /// <inheritdoc/>
    public string Discriminator { get; set; } = NetworkCatalog.Patch;

    /// <inheritdoc/>
    public int DiscriminatorFilters { get; set; } = 64;

    /// <inheritdoc/>
    public int? DiscriminatorLayers { get; set; }

    /// <inheritdoc/>
    public int DiscriminatorScales { get; set; } = 1;

    /// <inheritdoc/>
    public AdversarialObjective Objective { get; set; } = AdversarialObjective.LeastSquares;

    /// <inheritdoc/>
    public double GradientPenaltyWeight { get; set; } = 10;

    /// <inheritdoc/>
    public DiscriminatorAugmentation DiscriminatorAugmentation { get; set; }

    /// <inheritdoc/>
    [JsonIgnore]
    public NetworkGraph? DiscriminatorGraph { get; set; }

    /// <summary>
    /// For <c>Fit</c>: the view whose <see cref="GeneratorOptions.TargetColumnName"/> has the target (B) images.
    /// Two sets of different length are not two columns.
    /// </summary>
    [JsonIgnore]
    public IDataView? TargetData { get; set; }

    /// <summary>
    /// The folder of A images, where there is no <see cref="TrainingOptions.DataFolder"/> with <c>trainA</c> and
    /// <c>trainB</c> in it.
    /// </summary>
    public string? SourceFolder { get; set; }

    /// <summary>The folder of B images.</summary>
    public string? TargetFolder { get; set; }

    /// <summary>The A images, instead of a folder.</summary>
    [JsonIgnore]
    public ImageSet? Sources { get; set; }

    /// <summary>The B images, instead of a folder.</summary>
    [JsonIgnore]
    public ImageSet? Targets { get; set; }

    /// <summary>
    /// How many generated images of each kind are remembered for the discriminators; 0: none (<c>--pool_size</c>).
    /// </summary>
    public int PoolSize { get; set; }

    /// <summary>
    /// A file (ours, or a checkpoint that <see cref="NetworkFile.Import(string, ImportOptions?)"/> reads) with the
    /// initial weights of the discriminator of target images (CycleGAN's D_A, which judges B images), or of pairs.
    /// </summary>
    public string? InitialDiscriminator { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Discriminators.Validate(this);
        Require(PoolSize >= 0, nameof(PoolSize), "0 or more", PoolSize);
    }

    /// <summary>Throws unless a weight is a number of 0 or more.</summary>
    private protected static void RequireWeight(double weight, string name) =>
        Require(weight is >= 0 and < double.PositiveInfinity, name, "0 or more", weight);
}
