using System.Text.Json.Serialization;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>What the trainers with a discriminator have in common.</summary>
public abstract class GanOptions : GeneratorOptions
{
    /// <summary>
    /// The discriminator's architecture: <c>patch</c>, <c>pixel</c>, <c>image</c> ... (<c>--netD</c>).
    /// </summary>
    public string Discriminator = "patch";

    /// <summary>Filters of the discriminator's first convolution (<c>--ndf</c>).</summary>
    public int DiscriminatorFilters = 64;

    /// <summary>
    /// Strided layers of a <c>patch</c> or <c>image</c> discriminator; null for its own choice, 3
    /// (<c>--n_layers_D</c>).
    /// </summary>
    public int? DiscriminatorLayers;

    /// <summary>
    /// How many discriminators look at the images, each at half the size of the one before: 1, 2 or 3 (pix2pixHD,
    /// section 3.2).
    /// </summary>
    public int DiscriminatorScales = 1;

    /// <summary>What logits are compared by (<c>--gan_mode</c>).</summary>
    public AdversarialObjective Objective;

    /// <summary>Weight of the gradient penalty of <see cref="AdversarialObjective.Wasserstein"/>.</summary>
    public double GradientPenaltyWeight = 10;

    /// <summary>A discriminator of one's own, instead of the one named.</summary>
    [JsonIgnore]
    public NetworkGraph? DiscriminatorGraph;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(!string.IsNullOrEmpty(Discriminator), nameof(Discriminator), "a name", Discriminator);
        Require(DiscriminatorFilters >= 1, nameof(DiscriminatorFilters), "1 or more", DiscriminatorFilters);
        Require(DiscriminatorLayers is null or >= 1, nameof(DiscriminatorLayers), "1 or more", DiscriminatorLayers);
        Require(DiscriminatorScales is >= 1 and <= 3, nameof(DiscriminatorScales), "1, 2 or 3", DiscriminatorScales);
        Require(GradientPenaltyWeight >= 0, nameof(GradientPenaltyWeight), "0 or more", GradientPenaltyWeight);
    }

    /// <summary>Makes a discriminator that sees so many channels, for images of the training size.</summary>
    /// <exception cref="ArgumentException">The network of one's own reads another number of channels.</exception>
    internal NetworkGraph CreateDiscriminator(int inputChannels)
    {
        if (DiscriminatorGraph is not { } own)
            return NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = Discriminator,
                    InputChannels = inputChannels,
                    Filters = DiscriminatorFilters,
                    Norm = IsKeras(Discriminator) ? null : Norm,
                    Layers = DiscriminatorLayers,
                    Size = CropSize,
                }
            );
        return own.Input.Channels == inputChannels
            ? own
            : throw new ArgumentException(
                $"DiscriminatorGraph '{own.Name}' reads {own.Input.Channels} channels; expected {inputChannels}, "
                    + $"the channels of what it judges (for pairs: source and target together).",
                nameof(DiscriminatorGraph)
            );
    }
}
